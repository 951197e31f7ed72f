// What the business notes on an exchange, with what would have been right or is worth knowing. Those of the wire carry
// their rule with them.
import type { Finding } from '../../ledger/decision';
import type { Deviation } from '../../soap/deviation';

/** What was put up with on an exchange, or is worth a note. */
export interface Noted extends Omit<Deviation, 'name'> {
  readonly name: string;
}

type NoteName = Finding | 'address.scheme' | 'currency.alias';

const RULES: Readonly<Record<NoteName, Omit<Noted, 'name'>>> = {
  'address.scheme': {
    where: 'endUserIdentifier',
    clause: 'RFC 3966 §3',
    rule: 'An address begins with its scheme, as in tel:+15550100 (TS 29.199-1).',
  },
  'currency.alias': {
    where: 'charge/currency',
    clause: 'TS 29.199-6 10',
    rule: 'A currency is its ISO 4217 code.',
  },
  'reference.duplicate': {
    where: 'referenceCode',
    clause: 'TS 29.199-6 8.1.1.1',
    rule: 'A reference code identifies one request.',
  },
  'description.resolved': {
    where: 'charge/description',
    clause: 'TS 29.199-6 8.1.1.1',
    rule: 'A further description names evidence.',
  },
};

/** A note of the business by its name; an address is where the message names its subscribers. */
export function noted(name: string, message: object): Noted {
  const note = { name, ...RULES[name as NoteName] };
  if (name !== 'address.scheme') return note;
  const part = ADDRESS_PARTS.find((each) => each in message);
  return part === undefined ? note : { ...note, where: part };
}

const ADDRESS_PARTS = ['splitInfo', 'endUserIdentifier', 'addresses'];
