// Terms in the words of the configuration file: what holds, however it came about, so that it can be read, changed and
// given back. The inverse of agreement.ts and price-lists.ts.
import { formatMicros, type Micros } from '../ledger/money';
import type { Tariff } from '../ledger/rating';
import type { Terms } from '../ledger/terms';
import type { ConfigurationInput } from './schema';

type Section<Name extends keyof ConfigurationInput> = NonNullable<ConfigurationInput[Name]>;

/** Every policy that holds; limits and currencies only where there are any. */
export function writtenPolicies(terms: Terms): Section<'policies'> {
  const { policy, allowedCurrencies } = terms;
  const { metric, units } = policy.ReservationDuration;
  return {
    ...policy,
    ReservationDuration: { metric, units },
    ...limits('maximumAmountPerTransaction', terms),
    ...limits('maximumAmountPerMonth', terms),
    ...(allowedCurrencies && { allowedCurrencies: [...allowedCurrencies] }),
  };
}

export function writtenTariffs({ tariffs, currencies }: Terms): Section<'tariffs'> {
  return tariffs.map((tariff: Tariff) => {
    const { unit, contract, service, operation, currency, rate, description } = tariff;
    return {
      unit,
      ...(contract !== undefined && { contract }),
      ...(service !== undefined && { service }),
      ...(operation !== undefined && { operation }),
      currency,
      price: formatMicros(rate.micros, currencies.exponent(currency)),
      per: Number(rate.per),
      rounding: rate.rounding,
      description,
    };
  });
}

export function writtenPrices({ prices, currencies }: Terms): Section<'prices'> {
  return prices.map(({ code, amount, currency }) => ({
    code,
    amount: formatMicros(amount, currencies.exponent(currency)),
    currency,
  }));
}

function limits(
  name: 'maximumAmountPerTransaction' | 'maximumAmountPerMonth',
  terms: Terms,
): Partial<Section<'policies'>> {
  const limit: ReadonlyMap<string, Micros> = terms[name];
  if (limit.size === 0) return {};
  const { currencies } = terms;
  const texts = [...limit].map(([currency, micros]) => [
    currency,
    formatMicros(micros, currencies.exponent(currency)),
  ]);
  return { [name]: Object.fromEntries(texts) };
}
