// From what configuration and seed say to what holds: defaults filled in, money and currencies read, rules judged.

import type { IssueCommand, SeedCommand } from '../ledger/commands';
import { type Currencies, createCurrencies } from '../ledger/currency';
import type { Tariff } from '../ledger/rating';
import type { Terms } from '../ledger/terms';
import { DEFAULT_AGREEMENT, readAgreement } from './agreement';
import { type MoneyContext, readAmount } from './amounts';
import {
  type Configuration,
  DEFAULT_ACCOUNTS,
  DEFAULT_CURRENCY_ALIASES,
  DEFAULT_SERVER,
  DEFAULT_UNIT,
} from './configuration';
import { DEFAULT_CONFIRMATION, readConfirmation, readEvidence } from './confirmation';
import { readFaultRules } from './fault-rules';
import { INSTANT_RULE, instantIn } from './instant';
import { readMessaging } from './messaging';
import { defaultOpeningBalance } from './opening-balances';
import { defaultTariffs, pricesOver, readPrices, readTariffs, tariffsOver } from './price-lists';
import { below, ConfigurationError, found, type Problem, pathText, type Report } from './problem';
import { restrictedAgreement } from './restriction';
import { readSandboxes } from './sandboxes';
import type { ConfigurationInput, SeedInput } from './schema';
import { readSubscribers } from './subscribers';
import { readWireTerms } from './wire';
import { withoutUndefined } from './without-undefined';

type ApplicationInput = NonNullable<ConfigurationInput['applications']>[string];

/** A checked document and where it came from, for error messages. */
export interface Sourced<T> {
  readonly source: string;
  readonly input: T;
}

/** Throws ConfigurationError with everything that is wrong in the configuration or, that being right, in the seed. */
export function resolveConfiguration(
  configuration: Sourced<ConfigurationInput>,
  seed?: Sourced<SeedInput>,
): Configuration {
  const { input } = configuration;
  const problems: Problem[] = [];
  const seedProblems: Problem[] = [];
  const report = collecting(problems);

  const configured = generalTerms(input, report);
  const general = seededTerms(configured, seed?.input ?? {}, collecting(seedProblems));
  const builtIn = input.tariffs ? [] : configured.tariffs;
  const applications = new Map(
    Object.entries(input.applications ?? {}).map(([name, application]) => [
      name,
      applicationTerms(general, builtIn, application, below(report, 'applications', name)),
    ]),
  );
  const { clock = '' } = input.server ?? {};
  if (clock !== '' && instantIn(clock) === undefined) {
    report(['server', 'clock'], `found ${found(clock)}, expected ${INSTANT_RULE}`);
  }
  const wireTermsOf = readWireTerms(input, report);
  const faults = readFaultRules(input.faults ?? [], below(report, 'faults'));
  const { countryCode } = configured;
  const messaging = readMessaging(input.messaging ?? {}, countryCode, below(report, 'messaging'));
  const sandboxes = readSandboxes(input.sandboxes ?? {}, countryCode, below(report, 'sandboxes'));
  const evidence = evidenceOf(input, configured, report);
  const provision = [
    ...subscribersOf(input, configured, report),
    ...subscribersOf(seed?.input ?? {}, configured, collecting(seedProblems)),
    ...evidence,
    ...evidenceOf(seed?.input ?? {}, configured, collecting(seedProblems), evidence),
  ];
  if (problems.length > 0) throw new ConfigurationError(configuration.source, problems);
  if (seedProblems.length > 0) throw new ConfigurationError(seed?.source ?? 'seed', seedProblems);

  return {
    server: { ...DEFAULT_SERVER, ...withoutUndefined(input.server ?? {}) },
    wireTermsOf,
    faults,
    messaging,
    sandboxes,
    termsOf: (application) => applications.get(application) ?? general,
    provision,
    written: { input, ...(seed && { seed: seed.input }) },
  };
}

