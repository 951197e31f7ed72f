// Faults of a sandbox of a running emulator: rules, profiles, and what the next call meets.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { codeOf } from '../config/error-code';
import { maskedAddresses } from '../sandbox/journal/masking';
import { adminClient, segment, textOf } from './admin-client';
import { columns } from './columns';
import { CommandError, EXIT, UsageError } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Plan {
  readonly rules: readonly {
    readonly rule: {
      readonly id: string;
      readonly match?: Readonly<Record<string, unknown>>;
      readonly probability?: number;
      readonly skip?: number;
      readonly times?: number;
    };
    readonly stage: string;
    readonly action: string;
    readonly matched: number;
    readonly injected: number;
  }[];
  readonly magic: boolean;
}

export async function listFaults(flags: Flags, terminal: Terminal): Promise<number> {
  return told(await adminClient(flags, terminal).ask<Plan>('GET /faults'), flags, terminal);
}

/** A rule in YAML or JSON; or a file of rules, which stand behind those there are. */
export async function addFaults(
  text: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const file = textOf(flags, 'file');
  if ((text === undefined) === (file === undefined)) {
    throw new UsageError('Give either a rule or --file with rules.');
  }
  const rules = file === undefined ? [ruleIn(text ?? '', 'The rule')] : rulesIn(file);
  const client = adminClient(flags, terminal);
  const ids: string[] = [];
  for (const rule of rules) {
    const { id } = await client.ask<{ readonly id: string }>('POST /faults', {}, rule);
    ids.push(id);
  }
  print(
    terminal,
    flags,
    { ids },
    ids.map((id) => `${id} added`),
  );
  return EXIT.ok;
}

export async function removeFault(id: string, flags: Flags, terminal: Terminal): Promise<number> {
  await adminClient(flags, terminal).ask(`DELETE /faults/${segment(id)}`);
  print(terminal, flags, { removed: id }, [`${id} removed`]);
  return EXIT.ok;
}

export async function clearFaults(flags: Flags, terminal: Terminal): Promise<number> {
  await adminClient(flags, terminal).ask('DELETE /faults');
  print(terminal, flags, { rules: [] }, ['No rules.']);
  return EXIT.ok;
}

export async function useProfile(name: string, flags: Flags, terminal: Terminal): Promise<number> {
  const client = adminClient(flags, terminal);
  const plan = await client.ask<Plan>(`POST /fault-profiles/${segment(name)}/use`);
  return told(plan, flags, terminal);
}

/** Once, to the next call that matches. */
export async function nextOutcome(
  outcome: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const asked = ['operation', 'application', 'subscriber', 'amount', 'reference'].flatMap((key) => {
    const value = textOf(flags, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const body = { outcome, ...(asked.length > 0 && { match: Object.fromEntries(asked) }) };
  const made = await adminClient(flags, terminal).ask<{ id: string }>(
    'POST /faults/next',
    {},
    body,
  );
  const which = asked.length === 0 ? 'the next call' : 'the next call that matches';
  print(terminal, flags, made, [`${made.id}: ${outcome} for ${which}`]);
  return EXIT.ok;
}

function told(plan: Plan, flags: Flags, terminal: Terminal): number {
  const rules = plan.rules.map((each) => ({ ...each, rule: shown(each.rule, flags) }));
  const rows = rules.map(({ rule, stage, action, matched, injected }) => {
    const { match = {} } = rule;
    const which = Object.entries(match).map(([key, value]) => `${key} ${valueText(value)}`);
    const calls = [which.join(', ') || 'every call', ...chanceOf(rule)].join('; ');
    return [rule.id, action, stage, calls, `${injected} of ${matched}`];
  });
  const table = columns([['id', 'what', 'when', 'which', 'happened'], ...rows]);
  const lines = rows.length === 0 ? ['No rules.'] : table;
  print(terminal, flags, { ...plan, rules }, [
    ...lines,
    ...(plan.magic ? [] : ['Magic values are off.']),
  ]);
  return EXIT.ok;
}

type Rule = Plan['rules'][number]['rule'];

/** Of the calls that match, to which it happens. */
function chanceOf({ probability, skip, times }: Rule): readonly string[] {
  return [
    ...(skip === undefined ? [] : [`not the first ${skip}`]),
    ...(times === undefined ? [] : [times === 1 ? 'once' : `${times} times`]),
    ...(probability === undefined ? [] : [`probability ${probability}`]),
  ];
}

/** The API gives rules as they were written; a terminal is no place for numbers of subscribers. */
function shown(rule: Rule, flags: Flags): Rule {
  const subscriber = rule.match?.subscriber;
  if (flags.reveal === true || typeof subscriber !== 'string') return rule;
  return { ...rule, match: { ...rule.match, subscriber: maskedAddresses(subscriber) } };
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rulesIn(file: string): readonly object[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(EXIT.notFound, `The file ${file} cannot be read (${codeOf(error)}).`);
  }
  const read: unknown = parsed(text, `The file ${file}`);
  const { faults = read } = Object(read) as { readonly faults?: unknown };
  if (Array.isArray(faults)) return faults;
  throw new UsageError(`The file ${file} holds no list of rules.`);
}

function ruleIn(text: string, what: string): object {
  const rule: unknown = parsed(text, what);
  if (typeof rule === 'object' && rule !== null && !Array.isArray(rule)) return rule;
  throw new UsageError(`${what} is none: write for example '{ then: { outcome: timeout } }'.`);
}

function parsed(text: string, what: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new UsageError(`${what} is no YAML: ${reason.replace(/:$/, '')}.`);
  }
}
