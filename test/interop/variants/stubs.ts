// What toolkits send that build a client from the WSDL of version 2.1, for every operation on amounts.
import { HUAWEI, SP_DIGEST, SP_ID, TIME_STAMP } from './headers';
import {
  AMOUNT,
  charge,
  common,
  identified,
  local,
  pathOf,
  RESERVE_AMOUNT,
  reference,
  user,
} from './parlayx';
import type { HttpMessage, Variant } from './variant';
import {
  type EnvelopeStyle,
  envelope,
  type Field,
  message,
  type Style,
  TYPED_ENVELOPE,
  XSI,
} from './writing';

interface Toolkit {
  readonly name: string;
  readonly http?: '1.0';
  readonly headers: HttpMessage['headers'];
  /** How the message is written, given its namespace, and what is around it. */
  readonly style: Style;
  readonly around: (namespace: string) => EnvelopeStyle;
  /** Its users' form of a number. */
  readonly number: string;
  readonly application: string;
  readonly deviations: readonly string[];
  /** It knows no namespace at all. */
  readonly unqualified?: boolean;
}

const NUMBER = 'tel:+2348000000101';
const TEXT_XML: readonly [string, string] = ['Content-Type', 'text/xml; charset=utf-8'];
const ACTION: readonly [string, string] = ['SOAPAction', '""'];

const HEADER_FIELDS: readonly Field[] = [
  ['spId', SP_ID],
  ['spPassword', SP_DIGEST],
  ['timeStamp', TIME_STAMP],
];
const headerFields = (prefix: string, attributes = '') =>
  HEADER_FIELDS.map(
    ([name, value]) => `<${prefix}${name}${attributes}>${value}</${prefix}${name}>`,
  ).join('');

/** After the type that the value has in PHP: nothing but digits becomes a number. */
const phpType = (content: string) => ` xsi:type="xsd:${/^\d+$/.test(content) ? 'int' : 'string'}"`;

