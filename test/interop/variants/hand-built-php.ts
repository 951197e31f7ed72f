// Requests of PHP programs that build their envelopes from strings and send them with curl.
import { gatewayFault, headerFault, malformed } from './expected-faults';
import { requestHeader, SP_DIGEST, SP_ID, TIME_STAMP } from './headers';
import { AMOUNT, charge, local, pathOf, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message, pretty } from './writing';

const NUMBER = '2348000000101';
const NS = local(AMOUNT, 'v2_1');
const FIVE_THOUSAND = { currency: 'NGN', amount: '5000', code: 'ABC005' };

const SERVICE_ID_LAST: readonly Field[] = [
  ['spId', SP_ID],
  ['spPassword', SP_DIGEST],
  ['timeStamp', TIME_STAMP],
  ['OA', NUMBER],
  ['FA', NUMBER],
  ['serviceId', '900000000000001'],
];

const UPPER_DIGEST: readonly Field[] = [
  ['spId', SP_ID],
  ['spPassword', SP_DIGEST.toUpperCase()],
  ['serviceId', ''],
  ['timeStamp', TIME_STAMP],
  ['OA', NUMBER],
  ['FA', NUMBER],
  ['token', ''],
];

const EMPTY_STAMP: readonly Field[] = [
  ['spId', SP_ID],
  ['spPassword', ''],
  ['serviceId', '900000000000001'],
  ['timeStamp', ''],
  ['OA', NUMBER],
  ['FA', NUMBER],
  ['token', ''],
  ['namedParameters', '<item><key>channel</key><value>3</value></item>'],
];

const WRONG_TYPE: HttpMessage['headers'] = [
  ['Content-Type', 'application/soap+xml; charset="utf-8"'],
  ['Accept', 'text/xml'],
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['SOAPAction', '""'],
];
const TEXT_XML: HttpMessage['headers'] = [
  ['Content-Type', 'text/xml;charset="utf-8"'],
  ['SOAPAction', ''],
];

interface Written {
  readonly operation?: string;
  readonly fields?: readonly Field[];
  readonly prefix?: string;
  readonly charged?: Parameters<typeof charge>[0];
  readonly number?: string;
  readonly change?: (text: string) => string;
  readonly headers?: HttpMessage['headers'];
  readonly path?: string;
}

function sent(written: Written): () => HttpMessage {
  const { operation = 'chargeAmount', fields = SERVICE_ID_LAST, prefix = 'loc' } = written;
  const { charged = FIVE_THOUSAND, number = NUMBER, change = (text) => text } = written;
  const parts = [user(number), charge(charged), reference('20260131093000')];
  const header = requestHeader(fields, prefix === 'v2' ? 'v2' : '');
  const style = prefix === 'v2' ? { prefix: 'loc' } : { prefix };
  const body = envelope(message(operation, NS, parts, style), { header });
  return () => ({
    path: written.path ?? pathOf(AMOUNT),
    headers: written.headers ?? WRONG_TYPE,
    body: change(body),
  });
}

const CHARGED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v2_1',
  application: SP_ID,
  deviations: ['content-type', 'address.scheme'],
  ledger: [`charge 5000 NGN tel:${NUMBER}`],
};

const REFUSED = { ...CHARGED, ledger: [] };

/** Refused before it is known who asks. */
const { application: _unread, ...UNREAD } = REFUSED;

const AMPERSAND = sent({ charged: { description: 'News & more', amount: '1' } });
/** A reference is looked for to the end of the document, in which there is no semicolon. */
const AFTER_AMPERSAND = AMPERSAND().body.length;

export const HAND_BUILT_PHP: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'PHP: header in the default namespace, serviceId last, application/soap+xml around SOAP 1.1',
    request: sent({}),
  },
  {
    ...CHARGED,
    name: 'PHP: the same for a refund',
    operation: 'AmountCharging.refundAmount',
    request: sent({ operation: 'refundAmount' }),
    ledger: [`refund 5000 NGN tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'PHP: prefix v2, digest in upper case, empty serviceId, token and code; empty SOAPAction',
    request: sent({
      fields: UPPER_DIGEST,
      prefix: 'v2',
      charged: { currency: 'UGX', amount: '500', code: '' },
      headers: TEXT_XML,
    }),
    deviations: ['soapaction', 'address.scheme'],
    ledger: [`charge 500 UGX tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'PHP: the path with a version at its end, a currency without decimals',
    request: sent({
      fields: UPPER_DIGEST,
      prefix: 'v2',
      charged: { currency: 'XOF', amount: '100.00', code: '' },
      path: `${pathOf(AMOUNT)}/v3`,
    }),
    deviations: ['content-type', 'path', 'address.scheme'],
    ledger: [`charge 100 XOF tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'PHP: empty spPassword and timeStamp, token, namedParameters; currency RLS',
    request: sent({
      fields: EMPTY_STAMP,
      charged: { currency: 'RLS', amount: '20000' },
      headers: TEXT_XML,
    }),
    deviations: ['soapaction', 'address.scheme', 'currency.alias'],
    ledger: [`charge 20000 IRR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'PHP: every charge posted twice',
    earlier: sent({})(),
    request: sent({}),
    deviations: [...CHARGED.deviations, 'reference.duplicate'],
  },
  {
    ...CHARGED,
    name: 'PHP: indented, four spaces in front of the root',
    request: sent({ change: (text) => `    ${pretty(text)}\n` }),
  },
  {
    ...CHARGED,
    name: 'PHP: a newline in front of the root, without a declaration',
    request: sent({ change: (text) => `\n${text}` }),
  },
  {
    ...CHARGED,
    name: 'PHP: a newline in front of the XML declaration',
    request: sent({ change: (text) => `\n<?xml version="1.0" encoding="UTF-8"?>${text}` }),
    deviations: [...CHARGED.deviations, 'xml.declaration'],
  },
  {
    ...REFUSED,
    name: 'PHP: more than there is',
    request: sent({ charged: { currency: 'NGN', amount: '1000000.01' } }),
    fault: gatewayFault('SVC0270'),
  },
  {
    ...REFUSED,
    name: 'PHP: an amount with a thousands separator, as number_format makes it',
    request: sent({ charged: { currency: 'NGN', amount: '5,000.00' } }),
    deviations: ['content-type'],
    fault: gatewayFault('SVC0002', 'charge'),
  },
  {
    ...REFUSED,
    name: 'PHP: an amount with its currency in it',
    request: sent({ charged: { amount: '50 NGN' } }),
    deviations: ['content-type'],
    fault: gatewayFault('SVC0002', 'charge'),
  },
  {
    ...REFUSED,
    name: 'PHP: a currency that nobody knows',
    request: sent({ charged: { currency: 'NAIRA', amount: '50' } }),
    fault: gatewayFault('SVC0007'),
  },
  {
    ...REFUSED,
    name: 'PHP: OA and FA of another subscriber',
    request: sent({ number: '2348000000102' }),
    deviations: ['content-type'],
    fault: headerFault('SVC0905', `OA ${NUMBER} is invaild!`, NUMBER),
  },
  {
    ...REFUSED,
    name: 'PHP: a variable that was empty, so no subscriber',
    request: sent({ number: '' }),
    deviations: ['content-type'],
    fault: gatewayFault('SVC0002', 'endUserIdentifier'),
  },
  {
    ...UNREAD,
    name: 'PHP: an ampersand that was not escaped',
    request: AMPERSAND,
    deviations: ['content-type'],
    fault: malformed(`The message is not well-formed XML at line 1, column ${AFTER_AMPERSAND}.`),
  },
];
