// Who is who in a prepared ledger: end users by what stands against charging them.
import type { Operation } from '../../src/wsdl/schema';
import { has } from '../support/operations';
import { PAYER, SPLIT_PAYERS } from '../support/samples';

/** What sets a payer, or the owner of a reservation, apart. */
export type PayerTrait = 'barred' | 'worn' | 'unknown' | 'malformed';

export const UNKNOWN = 'tel:+15550199';
export const USED_REFERENCE = 'used-before';

export const BARRED = 'tel:+15550161';
/** Barred only after its reservations were opened. */
export const BARRED_OWNER = 'tel:+15550162';
const MALFORMED = 'tel:*';
/** By the counter that has reached its bound: nothing more can be credited, debited or held. */
export const WORN = {
  credits: 'tel:+15550171',
  'credits, barred': 'tel:+15550172',
  debits: 'tel:+15550173',
  held: 'tel:+15550174',
} as const;

/** The end user whose request has these traits and no others; undefined when nobody is like that. */
export function payerWith(
  operation: Operation,
  traits: ReadonlySet<PayerTrait>,
): string | undefined {
  const kind = kindOf(operation);
  const onReservation = has(operation, 'reservationIdentifier');
  const worn =
    kind === 'refund' ? 'credits' : kind === 'reserve' || kind === 'enlarge' ? 'held' : 'debits';
  switch ([...traits].sort().join(' ')) {
    case '':
      return has(operation, 'splitInfo') ? SPLIT_PAYERS[0] : PAYER;
    case 'unknown':
      return UNKNOWN;
    case 'malformed':
      return MALFORMED;
    case 'barred':
      return onReservation ? BARRED_OWNER : BARRED;
    case 'worn':
      return WORN[worn];
    case 'barred worn':
      return kind === 'refund' ? WORN['credits, barred'] : undefined;
    default:
      return undefined;
  }
}

/** The kind of command that an operation stands for, by which src/ledger/matrix.ts has its rows. */
export function kindOf({ name }: Operation): string {
  if (name === 'getAmount') return 'quote';
  if (name === 'chargeReservation') return 'capture';
  if (name.startsWith('reserveAdditional')) return 'enlarge';
  return /^(?:charge|refund|reserve|release)/.exec(name)?.[0] ?? name;
}
