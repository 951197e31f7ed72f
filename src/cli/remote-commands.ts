// The commands that speak to a running emulator: over SOAP as an application does, over the admin API as its operator.
import { ACCOUNTS } from './account-commands';
import type { ClockMove } from './clock';
import {
  type CommandDefinition,
  group,
  JSON_OUT,
  type OptionDefinition,
  REVEAL,
  remote,
  SERVICES,
  SINCE_UNTIL,
} from './definition';
import { EXPLAIN, FAULTS, JOURNAL } from './fault-commands';
import type { Question } from './verify';

const SOAP_OPTIONS: readonly OptionDefinition[] = [
  ['--description <text>', 'for the bill; in 2.0 the billingText'],
  ['--code <code>', 'a charging code beside the amount'],
  ['--version <version>', 'v4_0 (default), v3_1, v2_1 or v2_0'],
  ['--application <name>', 'who asks, by HTTP Basic'],
  ['--password <text>', 'of the application'],
  ['--timeout <duration>', 'how long to wait for the answer; 60s when not given'],
  ['--verbose', 'print both messages'],
  JSON_OUT,
  REVEAL,
];

const SOAP_COMMANDS = (['charge', 'refund', 'reserve'] as const).map(
  (verb): CommandDefinition => ({
    name: verb,
    words: '<subscriber> <amount> [currency]',
    description: `${verb} an amount: a real SOAP call to an emulator or any other gateway`,
    settings: SERVICES,
    options: [
      ...(verb === 'reserve' ? [] : [['--reference <code>', 'the referenceCode'] as const]),
      ...SOAP_OPTIONS,
    ],
    run: (words, ...rest) => {
      const { charge } = require('./charge') as typeof import('./charge');
      return charge(verb, [words.at(0), words.at(1), words.maybe(2)], ...rest);
    },
  }),
);

const SCOPE: readonly OptionDefinition[] = [
  ['--subscriber <address>', 'whom'],
  ['--application <name>', 'by whom'],
  ['--currency <code>', 'in which currency'],
];
const WHAT: readonly OptionDefinition[] = [
  ['--reference <code>', 'under which referenceCode'],
  ...SCOPE,
  ...SINCE_UNTIL,
];
const CHARGES: readonly OptionDefinition[] = [
  ...WHAT,
  ['--amount <amount>', 'what each charge came to'],
];

const VERIFY = group('verify', 'ask the ledger what is so; exit code 1 when it is not', [
  remote('audit', 'does the ledger keep all of its invariants?', [REVEAL], (_words, ...rest) =>
    questions().audit(...rest),
  ),
  question('exactly-once', '', 'was it charged once, and only once?', CHARGES),
  question('at-most-once', '', 'was it charged once or not at all?', CHARGES),
  question('never', '', 'was it not charged?', CHARGES),
  question('net', ' <amount>', 'do charges less refunds come to this?', WHAT),
  question('holds', '', 'is no reservation open?', SCOPE),
  question('doubles', '', 'does no charge look like a double of another?', [
    ...SCOPE,
    ['--within <duration>', 'how close two may be; 5m when not given'],
  ]),
]);

function question(
  name: Question,
  words: string,
  description: string,
  options: readonly OptionDefinition[],
): CommandDefinition {
  return remote(name + words, description, [...options, REVEAL], (given, ...rest) =>
    questions().verify(name, given.maybe(0), ...rest),
  );
}

const CLOCK = group('clock', 'the time of a sandbox, and moving it', [
  remote('get', 'what it shows and how it runs', [], (_words, ...rest) =>
    clock().getClock(...rest),
  ),
  move('freeze', ' [instant]', 'stop it, now or at a later instant'),
  move('set', ' <instant>', 'move it on to an instant, such as 2026-01-31T09:30:00Z'),
  move('offset', ' <duration>', 'let it run so far ahead of real time'),
  move('scale', ' <factor>', 'let it run so many times as fast as real time'),
  move('advance', ' <duration>', 'move it on by 30m, 1h30m, 2d or 1month; tells what fell due'),
  move('reset', '', 'back to real time'),
]);

function move(name: ClockMove, words: string, description: string): CommandDefinition {
  return remote(name + words, description, [], (given, ...rest) =>
    clock().moveClock(name, given.maybe(0), ...rest),
  );
}

const SANDBOXES = group('sandboxes', 'isolated worlds of one emulator', [
  remote('list', 'which there are', [], (_words, ...rest) => sandboxes().listSandboxes(...rest)),
  remote(
    'create <name>',
    'make one: as after the seed, or a fork',
    [
      ['--from <sandbox>', 'the sandbox that it begins as'],
      ['--snapshot <name>', 'the snapshot that it begins as'],
    ],
    (words, ...rest) => sandboxes().createSandbox(words.at(0), ...rest),
  ),
  remote('remove <name>', 'remove one with its file', [], (words, ...rest) =>
    sandboxes().removeSandbox(words.at(0), ...rest),
  ),
]);

const SNAPSHOTS = group('snapshots', 'states of sandboxes, kept in memory under names', [
  remote('list', 'which there are', [], (_words, ...rest) => snapshots().listSnapshots(...rest)),
  remote('save <name>', 'keep the sandbox as it is now', [], (words, ...rest) =>
    snapshots().saveSnapshot(words.at(0), ...rest),
  ),
  remote('load <name>', 'make the sandbox what was kept', [], (words, ...rest) =>
    snapshots().loadSnapshot(words.at(0), ...rest),
  ),
]);

const RESET = remote(
  'reset',
  'take a sandbox back to what it was after the seed, at once and whole',
  [['--scope <scopes>', 'only accounts, journal, faults, clock, configuration: with commas']],
  (_words, ...rest) => (require('./reset') as typeof import('./reset')).reset(...rest),
);

const READYZ: CommandDefinition = {
  name: 'readyz',
  description: 'ask a running emulator whether it is ready',
  settings: SERVICES.filter(({ key }) => key !== 'sandbox'),
  run: (_words, ...rest) => (require('./readyz') as typeof import('./readyz')).readyz(...rest),
};

export const REMOTE_COMMANDS: readonly CommandDefinition[] = [
  ...SOAP_COMMANDS,
  VERIFY,
  FAULTS,
  CLOCK,
  ACCOUNTS,
  JOURNAL,
  EXPLAIN,
  SANDBOXES,
  SNAPSHOTS,
  RESET,
  READYZ,
];

function questions() {
  return require('./verify') as typeof import('./verify');
}

function clock() {
  return require('./clock') as typeof import('./clock');
}

function sandboxes() {
  return require('./sandboxes') as typeof import('./sandboxes');
}

function snapshots() {
  return require('./snapshots') as typeof import('./snapshots');
}
