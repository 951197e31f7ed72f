// One wrong for every row of the published order of checks: what to change in a valid request, its terms or its payer.
import type { ServicePolicy, Terms } from '../../src/ledger/terms';
import { PART_LIMITS } from '../../src/limits';
import type { Operation } from '../../src/wsdl/schema';
import type { Fault } from '../support/answers';
import { has } from '../support/operations';
import { type PartValue, partsOf } from '../support/requests';
import { testTerms } from '../support/terms';
import { kindOf, type PayerTrait, UNKNOWN, USED_REFERENCE } from './payers';

export interface Wrong {
  readonly fault: Fault;
  /** By path; undefined leaves the part out. `splitInfo/2` adds a third. */
  readonly parts?: Readonly<Record<string, PartValue | undefined>>;
  readonly terms?: Partial<Terms>;
  readonly policy?: Partial<ServicePolicy>;
  readonly payer?: PayerTrait;
  readonly application?: string;
  /** Whether a quantity is above or below zero, where only one of them can be wrong so. */
  readonly sign?: '+' | '-';
}

/** The wrong that a row objects to; undefined where the operation cannot be wrong so. Throws for an unknown row. */
export function wrongOf(row: string, operation: Operation): Wrong | undefined {
  const make = WRONGS[row];
  if (make === undefined) throw new Error(`no wrong for the row "${row}": add one to wrongs.ts`);
  return make(operation);
}

/** The row before all others: a message that is not of its schema. */
export const SHAPE = 'shape';

const LONG_TEXT = 'x'.repeat(PART_LIMITS.descriptionCharacters + 1);
const LOW = new Map([['EUR', 1n]]);
const JUDGED = testTerms().confirmation;

