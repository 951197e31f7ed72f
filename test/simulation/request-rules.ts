// What the model can say of a request without looking at any account: steps 1 to 4 of the published order.
import { addressOf, priceOf, type Rate, sharesOf, stepOf, toMicros } from './arithmetic';
import { deny, Refused } from './faults';
import { type Charge, PARTS, type Request, type Tariff, type Terms } from './vocabulary';

export const LARGEST_AMOUNT = 10n ** 15n;

/** What a request asks for, before any reservation is looked up. */
export interface Money {
  readonly currency: string;
  readonly amount: bigint;
  /** Only when a volume was rated. */
  readonly rate?: Rate;
  readonly description?: string;
}

/** Step 1: each part in the order of the operation. */
export function checkValues(operation: string, request: Request): void {
  for (const part of PARTS[operation] ?? [])
    deny(!isValid(part, operation, request), 'SVC0002', part);
}

function isValid(part: keyof Request, operation: string, request: Request): boolean {
  const { charge, splitInfo = [], parameters = [] } = request;
  switch (part) {
    case 'endUserIdentifier':
      return addressOf(request.endUserIdentifier ?? '') !== undefined;
    case 'splitInfo': {
      const addresses = splitInfo.map(({ endUserIdentifier }) => addressOf(endUserIdentifier));
      const different = new Set(addresses).size === addresses.length;
      return different && !addresses.includes(undefined) && splitInfo.every((s) => s.percent > 0);
    }
    case 'charge': {
      const texts = charge?.description ?? [];
      return (charge?.code ?? '').length <= 128 && texts.every((text) => text.length <= 1024);
    }
    case 'volume':
      return operation.endsWith('reserveAdditionalVolume') || (request.volume ?? 0n) > 0n;
    case 'billingText':
      return (request.billingText ?? '').length <= 1024;
    case 'referenceCode':
      return request.referenceCode !== '' && (request.referenceCode ?? '').length <= 256;
    case 'confirmationRefs':
      return (request.confirmationRefs ?? []).every((name) => name.length <= 128);
    case 'parameters': {
      const names = parameters.map(({ name }) => name.toLowerCase());
      return names.length <= 16 && new Set(names).size === names.length;
    }
    case 'reservationIdentifier':
      return true; // any text: either a reservation has it, or step 6 refuses
  }
}

/** Steps 2 and 3: service policies (clause 10), then the sum of the percentages (clause 7.2). */
export function checkPolicy(request: Request, terms: Terms): void {
  const { splitInfo, charge, confirmationRefs } = request;
  deny(splitInfo !== undefined && !terms.splits, 'POL0251');
  deny((splitInfo?.length ?? 0) > terms.maximumPayers, 'POL0250', 'splitInfo');
  deny((charge?.description.length ?? 0) > terms.maximumDescriptions, 'POL0012', 'charge');
  const references = confirmationRefs?.length ?? 0;
  deny(references > terms.maximumConfirmationRefs, 'POL0252', 'confirmationRefs');
  if (splitInfo) deny(splitInfo.reduce((sum, { percent }) => sum + percent, 0) !== 100, 'SVC0271');
}

/** Step 4. Of a reservation the currency may be unsaid here: `amountWithin` settles it once it is found. */
export function moneyAsked(name: string, request: Request, terms: Terms): Money {
  const { charge, volume, reservationIdentifier } = request;
  if (charge) {
    const named = currencyNamed(charge, terms);
    const money = chargeAsked(charge, named, terms);
    const direct = reservationIdentifier === undefined;
    const currency = direct ? (money.currency ?? terms.currency) : (named ?? '');
    const sign = name === 'reserveAdditionalAmount' ? 'signed' : 'positive';
    return { currency, amount: checkedAmount(money.amount, currency, terms, sign) };
  }
  if (volume === undefined || reservationIdentifier !== undefined)
    return { currency: '', amount: 0n };

  const tariff = tariffFor(request, terms);
  if (tariff === undefined) throw new Refused('SVC0001', 'NO_TARIFF');
  const { currency, rate, description } = tariff;
  const amount = priceOf(rate, volume, stepIn(terms, currency));
  deny(amount > LARGEST_AMOUNT, 'SVC0002', 'volume');
  return { currency, amount, rate, description };
}

/** Step 6, clauses 8.3.2 and 8.3.3: the currency is the reservation's. */
export function amountWithin(
  currency: string,
  { charge }: Request,
  terms: Terms,
  sign: 'signed' | 'positive',
): bigint {
  if (charge === undefined) throw new Error('an amount operation without its charge');
  deny((currencyNamed(charge, terms) ?? currency) !== currency, 'SVC0007');
  return checkedAmount(chargeAsked(charge, currency, terms).amount, currency, terms, sign);
}

