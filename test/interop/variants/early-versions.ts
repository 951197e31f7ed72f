// Clients of 2.0, whose gateways took charges on the interface of reservations, and of 1.0, which is not served.
import { malformed, standardFault } from './expected-faults';
import { basic } from './headers';
import { charge, identified, local, pathOf, RESERVE_AMOUNT, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message, XSI } from './writing';

const PLAIN: HttpMessage['headers'] = [
  ['Content-Type', 'text/xml; charset=utf-8'],
  ['SOAPAction', '""'],
];

// ---------------------------------------------------------------- 2.0

const EMM_TEXT = 'T1#2026-01-31T09:30:00Z#P7#Clip#A clip#Video##CP3######';
const EMM0010 = 'EMM0010 Error Message: Number of fields not matching in billingText';
const EMM0011 =
  'EMM0011 Error Message: Missing mandatory parameter ' +
  '(ProductID/ProductName/TransactionDescription/ProductCategoryCode/ContentProvider) in billingText';
const EMM0012 = 'EMM0012 Error Message: DateTime format is not correct in billingText';
const BANGLADESHI = '880000000101';

function emm(operation: string, parts: readonly Field[]): () => HttpMessage {
  return () => ({
    path: '/emmsimulator',
    headers: PLAIN,
    body: envelope(message(operation, local(RESERVE_AMOUNT, 'v2_0'), parts, { prefix: 'ns1' })),
  });
}

const EMM = {
  version: 'v2_0',
  application: 'anonymous',
  deviations: ['path', 'address.scheme'],
};

const paid: readonly Field[] = [
  user(BANGLADESHI),
  ['amount', '10.00'],
  ['billingText', EMM_TEXT],
  reference('T1'),
];

const VERSION_2_0: readonly Variant[] = [
  {
    ...EMM,
    name: '2.0: a charge in the namespace of reservations, billingText joined by #',
    operation: 'ReserveAmountCharging.chargeAmount',
    request: emm('chargeAmount', paid),
    ledger: [`charge 10 EUR tel:${BANGLADESHI}`],
    billed: [EMM_TEXT],
  },
  {
    ...EMM,
    name: '2.0: a refund in the namespace of reservations',
    operation: 'ReserveAmountCharging.refundAmount',
    request: emm('refundAmount', paid),
    ledger: [`refund 10 EUR tel:${BANGLADESHI}`],
  },
  {
    ...EMM,
    name: '2.0: reserve',
    operation: 'ReserveAmountCharging.reserveAmount',
    request: emm('reserveAmount', paid.slice(0, 3)),
    ledger: [`reserve 10 EUR tel:${BANGLADESHI}`],
  },
  {
    ...EMM,
    name: '2.0: charge a reservation',
    operation: 'ReserveAmountCharging.chargeReservation',
    opening: emm('reserveAmount', paid.slice(0, 3))(),
    request: (reservation) =>
      emm('chargeReservation', [identified(reservation), ...paid.slice(1)])(),
    deviations: ['path'],
    ledger: [`capture 10 EUR tel:${BANGLADESHI}`],
  },
  {
    ...EMM,
    name: '2.0: release a reservation',
    operation: 'ReserveAmountCharging.releaseReservation',
    opening: emm('reserveAmount', paid.slice(0, 3))(),
    request: (reservation) => emm('releaseReservation', [identified(reservation)])(),
    deviations: ['path'],
    ledger: [`release 10 EUR tel:${BANGLADESHI}`],
  },
  {
    ...EMM,
    name: '2.0: no funds, as Ericsson gateways tell it',
    operation: 'ReserveAmountCharging.chargeAmount',
    request: emm('chargeAmount', [paid[0]!, ['amount', '1000001'], ...paid.slice(2)]),
    configuration: { server: { profile: 'ericsson-emm' } },
    ledger: [],
    fault: malformed(
      'Error Code: SVC0270 Error Message: Charging operation failed, the charge was not applied.',
      'soapenv:Server',
    ),
  },
];

const EMM_PROFILE = { server: { profile: 'ericsson-emm' } };

