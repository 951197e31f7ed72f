// Clients of 2.0, whose gateways took charges on the interface of reservations, and of 1.0, which is not served.
import { malformed, standardFault } from './expected-faults';
import { basic } from './headers';
import { identified, local, RESERVE_AMOUNT, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message, XSI } from './writing';

const PLAIN: HttpMessage['headers'] = [
  ['Content-Type', 'text/xml; charset=utf-8'],
  ['SOAPAction', '""'],
];

// ---------------------------------------------------------------- 2.0

const EMM_TEXT = 'T1#2026-01-31T09:30:00Z#P7#Clip#A clip#Video##CP3######';
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

// ---------------------------------------------------------------- 1.0, which is not served

const ENCODED = ' soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"';

const VERSION_1_0: readonly Variant[] = [
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

export const EARLY_VERSIONS: readonly Variant[] = [...VERSION_2_0, ...VERSION_1_0];
