// The currencies of ISO 4217 with their fraction digits, and the field spellings that operators declare as aliases.

/** Fraction digits other than two. */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...codes('BHD IQD JOD KWD LYD OMR TND', 3),
  ...codes('CLF UYW', 4),
  ...codes(
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
     CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
     HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT
     MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
     SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
     USD UYU UZS VES WST XCD YER ZAR ZMW ZWG`,
    2,
  ),
]);

/** The currencies that one configuration knows. */
export interface Currencies {
  /** The ISO code meant by a text of the wire, or undefined when it is not known. */
  resolve(text: string): string | undefined;
  /** Fraction digits of a known currency. */
  exponent(code: string): number;
}

/** `aliases` maps field spellings to codes (`Birr` to `ETB`); `extra` adds codes or changes fraction digits. */
export function createCurrencies(
  aliases: Readonly<Record<string, string>> = {},
  extra: Readonly<Record<string, number>> = {},
): Currencies {
  const exponents = new Map([...EXPONENTS, ...Object.entries(extra)]);
  const spellings = new Map(Object.entries(aliases));
  return {
    resolve: (text) => {
      const code = spellings.get(text) ?? text;
      return exponents.has(code) ? code : undefined;
    },
    exponent: (code) => exponents.get(code) ?? 2,
  };
}

function codes(list: string, exponent: number): [string, number][] {
  return list.split(/\s+/).map((code) => [code, exponent]);
}
