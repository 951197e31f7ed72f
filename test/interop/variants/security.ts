// Who is asking, told otherwise than by the usual header: WS-Security, vendors' variants of it, strange blocks.
import { malformed } from './expected-faults';
import {
  commonRequestHeader,
  HUAWEI,
  passwordDigest,
  passwordText,
  requestHeader,
  SP_DIGEST,
  SP_ID,
  SP_PASSWORD,
  TIME_STAMP,
} from './headers';
import { AMOUNT, charge, local, pathOf, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, message } from './writing';

const NUMBER = 'tel:+959000000101';
const CREATED = '2026-01-31T09:29:58Z';
const REQUIRED = { applications: { shop: { credentials: { password: 'Pass4Test' } } } };

const CHARGED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v3_1',
  application: 'shop',
  deviations: [],
  ledger: [`charge 100 MMK ${NUMBER}`],
};

const { application: _unread, ...UNREAD } = CHARGED;

export const SECURITY: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'WS-Security: PasswordText, mustUnderstand="1", nobody asked for it',
    request: sent(passwordText('shop', 'whatever')),
  },
  {
    ...CHARGED,
    name: 'WS-Security: PasswordText where it is required',
    request: sent(passwordText('shop', 'Pass4Test')),
    configuration: REQUIRED,
  },
  {
    ...CHARGED,
    name: 'WS-Security: PasswordText that is wrong',
    request: sent(passwordText('shop', 'Pass5Test')),
    configuration: REQUIRED,
    ledger: [],
    fault: malformed(
      'The security token could not be authenticated or authorized.',
      'wsse:FailedAuthentication',
    ),
  },
  {
    ...CHARGED,
    name: 'WS-Security: PasswordDigest with a Timestamp, nobody asked for it',
    request: sent(passwordDigest('shop', 'whatever', CREATED)),
  },
  {
    ...CHARGED,
    name: 'WS-Security: PasswordDigest with a Timestamp where it is required',
    request: sent(passwordDigest('shop', 'Pass4Test', CREATED)),
    configuration: REQUIRED,
  },
  {
    ...CHARGED,
    name: 'WS-Security: a digest made an hour ago',
    request: sent(passwordDigest('shop', 'Pass4Test', '2026-01-31T08:30:00Z')),
    configuration: REQUIRED,
    ledger: [],
    fault: malformed(
      'The security token could not be authenticated or authorized.',
      'wsse:FailedAuthentication',
    ),
  },
  {
    ...CHARGED,
    name: 'a header in the common types of 3.1, its fields unqualified; SOAPAction "run"',
    request: sent(
      commonRequestHeader([
        ['spId', 'shop'],
        ['spPassword', '0123456789abcdef0123456789abcdef'],
        ['timeStamp', '20260131093000'],
        ['serviceId', '900000000000001'],
        ['FA', 'tel: +959000000101'],
      ]),
      '"run"',
    ),
    deviations: ['soapaction', 'header.ns'],
  },
  ...['lower', 'upper'].map((letters) => ({
    ...CHARGED,
    name: `RequestSOAPHeader: a digest in ${letters} case where it is required`,
    request: sent(
      requestHeader([
        ['spId', SP_ID],
        ['spPassword', letters === 'upper' ? SP_DIGEST.toUpperCase() : SP_DIGEST],
        ['timeStamp', TIME_STAMP],
      ]),
    ),
    configuration: { applications: { [SP_ID]: { credentials: { password: SP_PASSWORD } } } },
    application: SP_ID,
  })),
  {
    ...CHARGED,
    name: 'WS-Security and blocks of vendors: a session, tunnelled parameters',
    request: sent(
      `${passwordText('shop', 'x')}<v:Session xmlns:v="urn:vendor">app:1234567890</v:Session>` +
        '<v:xparams xmlns:v="urn:vendor"><v:param name="a" value="b"/></v:xparams>',
    ),
  },
  {
    ...CHARGED,
    name: 'RequestSOAPHeader and UsernameToken of two names, nobody asked for either',
    request: sent(requestHeader([['spId', 'shop']]) + passwordText('kiosk', 'x')),
    deviations: ['application'],
  },
  {
    ...CHARGED,
    name: 'RequestSOAPHeader and UsernameToken, both right, where they are required',
    request: sent(
      requestHeader([
        ['spId', 'shop'],
        ['spPassword', 'Pass4Test'],
      ]) + passwordText('shop', 'Pass4Test'),
    ),
    configuration: REQUIRED,
  },
  {
    ...CHARGED,
    name: 'RequestSOAPHeader that is right, and a UsernameToken beside it that is wrong',
    request: sent(
      requestHeader([
        ['spId', 'shop'],
        ['spPassword', 'Pass4Test'],
      ]) + passwordText('shop', 'Pass5Test'),
    ),
    configuration: REQUIRED,
    ledger: [],
    fault: malformed(
      'The security token could not be authenticated or authorized.',
      'wsse:FailedAuthentication',
    ),
  },
  {
    ...UNREAD,
    name: 'a block that must be understood and is not',
    request: sent(
      '<v:Session xmlns:v="urn:vendor" soapenv:mustUnderstand="1">app:1234567890</v:Session>',
    ),
    ledger: [],
    fault: malformed(
      'A header block that must be understood is not understood.',
      'soapenv:MustUnderstand',
    ),
  },
  {
    ...CHARGED,
    name: 'a RequestSOAPHeader that must be understood',
    request: sent(
      `<h:RequestSOAPHeader xmlns:h="${HUAWEI}" soapenv:mustUnderstand="1"><h:spId>shop</h:spId></h:RequestSOAPHeader>`,
    ),
  },
];

function sent(header: string, action = '""'): () => HttpMessage {
  const parts = [user(NUMBER), charge({ currency: 'MMK', amount: '100' }), reference('zaw-1')];
  return () => ({
    path: pathOf(AMOUNT),
    headers: [
      ['Content-Type', 'text/xml; charset=utf-8'],
      ['SOAPAction', action],
    ],
    body: envelope(message('chargeAmount', local(AMOUNT, 'v3_1'), parts), { header }),
  });
}
