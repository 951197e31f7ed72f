// The messaging section as the terms that it stands for. Judges patterns and host names.
import { DEFAULT_MESSAGING, type DeliveryRule, type MessagingTerms } from '../messaging/delivery';
import { below, found, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type MessagingInput = NonNullable<ConfigurationInput['messaging']>;

export function readMessaging(input: MessagingInput, report: Report): MessagingTerms {
  const { deliveryDelaySeconds, outcomes = [], receipts } = input;
  const deliveryDelayMs =
    deliveryDelaySeconds === undefined
      ? DEFAULT_MESSAGING.deliveryDelayMs
      : milliseconds(deliveryDelaySeconds);
  const rules = outcomes.map((rule, index): DeliveryRule => {
    const address = rule.address.trim();
    if (!CAN_FIT.test(address)) {
      const expected = 'expected an address with its scheme, such as "tel:+155501*"';
      report(['outcomes', index, 'address'], `found ${found(address)}, ${expected}`);
    }
    const { outcome, delaySeconds } = rule;
    const afterMs = delaySeconds === undefined ? deliveryDelayMs : milliseconds(delaySeconds);
    return { address, outcome, afterMs };
  });
  const atHosts = below(report, 'receipts', 'allowedHosts');
  const hosts = (receipts?.allowedHosts ?? []).map((name, index) => {
    const host = name.trim().toLowerCase();
    if (HOST.test(host)) return host;
    atHosts([index], `found ${found(name)}, expected a host name without scheme, port or path`);
    return host;
  });
  return { rules, deliveryDelayMs, receiptHosts: new Set(hosts) };
}

/** A normalised address has a scheme in lower case, so a pattern without one would never fit. */
const CAN_FIT = /^(?:\*|[a-z][a-z0-9+.-]*:)/;

/** As URLs have it: an IPv6 address stands in brackets. */
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000);
}
