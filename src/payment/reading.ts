// What one request says, in the ledger's terms: each part read at most once, on demand.

import type { Charge, Texts } from '../ledger/commands';
import { billableStep, formatMicros, type Micros, parseMicros } from '../ledger/money';
import { type Price, priceOf } from '../ledger/price';
import {
  findTariff,
  type Measure,
  type Rate,
  type RatingParameters,
  rated,
  unitName,
} from '../ledger/rating';
import { Refusal, refuse } from '../ledger/refusal';
import { splitByPercent } from '../ledger/split';
import type { Terms } from '../ledger/terms';
import { MONEY_LIMITS } from '../limits';
import type { ChargingInformation, NameValuePair, SplitType } from '../wsdl/operations.generated';
import { type Address, normaliseAddress } from './address';
import { invalidPart } from './faults';
import { type Manner, STANDARD_MANNER } from './manner';

/** The parts of all sixteen requests; each request has some of them. */
export interface Parts {
  readonly endUserIdentifier?: string;
  readonly splitInfo?: readonly SplitType[];
  readonly charge?: ChargingInformation;
  readonly volume?: bigint;
  readonly billingText?: string;
  readonly referenceCode?: string;
  readonly confirmationRefs?: readonly string[];
  readonly parameters?: readonly NameValuePair[];
  readonly reservationIdentifier?: string;
}

/** A price, and for a volume what it rates and how. */
export interface Rated extends Price {
  readonly measure?: Measure;
  readonly rate?: Rate;
  /** The tariff's own words, for getAmount. */
  readonly description?: string;
}

const NO_PRICE =
  'the amount is finer than a millionth, beyond the largest one, or not as the profile writes it';

const NO_REFS: readonly string[] = [];

export class Reading {
  #payer: Address | Refusal | undefined;
  #payers: readonly (Address | Refusal)[] | undefined;
  #charge: Charge | Refusal | undefined;
  #rated: Rated | Refusal | undefined;
  /** How an address was read, or would have been, where applications are not held to the letter. */
  #lenientAddress: string | undefined;

  constructor(
    readonly parts: Parts,
    readonly terms: Terms,
    readonly manner: Manner = STANDARD_MANNER,
    /** The currency of the reservation that the request names, where there is one. */
    readonly reservedIn?: string,
  ) {}

  get payer(): Address | Refusal {
    this.#payer ??= this.#address(this.parts.endUserIdentifier ?? '', 'endUserIdentifier');
    return this.#payer;
  }