const PACKED_TEXTS: readonly Variant[] = [
  {
    ...EMM,
    name: '2.0: billingText joined by #, where an Ericsson gateway reads it',
    operation: 'ReserveAmountCharging.chargeAmount',
    request: emm('chargeAmount', paid),
    configuration: EMM_PROFILE,
    ledger: [`charge 10 EUR tel:${BANGLADESHI}`],
    billed: [EMM_TEXT],
  },
  ...[
    ['a field too few', EMM_TEXT.replace('T1#', ''), EMM0010],
    ['no product id', EMM_TEXT.replace('P7', ''), EMM0011],
    ['a time that is none', EMM_TEXT.replace('T09', ' 09'), EMM0012],
  ].map(([what = '', text = '', fault = '']) => ({
    ...EMM,
    name: `2.0: billingText joined by #: ${what}`,
    operation: 'ReserveAmountCharging.chargeAmount',
    request: emm('chargeAmount', [...paid.slice(0, 2), ['billingText', text], ...paid.slice(3)]),
    configuration: EMM_PROFILE,
    ledger: [],
    fault: malformed(`Error Code: ${fault}`, 'soapenv:Server'),
  })),
];

// ---------------------------------------------------------------- 1.0, which is not served

const ENCODED = ' soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"';

const VERSION_1_0: readonly Variant[] = [
  {
    name: '1.0: a release, which has the parts of 2.1 and so is one',
    operation: 'ReserveAmountCharging.releaseReservation',
    version: 'v2_1',
    opening: {
      path: pathOf(RESERVE_AMOUNT),
      headers: [...PLAIN, basic('sp', 'a secret')],
      body: envelope(
        message('reserveAmount', local(RESERVE_AMOUNT, 'v2_1'), [
          user(`tel:${BANGLADESHI}`),
          charge({ currency: 'BDT', amount: '9' }),
        ]),
      ),
    },
    request: (reservation) => ({
      path: '/parlay-server/services/ReserveAmountChargingPort',
      headers: [...PLAIN, basic('sp', 'a secret')],
      body: envelope(
        `<p:releaseReservation xmlns:p="http://www.csapi.org/wsdl/parlayx/payment"${ENCODED}>` +
          `<reservationIdentifier xsi:type="xsd:string">${reservation}</reservationIdentifier></p:releaseReservation>`,
        {
          attributes: ` xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"`,
        },
      ),
    }),
    application: 'sp',
    deviations: ['path', 'ns.unknown', 'part.ns', 'extra.attribute'],
    ledger: [`release 9 BDT tel:${BANGLADESHI}`],
  },
  {
    name: '1.0: rpc/encoded, its subscriber a structure, the SOAPAction of another operation',
    operation: 'ReserveAmountCharging.reserveAmount',
    version: 'v2_1',
    request: () => ({
      path: '/parlay-server/services/ReserveAmountChargingPort',
      headers: [
        ['Content-Type', 'text/xml; charset=utf-8'],
        ['SOAPAction', '"ReserveAmountCharging#chargeReservation"'],
        basic('sp', 'a secret'),
      ],
      body: envelope(
        `<p:reserveAmount xmlns:p="http://www.csapi.org/wsdl/parlayx/payment"${ENCODED}>` +
          '<endUserIdentifier xsi:type="c:EndUserIdentifier" xmlns:c="http://www.csapi.org/schema/parlayx/common/v1_0">' +
          '<value xsi:type="xsd:anyURI">to:387000101</value></endUserIdentifier>' +
          '<amount xsi:type="xsd:decimal">1.00</amount>' +
          '<billingText xsi:type="xsd:string">Clip</billingText></p:reserveAmount>',
        {
          attributes: ` xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"`,
        },
      ),
    }),
    application: 'sp',
    deviations: ['soapaction', 'path', 'ns.unknown', 'part.ns', 'extra.element', 'extra.attribute'],
    ledger: [],
    fault: standardFault('SVC0002', 'endUserIdentifier'),
  },
];

export const EARLY_VERSIONS: readonly Variant[] = [...VERSION_2_0, ...PACKED_TEXTS, ...VERSION_1_0];
