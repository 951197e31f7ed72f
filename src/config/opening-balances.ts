// What a wallet made on demand holds where nobody says: about the worth of a thousand euros in any currency, so that
// a first charge of an everyday amount succeeds. No rate of exchange, only its order of magnitude.

import type { Micros } from '../ledger/money';
import { MONEY_LIMITS } from '../limits';

/** Units of a currency, to the power of ten nearest to what one euro is worth; 1 for those that are not here. */
const TIMES: ReadonlyMap<string, bigint> = new Map([
  ...times(
    10n,
    `BOB BWP CNY CUP CZK DKK ERN GHS GTQ HKD HNL LSL MAD MDL MOP MRU MUR MVR MXN NAD NIO NOK SCR SEK SLE SRD STN SZL
     THB TJS TRY TWD UAH UYU ZAR ZMW ZWG`,
  ),
  ...times(
    100n,
    `AFN ALL AMD BDT BTN CVE DJF DOP DZD EGP ETB GMD GYD HTG HUF INR ISK JMD JPY KES KGS KMF KZT LKR LRD MKD MZN NPR
     PHP PKR RSD RUB VES VUV XPF YER`,
  ),
  ...times(
    1_000n,
    'AOA ARS BIF CDF CLP COP CRC IQD KHR KRW MGA MMK MNT MWK NGN RWF SDG SOS SSP TZS UGX XAF XOF',
  ),
  ...times(10_000n, 'GNF IDR LAK PYG SYP UZS VND'),
  ...times(100_000n, 'IRR LBP'),
]);

const UNITS = 1_000n;

/** In micros of the currency. */
export function defaultOpeningBalance(currency: string): Micros {
  return UNITS * (TIMES.get(currency) ?? 1n) * 10n ** BigInt(MONEY_LIMITS.fractionDigits);
}

function times(factor: bigint, currencies: string): [string, bigint][] {
  return currencies.split(/\s+/).map((currency) => [currency, factor]);
}
