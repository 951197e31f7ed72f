// Subscribers as requests of the admin API name them.
import { normaliseAddress } from '../payment/address';
import type { Sandbox } from '../sandbox/sandbox';
import { Problem } from './problem';

/** The normal form, as the ledger knows it; undefined for none. Throws Problem for what names no subscriber. */
export function addressOf({ terms }: Sandbox, text: string): string;
export function addressOf({ terms }: Sandbox, text: string | undefined): string | undefined;
export function addressOf({ terms }: Sandbox, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const address = normaliseAddress(text.trim(), terms.terms('').countryCode)?.address;
  if (address !== undefined) return address;
  throw new Problem(400, `"${text.slice(0, 128)}" is no address of one subscriber.`, {
    hint: 'Addresses look like tel:+15550100.',
  });
}
