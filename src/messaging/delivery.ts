// What becomes of a message, by the address it goes to. Decides outcome and delay; what happened is the ledger's to know.
import { DELIVERY_OUTCOMES, type DeliveryOutcome } from '../ledger/evidence';

/** Recipients whose address fits get this outcome, so long after the message was sent. */
export interface DeliveryRule {
  /** A normalised address such as `tel:+15550100`; a `*` stands for any characters, also none. */
  readonly address: string;
  readonly outcome: DeliveryOutcome;
  /** As deliveryDelayMs when absent. */
  readonly afterMs?: number;
}

/** How messages are delivered and told of. */
export interface MessagingTerms {
  /** The first rule that fits decides; where none does, the message is delivered `deliveryDelayMs` after it was sent. */
  readonly rules: readonly DeliveryRule[];
  readonly deliveryDelayMs: number;
  /** Hosts, in lower case, that receipts may be sent to besides this machine's own. */
  readonly receiptHosts: ReadonlySet<string>;
}

export const DEFAULT_MESSAGING: MessagingTerms = {
  rules: [],
  deliveryDelayMs: 1_000,
  receiptHosts: new Set(),
};

/** Of a file that may have been written by hand. */
export function isDeliveryRule(value: unknown): value is DeliveryRule {
  const { address, outcome, afterMs = 0 } = Object(value) as Readonly<Record<string, unknown>>;
  const isDelay = typeof afterMs === 'number' && Number.isSafeInteger(afterMs) && afterMs >= 0;
  return (
    typeof address === 'string' && isDelay && DELIVERY_OUTCOMES.some((each) => each === outcome)
  );
}

export function deliveryTo(
  address: string,
  { rules, deliveryDelayMs }: Pick<MessagingTerms, 'rules' | 'deliveryDelayMs'>,
): Required<Pick<DeliveryRule, 'outcome' | 'afterMs'>> {
  const rule = rules.find((each) => fits(address, each.address));
  if (rule === undefined) return { outcome: 'delivered', afterMs: deliveryDelayMs };
  return { outcome: rule.outcome, afterMs: rule.afterMs ?? deliveryDelayMs };
}

/** Each part between stars at its first place after those before it, so that no pattern costs more than its length. */
function fits(address: string, pattern: string): boolean {
  const [head = '', ...others] = pattern.split('*');
  const tail = others.pop();
  if (tail === undefined) return address === pattern;
  if (!address.startsWith(head)) return false;

  let at = head.length;
  for (const part of others) {
    const found = address.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return address.length - tail.length >= at && address.endsWith(tail);
}
