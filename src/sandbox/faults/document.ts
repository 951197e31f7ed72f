// docs/fault-injection.md: the manual of faults, with the tables that drive the code, so that neither can drift.
import { FAULT_LIMITS } from '../../limits';
import { magicTable } from './magic';
import { type Deed, OUTCOMES, type OutcomeRow, STAGES_OF } from './outcomes';
import { FAULT_PROFILES } from './profiles';
import { STAGES } from './rule';

export function faultInjectionDocument(): string {
  return [
    ...INTRODUCTION,
    ...STAGES_SECTION,
    ...outcomes(),
    ...RULES_SECTION,
    ...actions(),
    ...PROFILES_INTRODUCTION,
    ...profiles(),
    ...MAGIC_INTRODUCTION,
    '```',
    ...magicTable(),
    '```',
    '',
    ...MAGIC_NOTES,
    ...SMALL_PRINT,
  ].join('\n');
}

const INTRODUCTION = [
  '# Faults that know the money',
  '',
  'Generated from `src/sandbox/faults` by `npm run generate`; do not edit.',
  '',
  'What a payment client in the field fears is the answer that never came after the charge was made. Here that is one line, and the',
  'ledger says afterwards what happened:',
  '',
  '```js',
  "const { createEmulator } = require('parlayx-payment-emulator');",
  '',
  'const emulator = await createEmulator();',
  'const { faults, ledger } = emulator.sandbox();',
  "faults.next('timeout'); // charged, and then no answer: `timeout-uncharged` is its twin",
  '// ... your client charges, gives up, and must neither send again blindly nor count the charge as unpaid ...',
  'const charges = ledger.read.billEntries().length;',
  'await emulator.close();',
  '```',
  '',
  'The same rules stand in a configuration file (`faults:`), in code (`sandbox.faults`) and behind the admin API, and a tester who can',
  'reach nothing but a client asks by [magic values](#magic-values).',
  '',
];

const STAGES_SECTION = [
  '## Stages',
  '',
  '| stage | what has happened by then | charged |',
  '|---|---|:-:|',
  '| `before-parse` | nothing of the request has been read; a rule here can match nothing but `nth` | no |',
  '| `before-decide` | read, authenticated, understood; not judged | no |',
  '| `before-commit` | judged in full by the ledger, in its turn among others, and nothing written | no |',
  '| `after-commit-before-reply` | executed and durable; no byte of the answer is out | **yes** |',
  '| `during-reply` | the same, and half of the answer is out; the answer may be a refusal | **yes** |',
  '',
  'What the business refuses is answered as itself: a charge without funds gets its SVC0270 before it gets to',
  '`before-commit`, and there is nothing after a commit that there was not. The rule has then not fired, and a forced outcome still stands.',
  'Operations of messaging are not judged beforehand: for them `before-commit` is `before-decide`.',
  '',
];

function outcomes(): readonly string[] {
  return [
    '## Outcomes',
    '',
    'Twelve that a client meets, and four more. A word with both stages also exists with `-charged` and `-uncharged`; without it is charged.',
    '',
    '| word | number | over the wire | charged | not charged | right conclusion |',
    '|---|:-:|---|---|---|---|',
    ...OUTCOMES.map(outcomeRow),
    '',
  ];
}

function outcomeRow(row: OutcomeRow): string {
  const { word, number, wire, instead, charged, uncharged, conclusion } = row;
  const told = instead === undefined ? wire : `${wire}; ${instead}`;
  const digits = String(number).padStart(4, '0');
  const [yes, no] = [charged, uncharged].map((stage) =>
    stage === undefined ? '' : `\`${stage}\``,
  );
  return `| \`${word}\` | ${digits} | ${told} | ${yes} | ${no} | ${conclusion} |`;
}

const RULES_SECTION = [
  '## Rules',
  '',
  'An ordered list; the first rule that matches and fires decides. A rule that matches and does not fire (for `nth`, `skip`, `times` or',
  '`probability`) lets the next one be asked. Rules of `before-parse` are asked before all others, when nothing has been read; only a call that',
  'such a rule merely delays can meet another one.',
  '',
  '```yaml',
  'faults:',
  '  - match: { operation: chargeAmount, subscriber: "tel:+1555*", amount: { min: "5.00" } }',
  '    at: after-commit-before-reply',
  '    then: { http: { status: 502 } }',
  '    probability: 0.1',
  '    seed: 42',
  '  - match: { application: ringtones, nth: 3 }',
  '    then: { fault: { code: POL0001, variables: [QUOTA] } }',
  '  - then: { delay: { lognormal: { median: 300, sigma: 0.5, max: 5000 } } }',
  '```',
  '',
  '| key | |',
  '|---|---|',
  '| `id` | names the rule in records and the log; made when absent |',
  '| `match.operation` | `AmountCharging.chargeAmount`, or `chargeAmount` of any interface |',
  '| `match.version` | `v4_0`, `v3_1`, `v2_1`, `v2_0`: of the message |',
  '| `match.application` | its name |',
  '| `match.subscriber` | one address, the beginning of some (`tel:+1555*`), or a range (`tel:+15550100..tel:+15550199`); ' +
    'any payer of a split, the owner of a reservation, any addressee of a message |',
  '| `match.amount` | an amount, or `{ min, max }` with both included; compared by value with what the request writes |',
  '| `match.currency` | of the request, else of its reservation, else the policy Currency |',
  '| `match.reference` | a referenceCode, or the beginning of some (`test-*`) |',
  '| `match.nth` | only this one of the calls that match the rest and have not been skipped, counted from 1 |',
  '| `at` | the stage; each action has one of its own |',
  '| `then` | what happens: below |',
  '| `probability` | from 0 to 1 |',
  '| `seed` | of the chances and delays of this rule; made from its `id` when absent, so that rules do not move in step |',
  '| `times` | how often it fires at most |',
  '| `skip` | how many calls that match are let go first |',
  '',
  'The same seed, rules and requests give the same bytes and the same ledger.',
  '',
];

