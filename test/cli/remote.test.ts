// Commands that speak to the admin API of a running emulator: what they print, for people and for programs, and how they end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, virtualClock } from '../../src/emulator';
import { charge } from './charge';
import { emulated, FAN, MASKED, run } from './in-process';

const START = Date.UTC(2026, 0, 31, 9, 30);

let emulator: Emulator;
let environment: Record<string, string>;
beforeAll(async () => {
  emulator = await emulated({ clock: virtualClock(START) });
  environment = { PARLAYX_URL: emulator.url };
});

const folder = mkdtempSync(join(tmpdir(), 'parlayx-remote-'));
afterAll(() => rmSync(folder, { recursive: true }));

const told = (line: string) => run(line, environment);

/** Given as printed, with runs of spaces as one: columns are judged in columns.test.ts. */
const squeezed = (text: string) => text.replace(/ +/g, ' ');

interface Row {
  readonly line: string;
  readonly code?: number;
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

async function expectRow({ line, code = 0, out = '', err = '' }: Row): Promise<void> {
  const finished = await told(line);
  const found = { ...finished, out: squeezed(finished.out) };
  const wanted = (text: string | RegExp) =>
    typeof text === 'string' ? text : expect.stringMatching(text);
  expect(found).toEqual({ code, out: wanted(out), err: wanted(err) });
}

const rows = (list: readonly Row[]) => list.map((row) => [row.line, row] as const);
const HEADING = 'subscriber status available held balance credit limit\n';

describe('accounts', () => {
  test.each(
    rows([
      { line: 'accounts', out: `${HEADING}${MASKED} active 50.00 0.00 50.00 0.00 EUR\n` },
      { line: 'accounts list --reveal', out: new RegExp(`^${FAN.replace('+', '\\+')} `, 'm') },
      {
        line: 'accounts create tel:+15550101 --balance 7 --currency JPY --credit-limit 5',
        out: `${HEADING}tel:+15****01 active 12 0 7 5 JPY\n`,
      },
      { line: 'accounts create tel:+15550101 --barred', out: /\*01 barred no wallet\n$/ },
      {
        line: `accounts create ${FAN}`,
        code: 12,
        err: `There is an account of ${FAN} already.\n`,
      },
      { line: `accounts top-up ${FAN} 1.50`, out: / active 51\.50 0\.00 51\.50 / },
      { line: `accounts top-up ${FAN} 2 USD`, out: / active 2\.00 0\.00 2\.00 0\.00 USD\n$/ },
      { line: `accounts withdraw ${FAN} 1.50`, out: / active 48\.50 / },
      { line: `accounts withdraw ${FAN} 51`, code: 12, err: /^Refused: .*\.\n$/ },
      {
        line: `accounts top-up ${FAN} x`,
        code: 12,
        err: 'amount: found "x", expected an amount above zero such as 50.00.\n',
      },
      {
        line: `accounts top-up ${FAN} 1 eur`,
        code: 12,
        err: 'The currency "eur" is not known. Did you mean EUR?\n',
      },
      { line: `accounts credit-limit ${FAN} 10`, out: / active 60\.00 0\.00 50\.00 10\.00 EUR\n$/ },
      { line: `accounts bar ${FAN}`, out: / barred 50\.00 / },
      { line: `accounts unbar ${FAN}`, out: / active 50\.00 / },
      {
        line: `accounts show ${FAN}`,
        out: `${HEADING}${MASKED} active 50.00 0.00 50.00 0.00 EUR\n`,
      },
      {
        line: 'accounts show tel:+15550999',
        code: 13,
        err: 'There is no subscriber tel:+15550999.\n',
      },
      { line: 'accounts settlement', out: 'Nothing was charged.\n' },
    ]),
  )('%s', (_line, row) => expectRow(row));

  test('statement and settlement tell of what was charged', async () => {
    await charge(emulator.url, FAN, '1.50', 'shop');
    await expectRow({
      line: `accounts statement ${FAN}`,
      out: new RegExp(
        `^${MASKED.replace(/[+*]/g, '\\$&')}\nEUR: 0\\.00 at first, 48\\.50 at the end, 0\\.00 of it held\n(.*\n)*.* charge -1\\.50 48\\.50 0\\.00 shop ref\n$`,
      ),
    });
    await expectRow({
      line: 'accounts settlement',
      out: 'application charged refunded net charges refunds\nshop 1.50 0.00 1.50 EUR 1 0\n',
    });
    await expectRow({
      line: 'accounts settlement --csv',
      out: 'application,currency,charged,refunded,net,charges,refunds\r\nshop,EUR,1.50,0.00,1.50,1,0\n',
    });
    await expectRow({
      line: `accounts statement ${FAN} --csv --since 2026-02-01T00:00:00Z`,
      out: /^time,transaction,.*\r\n,,opening,.*,EUR,,48\.50,\n$/,
    });
  });

  test('a list that is cut says so', async () => {
    await told('accounts create tel:+15550101');
    await expectRow({ line: 'accounts --limit 1', out: /\nand 1 more; --limit 2 shows all\.\n$/ });
  });
});

describe('clock', () => {
  test.each(
    rows([
      { line: 'clock', out: '2026-01-31T09:30:00.000Z real\n' },
      { line: 'clock freeze', out: '2026-01-31T09:30:00.000Z frozen\n' },
      { line: 'clock freeze 2026-02-01T00:00:00Z', out: '2026-02-01T00:00:00.000Z frozen\n' },
      { line: 'clock set 2026-02-01T00:00:00Z', out: '2026-02-01T00:00:00.000Z offset\n' },
      { line: 'clock offset 1h30m', out: '2026-01-31T11:00:00.000Z offset\n' },
      { line: 'clock scale 60', out: '2026-01-31T09:30:00.000Z scaled, 60 times as fast\n' },
      { line: 'clock advance 2d', out: '2026-02-02T09:30:00.000Z offset\n' },
      { line: 'clock advance 1month', out: '2026-02-28T09:30:00.000Z offset\n' },
      { line: 'clock reset', out: '2026-01-31T09:30:00.000Z real\n' },
      { line: 'clock advance soon', code: 2, err: /^Found "soon", expected a duration such as / },
      { line: 'clock advance 1h1', code: 2, err: /^Found "1h1", expected a duration / },
      { line: 'clock scale fast', code: 2, err: /^Found "fast", expected how many times / },
      {
        line: 'clock set yesterday',
        code: 12,
        err: /^at: found "yesterday", expected an instant /,
      },
      {
        line: 'clock set 2020-01-01T00:00:00Z',
        code: 12,
        err: /^The clock only moves forward: .* A reset takes it back\.\n$/,
      },
      { line: 'clock advance', code: 2, err: "error: missing required argument 'duration'\n" },
      {
        line: 'clock advnace 1h',
        code: 2,
        err: 'Unknown command "advnace", did you mean "advance"?\n',
      },
    ]),
  )('%s', (_line, row) => expectRow(row));

  test('a move tells what fell due on the way', async () => {
    await told(`reserve ${FAN} 10 EUR`);
    await expectRow({
      line: 'clock',
      out: /^.* real\nnext due 2026-01-31T10:00:00\.000Z, in 30m\n$/,
    });
    await expectRow({
      line: 'clock advance 31m',
      out: /^2026-01-31T10:00:00\.000Z reservation\.expired \d+\n2026-01-31T10:01:00\.000Z offset\n$/,
    });
  });
});

describe('verify', () => {
  beforeEach(async () => {
    await charge(emulator.url, FAN, '1.50', 'shop');
  });

  test.each(
    rows([
      {
        line: 'verify exactly-once --reference ref --amount 1.50',
        out: `yes ${MASKED} was charged once for 1.50 EUR under reference ref: transaction 2.\n`,
      },
      {
        line: 'verify exactly-once --reference other',
        code: 1,
        out: 'NO Nobody was charged under reference other.\n',
      },
      { line: `verify at-most-once --subscriber ${FAN}`, out: /^yes .* was charged once / },
      { line: 'verify never --application shop', code: 1, out: /^NO .* was charged once / },
      { line: 'verify net 1.50 --reference ref', out: /^yes The net charge / },
      { line: 'verify net 1.51 --currency EUR', code: 1, out: /^NO .*, not 1\.51\.\n$/ },
      { line: 'verify holds', out: 'yes No reservation is open.\n' },
      {
        line: 'verify doubles --within 1h',
        out: 'yes No charge looks like a double of another.\n',
      },
      {
        line: 'verify',
        out: /^yes The ledger keeps all of its invariants\.\nsuspected double charges 0\nopen reservations 0\ntransactions 2\ndigest [\da-f]{64}\n$/,
      },
      { line: 'verify net many', code: 12, err: /^amount: found "many", expected an amount / },
      { line: 'verify twice', code: 2, err: /^Unknown command "twice"; there are audit, / },
    ]),
  )('%s', (_line, row) => expectRow(row));

  test('doubles are told, and the audit counts them', async () => {
    await charge(emulator.url, FAN, '1.50', 'shop');
    await expectRow({ line: 'verify doubles', code: 1, out: /^NO 1 double charge is suspected: / });
    await expectRow({
      line: 'verify audit',
      out: /\nsuspected double charges 1 \(verify doubles tells which\)\n/,
    });
  });

  test('an amount of five digits is told as it is', async () => {
    await told(`accounts top-up ${FAN} 50000`);
    await charge(emulator.url, FAN, '20000', 'bank');
    await expectRow({
      line: 'verify exactly-once --application bank',
      out: /^yes .* was charged once for 20000\.00 EUR by bank: /,
    });
  });
});

describe('faults', () => {
  const TABLE = 'id what when which happened\n';
  test.each(
    rows([
      { line: 'faults', out: 'No rules.\n' },
      { line: 'faults next timeout', out: 'next-1: timeout for the next call\n' },
      {
        line: 'faults next reset-uncharged --subscriber tel:+1555* --reference test-*',
        out: 'next-1: reset-uncharged for the next call that matches\n',
      },
      { line: 'faults next rain', code: 12, err: /^[^\n]*rain[^\n]*\n$/ },
      {
        line: 'faults use down',
        out: `${TABLE}down HTTP 503 before-parse every call 0 of 0\n`,
      },
      { line: 'faults use best', code: 12, err: /^name: found "best", expected one of flaky, / },
      {
        line: "faults add '{ id: third, match: { nth: 3 }, then: { outcome: half } }'",
        out: 'third added\n',
      },
      { line: "faults add '{ then: { outcome: half }, whne: 1 }'", code: 12, err: /whne/ },
      { line: "faults add '[1'", code: 2, err: /^The rule is no YAML: .*\.\n$/ },
      { line: 'faults add rain', code: 2, err: /^The rule is none: write for example / },
      { line: 'faults add', code: 2, err: 'Give either a rule or --file with rules.\n' },
      { line: 'faults add --file none.yaml', code: 13, err: /^The file none\.yaml cannot be read/ },
      { line: 'faults remove none', code: 13, err: 'There is no rule none.\n' },
      { line: 'faults clear', out: 'No rules.\n' },
    ]),
  )('%s', (_line, row) => expectRow(row));

  test('a file of rules, as in a configuration or bare', async () => {
    const file = join(folder, 'rules.yaml');
    writeFileSync(file, 'faults:\n  - { id: one, then: { outcome: half } }\n');
    await expectRow({ line: `faults add --file ${file}`, out: 'one added\n' });
    writeFileSync(file, '- { id: two, then: { outcome: half } }\n');
    await expectRow({ line: `faults add --file ${file}`, out: 'two added\n' });
    await expectRow({ line: 'faults remove one', out: 'one removed\n' });
    expect(
      emulator
        .sandbox()
        .faults.rules()
        .map(({ rule }) => rule.id),
    ).toEqual(['two']);
  });

  test('rules are listed with their chances', async () => {
    emulator.sandbox().faults.replace([
      { id: 'rare', probability: 0.25, times: 3, skip: 2, then: { outcome: 'half' } },
      { id: 'one', match: { reference: 'r' }, times: 1, then: { outcome: 'half' } },
    ]);
    const { out } = await told('faults list');
    expect(squeezed(out)).toContain(' every call; not the first 2; 3 times; probability 0.25 ');
    expect(squeezed(out)).toContain(' reference r; once ');
  });

  test.each([
    ['', 'subscriber tel:+15****00'],
    [' --reveal', `subscriber ${FAN}`],
  ])('subscribers in rules: "list%s" shows %s', async (flag, shown) => {
    emulator.sandbox().faults.add({ match: { subscriber: FAN }, then: { outcome: 'half' } });
    expect((await told(`faults list${flag}`)).out).toContain(shown);
    const { rules } = JSON.parse((await told(`faults list --json${flag}`)).out);
    expect(`subscriber ${rules[0].rule.match.subscriber}`).toBe(shown);
  });
});

describe('journal', () => {
  beforeEach(async () => {
    await charge(emulator.url, FAN, '1.50', 'shop');
    await charge(emulator.url, FAN, '99', 'shop');
  });
  const lastId = () => emulator.sandbox().journal.list().at(-1)?.id ?? '';

  test('lists, filters and clears', async () => {
    await expectRow({
      line: 'journal',
      out: /^default-\d+ \S+Z shop AmountCharging\.chargeAmount tel:\+15\*{4}00 ref ok\n.* SVC0270\n$/,
    });
    await expectRow({ line: 'journal --fault SVC0270', out: /^.* SVC0270\n$/ });
    await expectRow({
      line: 'journal --limit 1 --reveal',
      out: /^.* tel:\+15550100 ref SVC0270\n$/,
    });
    await expectRow({ line: 'journal --reference none', out: 'No exchanges.\n' });
    await expectRow({ line: 'journal clear', out: 'No exchanges.\n' });
    await expectRow({ line: 'journal', out: 'No exchanges.\n' });
  });

  test('shows both messages, masked', async () => {
    const { out, code } = await told(`journal show ${lastId()}`);
    expect(code).toBe(0);
    expect(out).toMatch(/authorization: Basic \*\*\*/i);
    expect(out).toContain(`endUserIdentifier>${MASKED}<`);
    expect(out).toContain('SVC0270');
    expect(out).not.toContain('15550100');
  });

  test('waits for enough of them, and says when they do not come', async () => {
    await expectRow({ line: 'journal wait --count 2', out: /ok\n.*SVC0270\n$/ });
    await expectRow({
      line: 'journal wait --count 3 --timeout 1ms',
      code: 1,
      out: /\nThe time is over: no more of them came\.\n$/,
    });
  });

  test('explains one, for people and for programs', async () => {
    expect((await told(`explain ${lastId()}`)).out).toMatch(/\nrefused +ledger: .*\n/);
    const { steps } = JSON.parse((await told(`explain ${lastId()} --json`)).out);
    expect(steps).toContainEqual(expect.objectContaining({ step: 'ledger', outcome: 'refused' }));
  });

  test.each(
    rows([
      { line: 'journal show none', code: 13, err: 'There is no exchange none, or no more.\n' },
      { line: 'explain none', code: 13, err: 'There is no exchange none, or no more.\n' },
    ]),
  )('%s', (_line, row) => expectRow(row));
});

describe('a sandbox that is not there', () => {
  test.each(
    rows([
      ...['accounts', 'verify audit', 'verify holds', 'reset', 'faults next timeout'].map(
        (line) => ({
          line: `${line} --sandbox nightly`,
          code: 13,
          err: 'There is no sandbox nightly. "sandboxes create nightly" makes it.\n',
        }),
      ),
      {
        line: 'reset --sandbox defualt',
        code: 13,
        err: 'There is no sandbox defualt. Did you mean default?\n',
      },
    ]),
  )('%s', async (_line, row) => {
    await expectRow(row);
    expect(emulator.sandboxes.list().map(({ name }) => name)).toEqual(['default']);
  });

  test('is made by its name all the same', async () => {
    await expectRow({ line: 'sandboxes create nightly --sandbox nightly', out: /^nightly / });
    await expectRow({ line: 'sandboxes remove nightly --sandbox nightly', out: /removed\n$/ });
  });
});

describe('sandboxes and snapshots', () => {
  test('a sandbox is made, used by its name, and removed', async () => {
    const row = `alice ${emulator.url}/s/alice\n`;
    await expectRow({ line: 'sandboxes create alice', out: row });
    await expectRow({ line: `accounts bar ${FAN} --sandbox alice`, out: / barred / });
    await expectRow({ line: 'sandboxes create bob --from alice', out: /^bob / });
    await expectRow({ line: `accounts --url ${emulator.url}/s/bob`, out: / barred / });
    await expectRow({ line: 'accounts', out: / active / });
    await expectRow({
      line: 'sandboxes',
      out: `${row}bob ${emulator.url}/s/bob\ndefault ${emulator.url}\n`,
    });
    await expectRow({ line: 'sandboxes remove alice', out: 'alice removed\n' });
    await expectRow({ line: 'sandboxes remove bob', out: 'bob removed\n' });
  });

  test('a snapshot is kept and gone back to', async () => {
    await expectRow({ line: 'snapshots', out: 'No snapshots.\n' });
    await expectRow({ line: 'snapshots save before', out: /^before default \S+Z \d+ bytes\n$/ });
    await told(`accounts bar ${FAN}`);
    await expectRow({
      line: 'snapshots load before',
      out: 'The sandbox is as it was in before.\n',
    });
    await expectRow({ line: 'accounts', out: / active / });
    await expectRow({ line: 'snapshots', out: /^before / });
  });

  test.each(
    rows([
      { line: 'sandboxes create default', code: 12, err: 'There is a sandbox default already.\n' },
      { line: 'sandboxes create Alice', code: 12, err: /^name: found "Alice", expected a name / },
      { line: 'sandboxes remove none', code: 13, err: /^There is no sandbox none/ },
      { line: 'sandboxes remove default', code: 12, err: /reset it instead\.\n$/ },
      { line: 'snapshots load none', code: 13, err: 'There is no snapshot none.\n' },
      {
        line: 'accounts --sandbox Alice',
        code: 2,
        err: '--sandbox: found "Alice", expected a name of 1 to 40 characters from a to z, 0 to 9 and -\n',
      },
    ]),
  )('%s', (_line, row) => expectRow(row));
});

describe('reset', () => {
  test('takes back everything, or the scopes that are named', async () => {
    await told(`accounts bar ${FAN}`);
    await told('faults use down');
    await expectRow({
      line: 'reset --scope faults,journal',
      out: 'Of the sandbox faults, journal: as it was after the seed.\n',
    });
    await expectRow({ line: 'faults', out: 'No rules.\n' });
    await expectRow({ line: 'accounts', out: / barred / });
    await expectRow({ line: 'reset', out: 'The sandbox is as it was after the seed.\n' });
    await expectRow({ line: 'accounts', out: / active / });
  });

  test.each(
    rows([
      { line: 'reset --scope money', code: 12, err: /^scope: found "money", expected all or / },
    ]),
  )('%s', (_line, row) => expectRow(row));
});

test.each([
  ['accounts'],
  ['accounts settlement'],
  ['clock'],
  ['clock freeze'],
  ['faults'],
  ['faults use slow'],
  ['faults clear'],
  ['journal'],
  ['magic'],
  ['reset'],
  ['sandboxes'],
  ['snapshots'],
  ['verify'],
  ['verify holds'],
])('%s --json is JSON', async (line) => {
  const { code, out } = await told(`${line} --json`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(expect.any(Object));
});