export function payersOf(
  request: Request,
  amount: bigint,
  step: bigint,
): { subscriber: string; share: bigint }[] {
  const { splitInfo } = request;
  if (splitInfo === undefined) return [{ subscriber: subscriberOf(request), share: amount }];

  const percents = splitInfo.map(({ percent }) => percent);
  return sharesOf(amount, percents, step).map((share, index) => ({
    subscriber: addressOf(splitInfo[index]?.endUserIdentifier ?? '') ?? '',
    share,
  }));
}

export function subscriberOf({ endUserIdentifier = '' }: Request): string {
  return addressOf(endUserIdentifier) ?? '';
}

export function stepIn(terms: Terms, currency: string): bigint {
  return stepOf(terms.digits.get(currency) ?? 0);
}

/** Equal for an identical request: same operation, same values, however an address, a number or a currency is spelt. */
export function fingerprintOf(operation: string, request: Request, currency: string): string {
  const { charge } = request;
  const said = charge === undefined ? request : { ...request, charge: { ...charge, currency } };
  return JSON.stringify([operation, said], (name, value) => {
    if (name === 'endUserIdentifier') return addressOf(value);
    if (name === 'reservationIdentifier') return withoutZeros(value);
    if (name === 'amount') return String(toMicros(value));
    if (name === 'confirmationRefs') return [...new Set(value)];
    return typeof value === 'bigint' ? String(value) : value;
  });
}

/** Some gateways write identifiers with zeros in front. */
export function withoutZeros(identifier: string): string {
  return identifier.replace(/^0+/, '');
}

function currencyNamed(charge: Charge, terms: Terms): string | undefined {
  const text = charge.currency?.trim() ?? '';
  if (text === '') return undefined;
  const currency = terms.aliases.get(text) ?? text;
  deny(!isAllowed(currency, terms), 'SVC0007');
  return currency;
}

/** The amount, or the price of the code, whichever the terms put first. An unsaid currency is the price's own. */
function chargeAsked(
  { amount, ...charge }: Charge,
  currency: string | undefined,
  terms: Terms,
): { currency: string | undefined; amount: bigint | undefined } {
  const code = charge.code?.trim() ?? '';
  const prices = terms.prices.filter((price) => price.code === code);
  const price = prices.find((entry) => entry.currency === (currency ?? terms.currency));
  const byCode = price ?? (currency === undefined ? prices[0] : undefined);
  const byAmount = amount === undefined ? undefined : { currency, amount: amountRead(amount) };
  const asked = terms.codeWins ? (byCode ?? byAmount) : (byAmount ?? byCode);
  return asked ?? { currency, amount: undefined };
}

/** An amount that no ledger could hold is wrong even where a code decides. */
function amountRead(text: string): bigint {
  const amount = toMicros(text);
  if (amount === undefined) throw new Refused('SVC0007');
  deny(amount > LARGEST_AMOUNT || amount < -LARGEST_AMOUNT, 'SVC0007');
  return amount;
}

/** Exact in its currency, when that is known yet, and above zero; or refused (clause 8.1.1.1). */
function checkedAmount(
  amount: bigint | undefined,
  currency: string,
  terms: Terms,
  sign: 'signed' | 'positive',
): bigint {
  if (amount === undefined) throw new Refused('SVC0007');
  deny(currency !== '' && !isAllowed(currency, terms), 'SVC0007');
  deny(currency !== '' && amount % stepIn(terms, currency) !== 0n, 'SVC0007');
  deny(amount <= 0n && sign === 'positive', 'SVC0007');
  return amount;
}

function isAllowed(currency: string, { digits, allowed }: Terms): boolean {
  return digits.has(currency) && (allowed === undefined || allowed.includes(currency));
}

/** A tariff applies when all that it names is asked for; contract says more than service, service than operation. */
function tariffFor({ parameters = [] }: Request, terms: Terms): Tariff | undefined {
  const asked = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value]));
  const unit = asked.get('unit') ?? terms.defaultUnit;
  const applies = ({ contract, service, operation, ...tariff }: Tariff) =>
    tariff.unit === unit &&
    (contract === undefined || contract === asked.get('contract')) &&
    (service === undefined || service === asked.get('service')) &&
    (operation === undefined || operation === asked.get('operation'));
  const weight = (tariff: Tariff) =>
    (tariff.contract ? 4 : 0) + (tariff.service ? 2 : 0) + (tariff.operation ? 1 : 0);

  return terms.tariffs.filter(applies).sort((a, b) => weight(b) - weight(a))[0];
}
