// The form of an operation's handler: a request that has passed its checks becomes a command, effects an answer.
import type { Command } from '../ledger/commands';
import type { Effects } from '../ledger/decision';
import type { Reference, ReferenceSpace } from '../ledger/model';
import type { Terms } from '../ledger/terms';
import type { OperationKey, Operations } from '../wsdl/operations.generated';
import { fingerprintOf } from './fingerprint';
import type { Reading } from './reading';

export interface Context {
  readonly key: OperationKey;
  readonly application: string;
  readonly terms: Terms;
}

export interface Handler<K extends OperationKey> {
  command(request: Operations[K]['request'], reading: Reading, context: Context): Command;
  response(effects: Effects, reading: Reading): Operations[K]['response'];
}

export type Handlers<Interface extends string> = {
  readonly [K in OperationKey as K extends `${Interface}.${string}` ? K : never]: Handler<K>;
};

/** The answer of every operation that only acknowledges. */
export const acknowledge = (): Readonly<Record<string, never>> => ({});

/** The answer that gives a new reservation's identifier (clauses 8.3.1.2, 8.4.2.2). */
export function opened(
  { reservationIdentifier }: Effects,
  { manner }: Reading,
): { readonly result: string } {
  if (reservationIdentifier === undefined) throw new Error('a reservation without an identifier');
  const digits = manner.profile.reservationIdentifierDigits ?? 0;
  return { result: reservationIdentifier.padStart(digits, '0') };
}

export function referenceOf(
  space: ReferenceSpace,
  { referenceCode }: { readonly referenceCode: string },
  reading: Reading,
  { key }: Context,
): Reference {
  return { space, code: referenceCode, fingerprint: fingerprintOf(key, reading) };
}
