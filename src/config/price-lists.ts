// The tariffs and the prices of codes: from a configuration, from a seed, from an application, or built in.
import { billableStep } from '../ledger/money';
import { type Tariff, unitName } from '../ledger/rating';
import type { CodePrice } from '../ledger/terms';
import { type MoneyContext, readAmount, readCurrency, readPayable } from './amounts';
import { DEFAULT_TARIFFS } from './default-tariffs';
import { below, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type TariffInput = NonNullable<ConfigurationInput['tariffs']>[number];
type PriceInput = NonNullable<ConfigurationInput['prices']>[number];

/** The built-in tariffs in the default currency. */
export function defaultTariffs({ currencies, defaultCurrency }: MoneyContext): readonly Tariff[] {
  const step = billableStep(currencies.exponent(defaultCurrency));
  return DEFAULT_TARIFFS.map(({ unit, steps, per, rounding, description }) => ({
    unit,
    currency: defaultCurrency,
    rate: { micros: BigInt(steps) * step, per: BigInt(per), rounding, step },
    description,
  }));
}

/** Reports currencies that are not known and prices beyond the ledger's bounds. */
export function readTariffs(
  input: readonly TariffInput[],
  money: MoneyContext,
  report: Report,
): readonly Tariff[] {
  return input.map((tariff, index) => readTariff(tariff, money, below(report, index)));
}

/** Reports what readTariffs reports, prices that cannot be paid, and a code that comes twice in a currency. */
export function readPrices(
  input: readonly PriceInput[],
  money: MoneyContext,
  report: Report,
): readonly CodePrice[] {
  const prices = input.map(({ code, amount, currency: named }, index) => {
    const at = below(report, index);
    const currency = readCurrency(named, money, below(at, 'currency'));
    return {
      code,
      currency,
      amount: readPayable(amount, currency, money.currencies, below(at, 'amount')),
    };
  });
  prices.forEach((price, index) => {
    const first = prices.findIndex(
      (other) => other.code === price.code && other.currency === price.currency,
    );
    if (first < index) report([index, 'code'], `has a price in ${price.currency} already`);
  });
  return prices;
}

/** `own` before `general`; units that `own` rates are rated by nothing else. */
export function tariffsOver(own: readonly Tariff[], general: readonly Tariff[]): readonly Tariff[] {
  const units = new Set(own.map((tariff) => unitName(tariff.unit)));
  return [...own, ...general.filter((tariff) => !units.has(unitName(tariff.unit)))];
}

/** `own` before `general`; codes that `own` prices are priced by nothing else. */
export function pricesOver(
  own: readonly CodePrice[],
  general: readonly CodePrice[],
): readonly CodePrice[] {
  const codes = new Set(own.map((price) => price.code));
  return [...own, ...general.filter((price) => !codes.has(price.code))];
}

function readTariff(input: TariffInput, money: MoneyContext, report: Report): Tariff {
  const { contract, service, operation } = input;
  const currency = readCurrency(input.currency, money, below(report, 'currency'));
  return {
    unit: input.unit.trim(),
    ...(contract === undefined ? {} : { contract }),
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    currency,
    rate: {
      micros: readAmount(input.price, below(report, 'price')),
      per: BigInt(input.per ?? 1),
      rounding: input.rounding ?? 'half_up',
      step: billableStep(money.currencies.exponent(currency)),
    },
    description: input.description ?? `Use rated by ${input.unit.trim()}`,
  };
}