const WRONGS: Readonly<Record<string, (operation: Operation) => Wrong | undefined>> = {
  [SHAPE]: (operation) => {
    const mandatory = partsOf(operation).filter(({ minOccurs }) => minOccurs > 0);
    const part = has(operation, 'reservationIdentifier') ? mandatory[0] : mandatory.at(-1);
    const name = part?.name ?? '';
    return { fault: ['SVC0002', name], parts: { [name]: undefined } };
  },

  'endUserIdentifier is an address': () => ({
    fault: ['SVC0002', 'endUserIdentifier'],
    payer: 'malformed',
  }),
  'splitInfo names distinct payers': () => ({
    fault: ['SVC0002', 'splitInfo'],
    parts: { 'splitInfo/2': { endUserIdentifier: 'tel:+15550103', percent: '0' } },
  }),
  'charge within bounds': () => ({
    fault: ['SVC0002', 'charge'],
    parts: { 'charge/code': 'x'.repeat(PART_LIMITS.codeCharacters + 1) },
  }),
  'volume above zero': () => ({ fault: ['SVC0002', 'volume'], parts: { volume: '0' } }),
  'billingText within bounds': () => ({
    fault: ['SVC0002', 'billingText'],
    parts: { billingText: LONG_TEXT },
  }),
  // Only in the dialect of a gateway, and in a version that is not the one of this table: see profiles.test.ts.
  'billingText of the profile': () => undefined,
  'referenceCode within bounds': () => ({
    fault: ['SVC0002', 'referenceCode'],
    parts: { referenceCode: 'x'.repeat(PART_LIMITS.referenceCodeCharacters + 1) },
  }),
  'confirmationRefs within bounds': () => ({
    fault: ['SVC0002', 'confirmationRefs'],
    parts: { 'confirmationRefs/0': 'x'.repeat(PART_LIMITS.confirmationRefCharacters + 1) },
  }),
  'parameters distinct': () => ({
    fault: ['SVC0002', 'parameters'],
    parts: { 'parameters/2': { name: 'UNIT', value: 'messages' } },
  }),
  SplitChargingAvailable: () => ({ fault: ['POL0251'], policy: { SplitChargingAvailable: false } }),
  MaximumEndUserIdentifier: () => ({
    fault: ['POL0250', 'splitInfo'],
    policy: { MaximumEndUserIdentifier: 1 },
  }),
  MaximumDescriptions: () => ({ fault: ['POL0012', 'charge'], policy: { MaximumDescriptions: 1 } }),
  MaximumConfirmationRefs: () => ({
    fault: ['POL0252', 'confirmationRefs'],
    policy: { MaximumConfirmationRefs: 1 },
  }),
  'percentages sum to 100': () => ({ fault: ['SVC0271'], parts: { 'splitInfo/1/percent': '39' } }),
  'charging information': () => ({ fault: ['SVC0007'], parts: { 'charge/currency': 'ZZZ' } }),
  'charging information, signed': () => ({
    fault: ['SVC0007'],
    parts: { 'charge/amount': '1000000000.01' },
  }),
  'charging information, partial': () => ({ fault: ['SVC0007'], parts: { 'charge/amount': '0' } }),
  'a tariff rates the volume': () => ({
    fault: ['SVC0001', 'NO_TARIFF'],
    parts: { 'parameters/0/value': 'furlongs' },
  }),

  'reference code unused': () => ({
    fault: ['SVC0002', 'referenceCode'],
    parts: { referenceCode: USED_REFERENCE },
    terms: { duplicateReferences: 'reject' },
  }),
  'reservation open': () => ({
    fault: ['SVC0002', 'reservationIdentifier'],
    application: 'another',
  }),
  /** A volume reservation has its price already. */
  'priced in its currency': (operation) =>
    has(operation, 'charge')
      ? { fault: ['SVC0007'], parts: { 'charge/currency': 'USD' } }
      : undefined,
  maximumAmountPerTransaction: () => ({
    fault: ['POL0001', 'AMOUNT_LIMIT'],
    terms: { maximumAmountPerTransaction: LOW },
    sign: '+',
  }),
  maximumAmountPerMonth: () => ({
    fault: ['POL0001', 'MONTHLY_LIMIT'],
    terms: { maximumAmountPerMonth: LOW },
    sign: '+',
  }),
  'subscriber known': (operation) => ({
    terms: { unknownAccounts: 'refuse' },
    ...(has(operation, 'splitInfo')
      ? { fault: ['SVC0002', 'splitInfo'], parts: { 'splitInfo/1/endUserIdentifier': UNKNOWN } }
      : { fault: ['SVC0002', 'endUserIdentifier'], payer: 'unknown' }),
  }),
  'account active': (operation) => {
    const isCharge = ['charge', 'capture'].includes(kindOf(operation));
    return { fault: isCharge ? ['SVC0270'] : ['POL0001', 'ACCOUNT_BARRED'], payer: 'barred' };
  },
  'confirmationRefs hold': (operation) =>
    has(operation, 'confirmationRefs')
      ? { fault: ['POL0253', 'mt-7f3a, mt-7f3b'], terms: { confirmation: JUDGED } }
      : undefined,
  'within the charge it undoes': () => ({ fault: ['SVC0270'], terms: { refunds: 'linked' } }),
  'within the reservation': (operation) => {
    const sign = kindOf(operation) === 'enlarge' ? '-' : '+';
    const quantity = sign === '-' ? '-1000' : '1000';
    if (has(operation, 'charge')) {
      return {
        fault: [sign === '-' ? 'SVC0007' : 'SVC0270'],
        parts: { 'charge/amount': quantity },
        sign,
      };
    }
    return {
      fault: sign === '-' ? ['SVC0002', 'volume'] : ['SVC0270'],
      parts: { volume: quantity },
      sign,
    };
  },
  funds: (operation) => ({
    fault: kindOf(operation) === 'charge' ? ['SVC0270'] : ['SVC0001', 'INSUFFICIENT_FUNDS'],
    parts: has(operation, 'charge') ? { 'charge/amount': '5000' } : { volume: '50000' },
    sign: '+',
  }),
  'longest reservation': () => ({
    fault: ['POL0001', 'DURATION_LIMIT'],
    policy: { ReservationDuration: { metric: 'Year', units: 11 } },
  }),
  'largest balance': (operation) => {
    const isHold = ['reserve', 'enlarge'].includes(kindOf(operation));
    return {
      fault: isHold ? ['SVC0001', 'INSUFFICIENT_FUNDS'] : ['SVC0270'],
      payer: 'worn',
      sign: '+',
    };
  },
};
