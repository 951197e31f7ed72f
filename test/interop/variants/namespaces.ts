// What clients do to namespaces and to the shape of a message, one thing a row.
import { requestHeader } from './headers';
import { AMOUNT, charge, common, local, pathOf, RESERVE_AMOUNT, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message, type Style, XSI } from './writing';

const NS = local(AMOUNT, 'v2_1');
const NUMBER = 'tel:+2348000000101';
const MONEY = { description: 'News', currency: 'NGN', amount: '50', code: 'ABC005' };
const PARTS: readonly Field[] = [user(NUMBER), charge(MONEY), reference('odd-1')];

interface Written {
  readonly namespace?: string;
  readonly operation?: string;
  readonly parts?: readonly Field[];
  readonly style?: Style;
  readonly header?: string;
  readonly attributes?: string;
  readonly path?: string;
  readonly change?: (text: string) => string;
}

const CHARGED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v2_1',
  application: 'anonymous',
  ledger: [`charge 50 NGN ${NUMBER}`],
};

const REFUNDED = {
  ...CHARGED,
  operation: 'AmountCharging.refundAmount',
  ledger: [`refund 50 NGN ${NUMBER}`],
};

const OF_NAMESPACES: readonly Variant[] = [
  { ...CHARGED, name: 'to the letter', request: sent({}), deviations: [] },
  {
    ...CHARGED,
    name: 'nothing has a namespace: charge',
    request: sent({ namespace: '' }),
    deviations: ['ns.none', 'part.ns'],
  },
  {
    ...REFUNDED,
    name: 'nothing has a namespace, everything a type, encodingStyle on the operation: refund',
    request: sent({
      namespace: '',
      operation: 'refundAmount',
      attributes: ` xmlns:xsi="${XSI}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"`,
      style: {
        attributes: ' soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
        leafAttributes: () => ' xsi:type="xsd:string"',
      },
    }),
    deviations: ['extra.attribute', 'ns.none', 'part.ns'],
  },
  {
    ...CHARGED,
    name: 'the operation qualified, its parts not',
    request: sent({
      change: (text) => unqualified(text, 'endUserIdentifier charge referenceCode'),
    }),
    deviations: ['part.ns'],
  },
  {
    ...CHARGED,
    name: 'fields of charge in the namespace of the message',
    request: sent({ style: { fieldPrefix: 'loc' } }),
    deviations: ['type.ns'],
  },
  {
    ...CHARGED,
    name: 'fields of charge in the namespace of the common types',
    request: sent({ style: { fieldPrefix: 'c' }, attributes: ` xmlns:c="${common('v2_1')}"` }),
    deviations: ['type.ns'],
  },
  {
    ...CHARGED,
    name: 'fields of charge under xmlns=""',
    request: sent({ style: { prefix: '', fieldAttributes: ' xmlns=""' } }),
    deviations: [],
  },
  {
    ...CHARGED,
    name: 'everything in one default namespace',
    request: sent({ style: { prefix: '' } }),
    deviations: ['type.ns'],
  },
  {
    ...CHARGED,
    name: 'a namespace of its author',
    request: sent({ namespace: 'http://tempuri.org/' }),
    deviations: ['ns.unknown', 'part.ns'],
  },
  {
    ...CHARGED,
    name: 'a namespace that lacks its last word, of version 3.1',
    version: 'v3_1',
    request: sent({ namespace: local(AMOUNT, 'v3_1').replace('/local', '') }),
    deviations: ['ns.unknown', 'part.ns'],
  },
  {
    ...CHARGED,
    name: 'the namespace of another interface',
    request: sent({ namespace: local(RESERVE_AMOUNT, 'v2_1') }),
    deviations: ['ns.interface', 'part.ns'],
  },
  {
    ...CHARGED,
    name: 'one prefix for two namespaces',
    request: sent({ header: requestHeader([['spId', '9990002']], 'loc') }),
    application: '9990002',
    deviations: [],
  },
  {
    ...CHARGED,
    name: 'one child of the header unqualified',
    request: sent({
      header: requestHeader([['spId', '9990002']], 'v2').replace('</v2:spId>', '</v2:spId><FA/>'),
    }),
    application: '9990002',
    deviations: ['header.ns'],
  },
  {
    ...CHARGED,
    name: 'a header without any namespace',
    request: sent({
      header: '<RequestSOAPHeader><spId>9990002</spId></RequestSOAPHeader>',
    }),
    application: '9990002',
    deviations: ['header.ns'],
  },
  {
    ...CHARGED,
    name: 'a header whose fields carry types, and one that no gateway knows',
    request: sent({
      header: requestHeader([
        ['spId', '9990002'],
        ['loginId', '7'],
      ]).replace(
        '<spId>',
        `<spId xmlns:xsi="${XSI}" xsi:type="xsd:int" xmlns:xsd="http://www.w3.org/2001/XMLSchema">`,
      ),
    }),
    application: '9990002',
    deviations: ['extra.attribute', 'extra.element'],
  },
];

const OF_SHAPE: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'parts in another order',
    request: sent({ parts: [...PARTS].reverse() }),
    deviations: ['order'],
  },
  {
    ...CHARGED,
    name: 'fields of charge in another order',
    request: sent({
      parts: [
        user(NUMBER),
        [
          'charge',
          [
            ['amount', '50'],
            ['currency', 'NGN'],
            ['description', 'News'],
          ],
        ],
        reference('odd-1'),
      ],
    }),
    deviations: ['order'],
  },
  {
    ...CHARGED,
    name: 'names with an upper-case first letter, as tables print them',
    request: sent({ change: (text) => text.replaceAll('loc:endUser', 'loc:EndUser') }),
    deviations: ['case'],
  },
  {
    ...CHARGED,
    name: 'a part that no version has',
    request: sent({ parts: [...PARTS, ['channel', '3']] }),
    deviations: ['extra.element'],
  },
  {
    ...CHARGED,
    name: 'two descriptions, which 4.0 has and 2.1 has not',
    request: sent({
      change: (text) =>
        text.replace('<description>', '<description>Evening</description><description>'),
    }),
    deviations: ['description.repeated'],
    billed: ['Evening'],
  },
  {
    ...CHARGED,
    name: 'white space around values',
    request: sent({ change: (text) => text.replace(/>([^<\s]+)<\//g, '>\n  $1\n</') }),
    deviations: ['trim'],
  },
  {
    ...CHARGED,
    name: 'an empty code',
    request: sent({ change: (text) => text.replace('<code>ABC005</code>', '<code/>') }),
    deviations: [],
  },
  {
    ...CHARGED,
    name: 'a code that is nil',
    request: sent({
      attributes: ` xmlns:xsi="${XSI}"`,
      change: (text) => text.replace('<code>ABC005</code>', '<code xsi:nil="true"/>'),
    }),
    deviations: [],
  },
];

export const NAMESPACES: readonly Variant[] = [...OF_NAMESPACES, ...OF_SHAPE];

function sent(written: Written): () => HttpMessage {
  const { namespace = NS, operation = 'chargeAmount', parts = PARTS, style = {} } = written;
  const { header, attributes = '', change = (text) => text } = written;
  const body = envelope(message(operation, namespace, parts, style), { header, attributes });
  return () => ({
    path: written.path ?? pathOf(AMOUNT),
    headers: [
      ['Content-Type', 'text/xml; charset=utf-8'],
      ['SOAPAction', '""'],
    ],
    body: change(body),
  });
}

/** The elements with these names without their prefix. */
function unqualified(text: string, names: string): string {
  return text.replace(new RegExp(`loc:(${names.replaceAll(' ', '|')})(?=>)`, 'g'), '$1');
}
