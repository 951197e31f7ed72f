// The commands about what goes wrong and what was exchanged, and the options of each.
import { group, type OptionDefinition, REVEAL, remote } from './definition';

export const FAULTS = group('faults', 'what goes wrong in a sandbox, and when', [
  remote(
    'list',
    'the rules in their order, with what they have done',
    [REVEAL],
    (_words, ...rest) => faults().listFaults(...rest),
  ),
  remote(
    'add [rule]',
    "append a rule in YAML or JSON: '{ match: { nth: 3 }, then: { outcome: timeout } }'",
    [['--file <file>', 'a list of rules instead']],
    (words, ...rest) => faults().addFaults(words.maybe(0), ...rest),
  ),
  remote('remove <id>', 'remove one rule', [], (words, ...rest) =>
    faults().removeFault(words.at(0), ...rest),
  ),
  remote('clear', 'remove all rules and forced outcomes', [], (_words, ...rest) =>
    faults().clearFaults(...rest),
  ),
  remote(
    'use <profile>',
    'the rules of a profile instead of all others: flaky, slow, down, ambiguous',
    [REVEAL],
    (words, ...rest) => faults().useProfile(words.at(0), ...rest),
  ),
  remote(
    'next <outcome>',
    'what happens, once, to the next call that matches: timeout, fault-500, reset, ...',
    [
      ['--operation <name>', 'such as chargeAmount'],
      ['--application <name>', 'of this application'],
      ['--subscriber <address>', 'of this subscriber, or of all that begin so: tel:+1555*'],
      ['--amount <amount>', 'of this amount'],
      ['--reference <code>', 'with this referenceCode, or all that begin so: test-*'],
    ],
    (words, ...rest) => faults().nextOutcome(words.at(0), ...rest),
  ),
]);

const FILTER: readonly OptionDefinition[] = [
  ['--operation <name>', 'such as chargeAmount'],
  ['--application <name>', 'of this application'],
  ['--subscriber <address>', 'of this subscriber'],
  ['--reference <code>', 'with this referenceCode'],
  ['--fault <code>', 'with this fault; true for any, false for none'],
  ['--since <instant>', 'from this instant, such as 2026-01-31T09:30:00Z'],
  ['--after <id>', 'after this exchange'],
];

export const JOURNAL = group('journal', 'the exchanges that a sandbox remembers', [
  remote(
    'list',
    'the latest, in their order',
    [...FILTER, ['--limit <number>', 'the most; 100 when not given'], REVEAL],
    (_words, ...rest) => journal().listExchanges(...rest),
  ),
  remote(
    'show <id>',
    'one of them with both messages; secrets in them are hidden',
    [REVEAL],
    (words, ...rest) => journal().showExchange(words.at(0), ...rest),
  ),
  remote(
    'wait',
    'until enough of them match; exit code 1 when the time is over before',
    [
      ...FILTER,
      ['--count <number>', 'how many; 1 when not given'],
      ['--timeout <duration>', 'a minute at most; 10s when not given'],
      REVEAL,
    ],
    (_words, ...rest) => journal().waitForExchanges(...rest),
  ),
  remote('clear', 'forget them', [], (_words, ...rest) => journal().clearJournal(...rest)),
]);

export const EXPLAIN = remote(
  'explain <id>',
  'one exchange step by step, with clauses; its id is in the header X-Parlayx-Exchange',
  [REVEAL],
  (words, ...rest) => journal().explain(words.at(0), ...rest),
);

function faults() {
  return require('./faults') as typeof import('./faults');
}

function journal() {
  return require('./journal') as typeof import('./journal');
}