const TOOLKITS: readonly Toolkit[] = [
  {
    name: 'PHP SoapClient',
    headers: [['Connection', 'Keep-Alive'], ['User-Agent', 'PHP-SOAP/8.2.7'], TEXT_XML, ACTION],
    style: { prefix: 'ns1', declaredOutside: true },
    around: (namespace) => ({
      before: '<?xml version="1.0" encoding="UTF-8"?>\n',
      after: '\n',
      prefix: 'SOAP-ENV',
      attributes: ` xmlns:ns1="${namespace}" xmlns:ns2="${HUAWEI}"`,
      header: `<ns2:RequestSOAPHeader xmlns:ns2="${HUAWEI}">${headerFields('ns2:')}</ns2:RequestSOAPHeader>`,
    }),
    number: NUMBER,
    application: SP_ID,
    deviations: [],
  },
  {
    name: 'nuSOAP without WSDL',
    http: '1.0',
    headers: [
      ['User-Agent', 'NuSOAP/0.9.5 (1.123)'],
      ['Content-Type', 'text/xml; charset=ISO-8859-1'],
      ACTION,
    ],
    style: { leafAttributes: phpType },
    around: () => ({
      before: '<?xml version="1.0" encoding="ISO-8859-1"?>',
      prefix: 'SOAP-ENV',
      attributes: TYPED_ENVELOPE,
      header: `<RequestSOAPHeader>${headerFields('', ' xsi:type="xsd:int"')}</RequestSOAPHeader>`,
    }),
    number: NUMBER,
    application: SP_ID,
    deviations: ['extra.attribute', 'header.ns', 'ns.none', 'part.ns'],
    unqualified: true,
  },
  {
    name: 'node-soap',
    headers: [
      ['User-Agent', 'node-soap/1.1.10'],
      ['Accept', 'text/html,application/xhtml+xml,application/xml,text/xml;q=0.9,*/*;q=0.8'],
      ['Accept-Encoding', 'none'],
      ['Accept-Charset', 'utf-8'],
      ['Connection', 'close'],
      TEXT_XML,
      ACTION,
    ],
    style: { prefix: 'local', fieldPrefix: 'common', declaredOutside: true },
    around: (namespace) => ({
      before: '<?xml version="1.0" encoding="utf-8"?>',
      prefix: 'soap',
      attributes:
        ` xmlns:xsi="${XSI}" xmlns:local="${namespace}" xmlns:common="${common('v2_1')}"` +
        ' xmlns:interface="urn:unused" xmlns:tns="urn:unused:too"',
    }),
    number: NUMBER,
    application: 'anonymous',
    deviations: ['type.ns'],
  },
  {
    name: 'zeep',
    headers: [
      ['User-Agent', 'Zeep/4.2.1 (www.python-zeep.org)'],
      ['Accept-Encoding', 'gzip, deflate'],
      ['Accept', '*/*'],
      ['Connection', 'keep-alive'],
      ACTION,
      TEXT_XML,
    ],
    style: { prefix: 'ns0' },
    around: () => ({
      before: "<?xml version='1.0' encoding='utf-8'?>\n",
      prefix: 'soap-env',
      header: `<ns0:RequestSOAPHeader xmlns:ns0="${HUAWEI}">${headerFields('ns0:')}</ns0:RequestSOAPHeader>`,
    }),
    number: NUMBER,
    application: SP_ID,
    deviations: [],
  },
  {
    name: 'suds',
    headers: [
      ['Accept-Encoding', 'identity'],
      ['Soapaction', '""'],
      TEXT_XML,
      ['User-Agent', 'Python-urllib/3.8'],
      ['Connection', 'close'],
    ],
    style: { prefix: 'ns1', declaredOutside: true },
    around: (namespace) => ({
      before: '<?xml version="1.0" encoding="UTF-8"?>',
      prefix: 'SOAP-ENV',
      innerPrefix: 'ns0',
      attributes: ` xmlns:ns1="${namespace}" xmlns:xsi="${XSI}"`,
      header: '',
    }),
    number: NUMBER,
    application: 'anonymous',
    deviations: [],
  },
  {
    name: 'Axis 1.4',
    http: '1.0',
    headers: [
      TEXT_XML,
      ['Accept', 'application/soap+xml, application/dime, multipart/related, text/*'],
      ['User-Agent', 'Axis/1.4'],
      ['Cache-Control', 'no-cache'],
      ['Pragma', 'no-cache'],
      ACTION,
    ],
    style: { prefix: '', fieldAttributes: ' xmlns=""' },
    around: () => ({
      before: '<?xml version="1.0" encoding="UTF-8"?>',
      attributes: ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="${XSI}"`,
      header:
        '<ns1:RequestSOAPHeader soapenv:actor="http://schemas.xmlsoap.org/soap/actor/next"' +
        ` soapenv:mustUnderstand="0" xmlns:ns1="${HUAWEI}">${headerFields('ns1:')}</ns1:RequestSOAPHeader>`,
    }),
    number: NUMBER,
    application: SP_ID,
    deviations: [],
  },
  {
    name: 'JAX-WS RI',
    headers: [
      ['Accept', 'text/xml, multipart/related'],
      TEXT_XML,
      ACTION,
      ['User-Agent', 'JAX-WS RI 2.3.1 svn-revision#unknown'],
      ['Connection', 'keep-alive'],
    ],
    style: { prefix: 'ns2', attributes: ` xmlns:ns3="${common('v2_1')}"` },
    around: () => ({ before: "<?xml version='1.0' encoding='UTF-8'?>", prefix: 'S' }),
    // It checks no URI, so its users leave the scheme out.
    number: '2348000000101',
    application: 'anonymous',
    deviations: [],
  },
];

const MONEY = { currency: 'NGN', amount: '500.00' };

/** Each call with what it leaves; the payer stands in where the parts have none. */
interface Call {
  readonly interfaceName: string;
  readonly operation: string;
  readonly parts: (number: string, reservation: string) => readonly Field[];
  readonly transaction: string;
  /** It is about a reservation of 500. */
  readonly reserved?: boolean;
}

const RESERVE: Call = {
  interfaceName: RESERVE_AMOUNT,
  operation: 'reserveAmount',
  parts: (number) => [user(number), charge(MONEY)],
  transaction: 'reserve 500 NGN',
};

const CALLS: readonly Call[] = [
  {
    interfaceName: AMOUNT,
    operation: 'chargeAmount',
    parts: (number) => [user(number), charge(MONEY), reference('stub-1')],
    transaction: 'charge 500 NGN',
  },
  {
    interfaceName: AMOUNT,
    operation: 'refundAmount',
    parts: (number) => [user(number), charge(MONEY), reference('stub-1')],
    transaction: 'refund 500 NGN',
  },
  RESERVE,
  {
    interfaceName: RESERVE_AMOUNT,
    operation: 'reserveAdditionalAmount',
    parts: (_, reservation) => [
      identified(reservation),
      charge({ currency: 'NGN', amount: '100.00' }),
    ],
    transaction: 'enlarge 100 NGN',
    reserved: true,
  },
  {
    interfaceName: RESERVE_AMOUNT,
    operation: 'chargeReservation',
    parts: (_, reservation) => [
      identified(reservation),
      charge({ currency: 'NGN', amount: '200.00' }),
      reference('stub-2'),
    ],
    transaction: 'capture 200 NGN',
    reserved: true,
  },
  {
    interfaceName: RESERVE_AMOUNT,
    operation: 'releaseReservation',
    parts: (_, reservation) => [identified(reservation)],
    transaction: 'release 500 NGN',
    reserved: true,
  },
];

export const STUBS: readonly Variant[] = TOOLKITS.flatMap((toolkit) =>
  CALLS.map((call): Variant => {
    const namesPayer = call.reserved !== true;
    const hasCharge = call.operation !== 'releaseReservation';
    const bare = !toolkit.number.startsWith('tel:') && namesPayer;
    const address = toolkit.number.startsWith('tel:') ? toolkit.number : `tel:${toolkit.number}`;
    return {
      name: `${toolkit.name}: ${call.operation}`,
      operation: `${call.interfaceName}.${call.operation}`,
      version: 'v2_1',
      ...(call.reserved === true && { opening: sentBy(toolkit, RESERVE, '') }),
      request: (reservation) => sentBy(toolkit, call, reservation),
      application: toolkit.application,
      deviations: [
        // Only a charge has fields.
        ...toolkit.deviations.filter((name) => name !== 'type.ns' || hasCharge),
        ...(bare ? ['address.scheme'] : []),
      ],
      ledger: [`${call.transaction} ${address}`],
    };
  }),
);

function sentBy(toolkit: Toolkit, call: Call, reservation: string): HttpMessage {
  const namespace = toolkit.unqualified === true ? '' : local(call.interfaceName, 'v2_1');
  const parts = call.parts(toolkit.number, reservation);
  return {
    path: pathOf(call.interfaceName),
    ...(toolkit.http !== undefined && { http: toolkit.http }),
    headers: toolkit.headers,
    body: envelope(
      message(call.operation, namespace, parts, toolkit.style),
      toolkit.around(namespace),
    ),
  };
}