/** What each action is written as, where it is not a word. */
const WRITTEN: Readonly<Record<Deed['does'], string>> = {
  pass: '`delay: { fixed: 250 }`, `{ uniform: { min, max } }` or `{ lognormal: { median, sigma, max } }` alone: the true answer, late; `during-reply` in its middle',
  fault:
    '`fault: { code: SVC0270, variables: [...], text: ... }`: any code, in the version and profile of the request',
  http: '`http: { status: 503, body: html }`: `html` a page, `empty` nothing, or the text itself',
  malformed: '`outcome: malformed`',
  truncated: '`outcome: truncated`',
  half: '`outcome: half`',
  stall: '`outcome: timeout`: until the client gives up',
  reset: '`outcome: reset`: TCP RST',
  duplicate: '`outcome: duplicate`: executed twice, the first answer given',
  dribble: '`dribble: { bytes: 10, everyMs: 100 }`: the true answer, so many bytes at a time',
};

function actions(): readonly string[] {
  const does = Object.keys(WRITTEN) as Deed['does'][];
  const mark = (each: Deed['does'], stage: (typeof STAGES)[number]): string => {
    if (STAGES_OF[each][0] === stage) return '**•**';
    return STAGES_OF[each].includes(stage) ? '•' : ' ';
  };
  return [
    '## Actions',
    '',
    'One of these, and a `delay` before it if there is one. In bold the stage when none is named; an outcome has the stage of its word.',
    '',
    `| \`then\` | ${STAGES.map((stage) => `\`${stage}\``).join(' | ')} |`,
    `|---|${STAGES.map(() => ':-:').join('|')}|`,
    ...does.map(
      (each) => `| ${WRITTEN[each]} | ${STAGES.map((stage) => mark(each, stage)).join(' | ')} |`,
    ),
    '',
    'Before anything is decided there is no answer that could be cut: `malformed`, `truncated` and `half` are then of an empty envelope.',
    '',
  ];
}

const PROFILES_INTRODUCTION = [
  '## Profiles',
  '',
  "Days that a gateway can have, as one word: `faults.use('flaky')`. A profile stands instead of all other rules.",
  '',
  '| profile | its rules |',
  '|---|---|',
];

function profiles(): readonly string[] {
  const rows = Object.entries(FAULT_PROFILES).map(([name, rules]) => {
    const told = rules.map(({ id: _id, ...rule }) => `\`${JSON.stringify(rule)}\``);
    return `| \`${name}\` | ${told.join('<br>')} |`;
  });
  return [
    ...rows,
    '',
    'A rule is asked only when those above it have let the call go, so equal shares of all calls are growing chances: of 240 calls',
    '`ambiguous` takes 20 by each of its rules and lets 120 go.',
    '',
  ];
}

const MAGIC_INTRODUCTION = [
  '## Magic values',
  '',
  'For those who can change nothing but what they send. The country code +990 is not assigned, so a magic number is nobody’s, and it works',
  'wherever a payer stands: endUserIdentifier or splitInfo, in any version. `server.magic: false`, `--no-magic` or `PARLAYX_MAGIC=off`',
  'turns all of it off.',
  '',
];

const MAGIC_NOTES = [
  'So `tel:+9903000610` is `+990`, family `3`, outcome `0006`, stage `1`, delay `0`. A number or code that does not follow the table, or',
  'asks for what its stage does not take, is an ordinary one, and so is every number of family 0. Of a split the first magic payer decides;',
  'a payer before a reference code; a rule before both. A number asks at `reserveAmount` and `reserveVolume` alone: what comes later names',
  'no number, and a chargeReservation asks by its referenceCode. Money is held and charged as for anybody: with `accounts.unknown: refuse`',
  'only the stage `decide` is reached by a magic number that was not provisioned.',
  '',
];

const SMALL_PRINT = [
  '## Small print',
  '',
  `- Delays and stalls are in real time, whatever the clock of the sandbox says: clients wait in real time. A delay lasts ${FAULT_LIMITS.delayMs / 60_000} minutes at most,`,
  `  a stall until the client closes, ${FAULT_LIMITS.stallMs / 60_000} minutes at most, and both end with \`faults.release()\`, with the sandbox and with the emulator.`,
  '- A record of an exchange says `injected: { rule, stage, action }`; its status is 0 where no answer was meant to go out. The log line',
  '  ends with `{magic: timeout, after-commit-before-reply}`.',
  '- An exchange in the process itself (`sandbox.exchange`) returns what would go out, and `delivery` says how. `sandbox.perform` is no exchange',
  '  and meets no faults.',
  '- A reset of the sandbox (scope `faults`) brings back the rules of the configuration; a snapshot keeps rules, counts and chances.',
  '- A duplicate is a second command with the same reference code: `references.duplicates: reject` refuses it, and `replay` answers it',
  '  without a charge. The action in the record then says so: `duplicate, executed once: the second was refused with SVC0002`.',
  '- An outcome that was forced is gone with whatever ends the plan (reset, clear, replace, use, restore, remove), also while it is on its way',
  '  to a call that then gets no further than a stage before it.',
  '',
];
