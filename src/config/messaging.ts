// The messaging section as the terms that it stands for. Judges addresses, patterns and host names.
import { DEFAULT_MESSAGING, type DeliveryRule, type MessagingTerms } from '../messaging/delivery';
import { normaliseAddress } from '../payment/address';
import { below, found, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type MessagingInput = NonNullable<ConfigurationInput['messaging']>;
type OutcomesInput = NonNullable<MessagingInput['outcomes']>;

export function readMessaging(
  input: MessagingInput,
  countryCode: string | undefined,
  report: Report,
): MessagingTerms {
  const { deliveryDelaySeconds, outcomes = [], receipts } = input;
  const deliveryDelayMs =
    deliveryDelaySeconds === undefined
      ? DEFAULT_MESSAGING.deliveryDelayMs
      : milliseconds(deliveryDelaySeconds);
  const rules = readDeliveryRules(outcomes, countryCode, below(report, 'outcomes'));
  const atHosts = below(report, 'receipts', 'allowedHosts');
  const hosts = (receipts?.allowedHosts ?? []).map((name, index) => {
    const host = name.trim().toLowerCase();
    if (HOST.test(host)) return host;
    atHosts([index], `found ${found(name)}, expected a host name without scheme, port or path`);
    return host;
  });
  return { rules, deliveryDelayMs, receiptHosts: new Set(hosts) };
}

/** Reports addresses that name no subscriber, and patterns that can fit none. */
export function readDeliveryRules(
  input: OutcomesInput,
  countryCode: string | undefined,
  report: Report,
): readonly DeliveryRule[] {
  return input.map(({ address: written, outcome, delaySeconds }, index) => {
    const text = written.trim();
    const address = text.includes('*')
      ? patternIn(text)
      : normaliseAddress(text, countryCode)?.address;
    if (address === undefined) {
      const expected = text.includes('*')
        ? 'expected a pattern with its scheme, such as "tel:+155501*"'
        : 'expected an address of one subscriber such as "tel:+15550100"';
      report([index, 'address'], `found ${found(text)}, ${expected}`);
    }
    const afterMs = delaySeconds === undefined ? undefined : milliseconds(delaySeconds);
    return { address: address ?? text, outcome, ...(afterMs !== undefined && { afterMs }) };
  });
}

/** A normalised address has a scheme in lower case, so a pattern without one would never fit. */
function patternIn(text: string): string | undefined {
  return CAN_FIT.test(text) ? text : undefined;
}

const CAN_FIT = /^(?:\*|[a-z][a-z0-9+.-]*:)/;

/** As URLs have it: an IPv6 address stands in brackets. */
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000);
}
