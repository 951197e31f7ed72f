// From a rule as written to one that can be asked, or to what is wrong with it. Judges meaning; shapes are judged by
// the schema in config.
import { FAULT_LIMITS } from '../../limits';
import { asksTheMessage, compileMatch, type Matcher } from './matching';
import { type Deed, OUTCOME_WORDS, outcomeNamed, STAGES_OF } from './outcomes';
import type { FaultAction, FaultDelay, FaultRule, Stage } from './rule';

/** A rule that can be asked. It counts nothing: that is the plan's. */
export interface CompiledRule {
  readonly rule: FaultRule;
  readonly matches: Matcher;
  readonly stage: Stage;
  readonly deed: Deed;
  readonly delay: FaultDelay | undefined;
  /** For records: `timeout`, `fault SVC0270`, `delay and reset`. */
  readonly action: string;
}

export interface RuleProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Rules that cannot be used. Its message has one line a problem. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';

  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
}

/** Throws FaultRuleError with everything that is wrong; `path` is where the rule stands. */
export function compileRule(rule: FaultRule, path: readonly PropertyKey[]): CompiledRule {
  const problems: RuleProblem[] = [];
  const compiled = judged(rule, (at, message) =>
    problems.push({ path: [...path, ...at], message }),
  );
  if (compiled === undefined || problems.length > 0) throw new FaultRuleError(problems);
  return compiled;
}

/** What is wrong with each rule of a list, by its place in it. */
export function problemsOfRules(rules: readonly FaultRule[]): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (rules.length > FAULT_LIMITS.rules) {
    problems.push({ path: [], message: `there can be ${FAULT_LIMITS.rules} rules at most` });
  }
  const ids = new Set<string>();
  rules.forEach((rule, index) => {
    const { id } = rule;
    if (id !== undefined && ids.has(id)) {
      problems.push({ path: [index, 'id'], message: `${id} is there twice` });
    }
    if (id !== undefined) ids.add(id);
    judged(rule, (at, message) => problems.push({ path: [index, ...at], message }));
  });
  return problems;
}

type Report = (path: readonly PropertyKey[], message: string) => void;

function judged(rule: FaultRule, report: Report): CompiledRule | undefined {
  const { match = {}, at, then } = rule;
  const matches = compileMatch(match, (path, message) => report(['match', ...path], message));
  judgeNumbers(rule, report);
  if (then.delay !== undefined)
    judgeDelay(then.delay, (path, text) => report(['then', ...path], text));
  const done = deedOf(then, (path, message) => report(['then', ...path], message));
  if (done === undefined) return undefined;

  const { deed, word, stage: ownStage, fixed } = done;
  const stages = STAGES_OF[deed.does];
  if (at !== undefined && fixed) report(['at'], `${word} says itself where it happens`);
  if (at !== undefined && !stages.includes(at)) {
    report(['at'], `${word} cannot happen ${at}, only ${[...stages].join(', ')}`);
  }
  const stage = at ?? ownStage ?? stages[0] ?? 'before-decide';
  if (stage === 'before-parse' && asksTheMessage(match)) {
    report(['match'], 'before-parse nothing of the message is known; use before-decide');
  }
  const { delay } = then;
  const action = delay === undefined ? word : deed.does === 'pass' ? 'delay' : `delay and ${word}`;
  return { rule, matches, stage, deed, delay, action };
}

interface Done {
  readonly deed: Deed;
  readonly word: string;
  readonly stage?: Stage;
  readonly fixed?: boolean;
}

/** Exactly one thing is done, or nothing but a delay. */
function deedOf(then: FaultAction, report: Report): Done | undefined {
  const { outcome, fault, http, delay, dribble } = then;
  const given = [outcome, fault, http, dribble].filter((each) => each !== undefined);
  if (given.length > 1) {
    report([], 'takes one of outcome, fault, http, dribble; only a delay may stand beside it');
    return undefined;
  }
  if (outcome !== undefined) return outcomeDone(outcome, report);
  if (fault !== undefined) return faultDone(fault, report);
  if (http !== undefined) return httpDone(http, report);
  if (dribble !== undefined) return dribbleDone(dribble, report);
  if (delay !== undefined) return { deed: { does: 'pass' }, word: 'delay' };
  report([], 'says nothing: expected outcome, fault, http, delay or dribble');
  return undefined;
}

