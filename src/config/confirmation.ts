// What a configuration says of evidence: the terms on which it proves a charge, and what is registered at start.

import type { IssueCommand } from '../ledger/commands';
import { isReserved } from '../ledger/evidence';
import type { ConfirmationTerms } from '../ledger/terms';
import { normaliseAddress } from '../payment/address';
import { below, found, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type ConfirmationInput = NonNullable<ConfigurationInput['confirmation']>;
type EvidenceInput = NonNullable<ConfigurationInput['evidence']>[number];

/** Evidence counts when the message has reached its terminal, and a charge that names it is judged. */
export const DEFAULT_CONFIRMATION: ConfirmationTerms = {
  mode: 'when-present',
  accepts: new Set(['DeliveredToTerminal'] as const),
  windowMs: undefined,
};

/** What `input` says, and `base` for what it does not mention. */
export function readConfirmation(
  { mode, accepts, windowSeconds }: ConfirmationInput,
  base: ConfirmationTerms,
): ConfirmationTerms {
  return {
    mode: mode ?? base.mode,
    accepts: accepts === undefined ? base.accepts : new Set(accepts),
    windowMs: windowSeconds === undefined ? base.windowMs : windowSeconds * 1_000,
  };
}

/**
 * Reports references that ledgers make, addresses that name no subscriber, what comes twice, and of a seed what is in the
 * configuration otherwise.
 */
export function readEvidence(
  input: readonly EvidenceInput[],
  countryCode: string | undefined,
  configured: readonly IssueCommand[],
  report: Report,
): readonly IssueCommand[] {
  const seen = new Map<string, number>();
  const before = new Map(configured.map((command) => [command.reference, meaningOf(command)]));
  return input.map((entry, index) => {
    const { reference, application, service = 'registered', outcome = 'delivered' } = entry;
    const at = below(report, index);
    const first = seen.get(reference);
    if (first !== undefined) at(['reference'], `is there already, as entry ${first}`);
    seen.set(reference, first ?? index);
    if (isReserved(reference)) {
      const expected =
        'a name that is not SMS, MMS or SVC with fifteen digits, as ledgers make them';
      at(['reference'], `found ${found(reference)}, expected ${expected}`);
    }
    const subscribers = readAddresses(entry.subscribers, countryCode, below(at, 'subscribers'));
    const recipients = subscribers.map((subscriber) => ({ subscriber, outcome, afterMs: 0 }));
    const command: IssueCommand = { kind: 'issue', application, service, reference, recipients };
    const meaning = before.get(reference);
    if (meaning !== undefined && meaning !== meaningOf(command)) {
      const others = 'another application, service or subscribers';
      at(['reference'], `${found(reference)} is in the configuration already, with ${others}`);
    }
    return command;
  });
}

/** Equal for evidence that a ledger takes to be the same. */
function meaningOf({ application, service, recipients }: IssueCommand): string {
  const subscribers = recipients.map(({ subscriber }) => subscriber).sort();
  return JSON.stringify([application, service, subscribers]);
}

function readAddresses(
  input: readonly string[],
  countryCode: string | undefined,
  report: Report,
): readonly string[] {
  const seen = new Set<string>();
  input.forEach((text, index) => {
    const subscriber = normaliseAddress(text.trim(), countryCode)?.address;
    if (subscriber === undefined) {
      const expected = 'an address of one subscriber such as "tel:+15550100"';
      report([index], `found ${found(text)}, expected ${expected}`);
    } else if (seen.has(subscriber)) {
      report([index], `${subscriber} is there already`);
    } else seen.add(subscriber);
  });
  return [...seen];
}
