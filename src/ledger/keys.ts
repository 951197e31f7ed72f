// Which part of the ledger a command can touch: what a store must load before the command is decided.
import type { Command, Reference, ViewKeys } from './model';
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
      };
    case 'refund':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        reference: referenceKey(command.application, command.reference),
      };
    case 'quote':
      return { subscribers: [command.subscriber] };
    case 'reserve':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        ...monthKey(command.application, now, terms),
      };
    case 'capture':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        reference: referenceKey(command.application, command.reference),
        ...monthKey(command.application, now, terms),
      };
    case 'enlarge':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        ...monthKey(command.application, now, terms),
      };
    case 'release':
    case 'expire':
      return { subscribers: [], reservationIdentifier: command.reservationIdentifier };
    case 'provision':
      return { subscribers: [command.subscriber], ...currencyKey(command.currency) };
  }
}

function referenceKey(application: string, { space, code }: Reference) {
  return { application, space, code };
}

function monthKey(application: string, now: Instant, terms: Terms): Pick<ViewKeys, 'chargedSince'> {
  if (terms.maximumAmountPerMonth.size === 0) return {};
  return { chargedSince: { application, since: startOfMonth(now) } };
}

function currencyKey(currency: string | undefined): Pick<ViewKeys, 'currency'> {
  return currency === undefined ? {} : { currency };
}