function outcomeDone(word: string, report: Report): Done | undefined {
  const found = outcomeNamed(word);
  if (found === undefined) {
    report(['outcome'], `${word} is no outcome; there are ${OUTCOME_WORDS.join(', ')}`);
    return undefined;
  }
  const { row, stage, fixed } = found;
  if (row.deed === undefined) {
    report(['outcome'], `${word}: ${row.instead}`);
    return undefined;
  }
  return { deed: row.deed, word, stage, fixed };
}

function faultDone(fault: NonNullable<FaultAction['fault']>, report: Report): Done {
  const { code, variables, text } = fault;
  if (!/^(?:SVC|POL)\d{4}$/.test(code)) {
    report(['fault', 'code'], `${code} is no code such as SVC0270 or POL0001`);
  }
  const deed = {
    does: 'fault' as const,
    code,
    status: 500 as const,
    ...(variables !== undefined && { variables }),
    ...(text !== undefined && { text }),
  };
  return { deed, word: `fault ${code}` };
}

function httpDone(http: NonNullable<FaultAction['http']>, report: Report): Done {
  const { status, body = 'html' } = http;
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) {
    report(['http', 'status'], `${status} is no status of an answer, 200 to 599`);
  }
  return { deed: { does: 'http', status, body }, word: `HTTP ${status}` };
}

function dribbleDone(dribble: NonNullable<FaultAction['dribble']>, report: Report): Done {
  const { bytes, everyMs } = dribble;
  if (!(Number.isInteger(bytes) && bytes >= 1)) {
    report(['dribble', 'bytes'], 'must be a whole number of 1 or more');
  }
  judgeMs(everyMs, (message) => report(['dribble', 'everyMs'], message));
  return { deed: { does: 'dribble', bytes, everyMs }, word: 'dribble' };
}

function judgeNumbers({ probability, seed, times, skip, match }: FaultRule, report: Report): void {
  const whole = (name: string, value: number | undefined, least: number) => {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
    report(name === 'nth' ? ['match', name] : [name], `must be a whole number of ${least} or more`);
  };
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    report(['probability'], 'must be a number from 0 to 1');
  }
  whole('seed', seed, 0);
  whole('times', times, 1);
  whole('skip', skip, 0);
  whole('nth', match?.nth, 1);
}

function judgeDelay({ fixed, uniform, lognormal }: FaultDelay, report: Report): void {
  const at =
    (...path: string[]) =>
    (message: string) =>
      report(['delay', ...path], message);
  if ([fixed, uniform, lognormal].filter((each) => each !== undefined).length !== 1) {
    at()('takes one of fixed, uniform, lognormal');
  }
  if (fixed !== undefined) judgeMs(fixed, at('fixed'));
  if (uniform !== undefined) {
    judgeMs(uniform.min, at('uniform', 'min'));
    judgeMs(uniform.max, at('uniform', 'max'));
    if (uniform.min > uniform.max) at('uniform')('min is above max');
  }
  if (lognormal !== undefined) {
    judgeMs(lognormal.median, at('lognormal', 'median'));
    judgeMs(lognormal.max, at('lognormal', 'max'));
    if (!(lognormal.sigma >= 0 && lognormal.sigma <= 10)) {
      at('lognormal', 'sigma')('must be a number from 0 to 10');
    }
  }
}

function judgeMs(value: number, report: (message: string) => void): void {
  if (Number.isInteger(value) && value >= 0 && value <= FAULT_LIMITS.delayMs) return;
  report(`must be whole milliseconds, ${FAULT_LIMITS.delayMs} at most`);
}