function generalTerms(input: ConfigurationInput, report: Report): Terms {
  const currencies = readCurrencies(input.currencies ?? {}, below(report, 'currencies'));
  const agreement = readAgreement(
    input.policies ?? {},
    DEFAULT_AGREEMENT,
    currencies,
    below(report, 'policies'),
  );
  const money = { currencies, defaultCurrency: agreement.policy.Currency };
  const accounts = input.accounts ?? {};
  return {
    ...agreement,
    duplicateReferences: input.references?.duplicates ?? 'report',
    confirmation: readConfirmation(input.confirmation ?? {}, DEFAULT_CONFIRMATION),
    refunds: input.refunds ?? 'open',
    unknownAccounts: accounts.unknown ?? DEFAULT_ACCOUNTS.unknown,
    openingBalance: readOpeningBalance(accounts.openingBalance, below(report, 'accounts')),
    countryCode: accounts.countryCode === undefined ? undefined : digitsOf(accounts.countryCode),
    codeWins: input.codeWins ?? false,
    prices: readPrices(input.prices ?? [], money, below(report, 'prices')),
    tariffs: input.tariffs
      ? readTariffs(input.tariffs, money, below(report, 'tariffs'))
      : defaultTariffs(money),
    defaultUnit: input.defaultUnit ?? DEFAULT_UNIT,
    currencies,
  };
}

/** What is configured is as many units of every currency. */
function readOpeningBalance(
  configured: NonNullable<ConfigurationInput['accounts']>['openingBalance'],
  report: Report,
): Terms['openingBalance'] {
  if (configured === undefined) return defaultOpeningBalance;
  const amount = readAmount(configured, below(report, 'openingBalance'));
  return () => amount;
}

/** Aliases lead to codes that are known, with those that the configuration adds. */
function readCurrencies(
  input: NonNullable<ConfigurationInput['currencies']>,
  report: Report,
): Currencies {
  const aliases = { ...DEFAULT_CURRENCY_ALIASES, ...input.aliases };
  const extra = input.fractionDigits ?? {};
  const codes = createCurrencies({}, extra);
  for (const [spelling, code] of Object.entries(aliases)) {
    if (codes.resolve(code) !== undefined) continue;
    report(
      ['aliases', spelling],
      `found ${found(code)}, which is no currency of ISO 4217 or fractionDigits`,
    );
  }
  return createCurrencies(aliases, extra);
}

function seededTerms(terms: Terms, seed: SeedInput, report: Report): Terms {
  const money = moneyOf(terms);
  const tariffs = readTariffs(seed.tariffs ?? [], money, below(report, 'tariffs'));
  const prices = readPrices(seed.prices ?? [], money, below(report, 'prices'));
  return {
    ...terms,
    tariffs: tariffsOver(tariffs, terms.tariffs),
    prices: pricesOver(prices, terms.prices),
  };
}

/** `builtIn` are the general tariffs that nobody wrote: an application with another Currency has its own of them. */
function applicationTerms(
  general: Terms,
  builtIn: readonly Tariff[],
  input: ApplicationInput,
  report: Report,
): Terms {
  const agreement = input.policies
    ? restrictedAgreement(general, input.policies, general.currencies, below(report, 'policies'))
    : general;
  const money = { ...moneyOf(general), defaultCurrency: agreement.policy.Currency };
  const own = readTariffs(input.tariffs ?? [], money, below(report, 'tariffs'));
  const prices = readPrices(input.prices ?? [], money, below(report, 'prices'));
  const written = general.tariffs.filter((tariff) => !builtIn.includes(tariff));
  const unwritten = builtIn.length > 0 ? defaultTariffs(money) : [];
  return {
    ...general,
    ...agreement,
    duplicateReferences: input.references?.duplicates ?? general.duplicateReferences,
    confirmation: readConfirmation(input.confirmation ?? {}, general.confirmation),
    refunds: input.refunds ?? general.refunds,
    tariffs: tariffsOver(own, tariffsOver(written, unwritten)),
    prices: pricesOver(prices, general.prices),
  };
}

function subscribersOf(
  input: Pick<ConfigurationInput, 'subscribers'>,
  terms: Terms,
  report: Report,
): readonly SeedCommand[] {
  const at = below(report, 'subscribers');
  return readSubscribers(input.subscribers ?? [], terms.countryCode, moneyOf(terms), at);
}

function evidenceOf(
  { evidence }: Pick<ConfigurationInput, 'evidence'>,
  { countryCode }: Terms,
  report: Report,
  configured: readonly IssueCommand[] = [],
): readonly IssueCommand[] {
  return readEvidence(evidence ?? [], countryCode, configured, below(report, 'evidence'));
}

function moneyOf({ currencies, policy }: Terms): MoneyContext {
  return { currencies, defaultCurrency: policy.Currency };
}

function digitsOf(countryCode: string | number): string {
  return String(countryCode).replace('+', '');
}

function collecting(problems: Problem[]): Report {
  return (path, message) => problems.push({ path: pathText(path), message });
}
