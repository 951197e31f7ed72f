// The commands about subscribers, and the options of each.
import { CSV, group, type OptionDefinition, REVEAL, remote, SINCE_UNTIL } from './definition';

const PERIOD: readonly OptionDefinition[] = [
  ['--currency <code>', 'in this currency alone'],
  ...SINCE_UNTIL,
];

export const ACCOUNTS = group('accounts', 'subscribers and their wallets', [
  remote(
    'list',
    'all of them',
    [['--limit <number>', 'the most that are listed; 100 when not given'], REVEAL],
    (_words, flags, terminal) => accounts().listAccounts(flags, terminal),
  ),
  remote('show <subscriber>', 'one of them', [REVEAL], (words, flags, terminal) =>
    accounts().showAccount(words.at(0), flags, terminal),
  ),
  remote(
    'create <subscriber>',
    'make one known, such as tel:+15550100',
    [
      ['--balance <amount>', 'what is in the wallet, such as 50.00'],
      ['--currency <code>', 'of the wallet; the policy Currency when not given'],
      ['--credit-limit <amount>', 'how far the wallet may go below zero'],
      ['--barred', 'refused whatever moves money'],
      REVEAL,
    ],
    (words, flags, terminal) => accounts().createAccount(words.at(0), flags, terminal),
  ),
  ...(
    [
      ['top-up', 'pay into a wallet'],
      ['withdraw', 'pay out of a wallet'],
    ] as const
  ).map(([verb, description]) =>
    remote(`${verb} <subscriber> <amount> [currency]`, description, [REVEAL], (words, ...rest) =>
      accounts().moveMoney(verb, [words.at(0), words.at(1), words.maybe(2)], ...rest),
    ),
  ),
  remote(
    'credit-limit <subscriber> <amount> [currency]',
    'how far a wallet may go below zero',
    [REVEAL],
    (words, ...rest) => {
      const change = { creditLimit: words.at(1), currency: words.maybe(2) };
      return accounts().changeAccount(words.at(0), change, ...rest);
    },
  ),
  ...(
    [
      ['bar', 'barred', 'refuse whatever moves money'],
      ['unbar', 'active', 'let the subscriber in again'],
    ] as const
  ).map(([verb, status, description]) =>
    remote(`${verb} <subscriber>`, description, [REVEAL], (words, ...rest) =>
      accounts().changeAccount(words.at(0), { status }, ...rest),
    ),
  ),
  remote(
    'statement <subscriber>',
    'every movement and hold of a period with the balance after it',
    [...PERIOD, CSV, REVEAL],
    (words, flags, terminal) => statements().statement(words.at(0), flags, terminal),
  ),
  remote(
    'settlement',
    'what each application is owed for a period',
    [['--application <name>', 'this one alone'], ...PERIOD, CSV],
    (_words, flags, terminal) => statements().settlement(flags, terminal),
  ),
]);

function accounts() {
  return require('./accounts') as typeof import('./accounts');
}

function statements() {
  return require('./statements') as typeof import('./statements');
}
