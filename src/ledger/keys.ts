// Which part of the ledger a command can touch: what a store must load before the command is decided.
import type { Command, Texts } from './commands';
import type { ViewKeys } from './decision';
import type { Reference } from './model';
import type { Terms } from './terms';
import { type Instant, startOfMonth } from './time';

/** What a store loads for a command. A reservation brings the account of its subscriber along. */
export function keysOf(command: Command, now: Instant, terms: Terms): ViewKeys {
  switch (command.kind) {
    case 'charge':
      return {
        subscribers: command.payers.map(({ subscriber }) => subscriber),
        currency: command.currency,
        reference: referenceKey(command.application, command.reference),
        ...monthKey(command.application, now, terms),
        ...evidenceKey(command.texts, command.confirmationRefs),
      };
    case 'refund':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        reference: referenceKey(command.application, command.reference),
        ...evidenceKey(command.texts, command.confirmationRefs),
        charges: {
          application: command.application,
          subscriber: command.subscriber,
          currency: command.currency,
        },
      };
    case 'quote':
      return { subscribers: [command.subscriber] };
    case 'reserve':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        ...monthKey(command.application, now, terms),
        ...evidenceKey(command.texts),
      };
    case 'capture':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        reference: referenceKey(command.application, command.reference),
        ...monthKey(command.application, now, terms),
        ...evidenceKey(command.texts),
      };
    case 'enlarge':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        ...monthKey(command.application, now, terms),
        ...evidenceKey(command.texts),
      };
    case 'release':
    case 'expire':
      return { subscribers: [], reservationIdentifier: command.reservationIdentifier };
    case 'adjust':
      return { subscribers: [command.subscriber], currency: command.currency };
    case 'provision':
      return { subscribers: [command.subscriber], ...currencyKey(command.currency) };
    case 'issue':
      return {
        subscribers: [],
        evidence: command.reference === undefined ? [] : [command.reference],
      };
    case 'deliver':
    case 'receiptSent':
      return { subscribers: [], evidence: [command.reference] };
  }
}

function referenceKey(application: string, { space, code }: Reference) {
  return { application, space, code };
}

const NO_REFS: readonly string[] = [];
const NO_EVIDENCE = {};

/** Further description entries can name evidence too (clause 8.1.1.1). Most requests have neither. */
function evidenceKey(
  { notes }: Texts,
  confirmationRefs: readonly string[] = NO_REFS,
): Pick<ViewKeys, 'evidence'> {
  if (notes.length === 0 && confirmationRefs.length === 0) return NO_EVIDENCE;
  return { evidence: [...confirmationRefs, ...notes] };
}

function monthKey(application: string, now: Instant, terms: Terms): Pick<ViewKeys, 'chargedSince'> {
  if (terms.maximumAmountPerMonth.size === 0) return {};
  return { chargedSince: { application, since: startOfMonth(now) } };
}

function currencyKey(currency: string | undefined): Pick<ViewKeys, 'currency'> {
  return currency === undefined ? {} : { currency };
}