  /** The payers of a split, in its order. */
  get payers(): readonly (Address | Refusal)[] {
    this.#payers ??= (this.parts.splitInfo ?? []).map(({ endUserIdentifier }) =>
      this.#address(endUserIdentifier, 'splitInfo'),
    );
    return this.#payers;
  }

  get charge(): Charge | Refusal {
    this.#charge ??= this.#readCharge();
    return this.#charge;
  }

  /** What the request costs: its charging information, or its volume at the tariff that applies. */
  get rated(): Rated | Refusal {
    this.#rated ??= this.parts.volume === undefined ? this.#price() : this.#rate(this.parts.volume);
    return this.#rated;
  }

  get texts(): Texts {
    const { charge, billingText } = this.parts;
    if (charge === undefined) return { ...(billingText && { bill: billingText }), notes: [] };
    const [bill, ...notes] = charge.description;
    return { ...(bill && { bill }), notes };
  }

  /** The code of the request, kept beside the amount that decides. */
  get code(): string | undefined {
    return present(this.parts.charge?.code);
  }

  /** Each once, in the order of the request. */
  get confirmationRefs(): readonly string[] {
    const { confirmationRefs } = this.parts;
    if (confirmationRefs === undefined || confirmationRefs.length === 0) return NO_REFS;
    return [...new Set(confirmationRefs)];
  }

  /** How the request was read leniently; known once its checks have run. */
  get deviations(): readonly string[] {
    const found = this.#lenientAddress === undefined ? [] : [this.#lenientAddress];
    return this.#aliasedCurrency ? [...found, 'currency.alias'] : found;
  }

  /** What each payer of a split pays; only after all checks have passed. */
  get shares(): readonly { readonly subscriber: string; readonly amount: bigint }[] {
    const { currency, amount } = accepted(this.rated);
    const percents = (this.parts.splitInfo ?? []).map(({ percent }) => percent);
    const step = billableStep(this.terms.currencies.exponent(currency));
    const amounts = splitByPercent(amount, percents, step);
    return this.payers.map((payer, index) => ({
      subscriber: accepted(payer).address,
      amount: amounts[index] ?? 0n,
    }));
  }

  /** An amount as this gateway writes it. */
  written(amount: Micros, currency: string): string {
    const exponent = this.terms.currencies.exponent(currency);
    return this.#countsMinorUnits
      ? formatMicros(amount * 10n ** BigInt(exponent), 0)
      : formatMicros(amount, exponent);
  }

  /** A spelling of the field that the configuration takes for a currency. */
  get #aliasedCurrency(): boolean {
    const currency = present(this.parts.charge?.currency);
    if (currency === undefined) return false;
    const code = this.terms.currencies.resolve(currency);
    return code !== undefined && code !== currency;
  }

  get #countsMinorUnits(): boolean {
    return this.manner.profile.amounts === 'minor units';
  }

  #address(text: string, part: string): Address | Refusal {
    const address = normaliseAddress(text, this.terms.countryCode);
    if (address === undefined) return invalidPart(part, 'the address names no single subscriber');
    this.#lenientAddress ??= address.deviation;
    if (address.deviation === undefined || !this.manner.strict) return address;
    return invalidPart(part, `the address has no scheme (${address.deviation})`);
  }

  #readCharge(): Charge | Refusal {
    const { charge } = this.parts;
    if (this.manner.strict && this.#aliasedCurrency) {
      return refuse('charging_information', 'the currency is no ISO 4217 code (currency.alias)');
    }
    const currency = present(charge?.currency);
    const code = present(charge?.code);
    const text = present(charge?.amount);
    if (text !== undefined && this.#hasTooManyDigits(text)) {
      return refuse('amount_digits', 'the amount has more digits than the profile allows');
    }
    const amount = text === undefined ? undefined : this.#amount(text);
    if (text !== undefined && amount === undefined) return refuse('charging_information', NO_PRICE);
    return {
      ...(amount !== undefined && { amount }),
      ...(this.#countsMinorUnits && { inMinorUnits: true as const }),
      ...(currency !== undefined && { currency }),
      ...(code !== undefined && { code }),
    };
  }

  #hasTooManyDigits(text: string): boolean {
    const { amountDigits } = this.manner.profile;
    return amountDigits !== undefined && /^\d+$/.test(text) && text.length > amountDigits;
  }

  /** Whole minor units only: so every one of them is exact in whatever currency is settled later. */
  #amount(text: string): Micros | undefined {
    const { amountDigits } = this.manner.profile;
    if (amountDigits !== undefined && !/^\d+$/.test(text)) return undefined;
    const amount = parseMicros(text);
    if (amount === undefined || !this.#countsMinorUnits) return amount;
    return amount % billableStep(0) === 0n ? amount : undefined;
  }

  #price(): Rated | Refusal {
    return this.charge instanceof Refusal ? this.charge : priceOf(this.charge, this.terms);
  }

  #rate(volume: bigint): Rated | Refusal {
    const { tariffs, defaultUnit } = this.terms;
    const parameters = ratingParameters(this.parts.parameters ?? []);
    const tariff = findTariff(tariffs, parameters, defaultUnit);
    if (tariff instanceof Refusal) return tariff;
    const amount = rated(tariff.rate, volume);
    if (amount > MONEY_LIMITS.amountMicros) {
      return invalidPart('volume', 'the volume costs more than the largest amount');
    }
    const { currency, rate, description } = tariff;
    return {
      currency,
      amount,
      measure: { volume, unit: unitName(tariff.unit) },
      rate,
      description,
    };
  }
}

/** The value of something that the checks have let pass. */
export function accepted<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw new Error(`used before it was checked: ${value.detail}`);
  return value;
}

/** Names compare without regard to case (clause 8.2.2 lists four); others rate nothing. */
function ratingParameters(parameters: readonly NameValuePair[]): RatingParameters {
  const byName = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), present(value)]));
  const unit = byName.get('unit');
  const contract = byName.get('contract');
  const service = byName.get('service');
  const operation = byName.get('operation');
  return {
    ...(unit !== undefined && { unit }),
    ...(contract !== undefined && { contract }),
    ...(service !== undefined && { service }),
    ...(operation !== undefined && { operation }),
  };
}

/** White space only is the same as nothing (clause 8.1.1.1: "missing or empty"). */
function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
