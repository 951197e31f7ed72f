// Requests of programs in C#, Java, Elixir and Go that build their envelopes from strings or documents.
import { basic, HUAWEI, requestHeader, SP_DIGEST, SP_ID, TIME_STAMP } from './headers';
import { AMOUNT, charge, local, pathOf, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message, pretty, singleQuoted } from './writing';

const NS = local(AMOUNT, 'v2_1');
const NUMBER = '989000000101';
const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** Names of header fields to their fields, in the order in which a family of clients sends them. */
function fields(names: string, values: Readonly<Record<string, string>> = {}): readonly Field[] {
  const known: Readonly<Record<string, string>> = {
    spId: SP_ID,
    spPassword: SP_DIGEST,
    serviceId: '900000000000001',
    timeStamp: TIME_STAMP,
    OA: NUMBER,
    FA: NUMBER,
    ...values,
  };
  return names.split(' ').map((name) => [name, known[name] ?? '']);
}

interface Written {
  readonly operation?: string;
  readonly header?: string;
  readonly parts?: readonly Field[];
  readonly prefix?: string;
  readonly headers?: HttpMessage['headers'];
  readonly before?: string;
  readonly change?: (text: string) => string;
  readonly path?: string;
}

const RIALS = [user(NUMBER), charge({ currency: 'IRR', amount: '20000' }), reference(GUID)];

function sent(written: Written): () => HttpMessage {
  const { operation = 'chargeAmount', header, parts = RIALS, prefix = 'loc' } = written;
  const {
    headers = [['Content-Type', 'text/xml']],
    before = '',
    change = (text) => text,
  } = written;
  const body = envelope(message(operation, NS, parts, { prefix }), { header, before });
  return () => ({ path: written.path ?? pathOf(AMOUNT), headers, body: change(body) });
}

const QUOTED: HttpMessage['headers'] = [['Content-Type', 'text/xml;charset="utf-8"']];
const DECLARED = '<?xml version="1.0" encoding="utf-8"?>\r\n';

const CHARGED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v2_1',
  application: SP_ID,
  deviations: ['soapaction', 'address.scheme'],
  ledger: [`charge 20000 IRR tel:${NUMBER}`],
};

const CSHARP: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'C#: no SOAPAction, quoted charset, a GUID for a reference, no spPassword',
    request: sent({
      header: requestHeader(fields('spId serviceId timeStamp OA FA'), 'v2'),
      headers: QUOTED,
      before: DECLARED,
    }),
  },
  {
    ...CHARGED,
    name: 'C#: the same for a refund, indented by XmlDocument',
    operation: 'AmountCharging.refundAmount',
    request: sent({
      operation: 'refundAmount',
      header: requestHeader(fields('spId serviceId timeStamp OA FA'), 'v2'),
      headers: QUOTED,
      before: DECLARED,
      change: (text) => pretty(text, '  ').replaceAll('\n', '\r\n'),
    }),
    ledger: [`refund 20000 IRR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'C#: empty bundleID and oauth_token, a timeStamp of a 12-hour clock',
    request: sent({
      header: requestHeader(
        fields('spId spPassword bundleID timeStamp oauth_token', {
          spPassword: SP_DIGEST.toUpperCase(),
          timeStamp: '20260131023000',
        }),
        'tns',
      ),
      parts: [user(NUMBER), charge({ currency: 'XOF', amount: '10000' }), reference('1')],
      headers: [['Content-Type', 'text/xml; charset=utf-8']],
    }),
    ledger: [`charge 10000 XOF tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'C#: the operation in the default namespace, which its fields are in as well',
    request: sent({
      header: requestHeader(fields('spId OA FA'), 'h'),
      prefix: '',
      headers: QUOTED,
    }),
    deviations: ['soapaction', 'type.ns', 'address.scheme'],
  },
  {
    ...CHARGED,
    name: 'C#: the byte order mark of StringWriter, Expect: 100-continue',
    request: () => {
      const { headers, ...message } = sent({ before: DECLARED, headers: QUOTED })();
      const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(message.body)]);
      return { ...message, headers: [...headers, ['Expect', '100-continue']], body };
    },
    application: 'anonymous',
  },
];

const JVM: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'Java: application/xml, oauth_token, a constant reference',
    request: sent({
      header: requestHeader(
        fields('spId spPassword serviceId timeStamp OA FA oauth_token', { oauth_token: '17c1f2' }),
        'v2',
      ),
      parts: [user(NUMBER), charge({ currency: 'IRR', amount: '20000' }), reference('225')],
      headers: [['Content-Type', 'application/xml; charset=utf-8']],
    }),
    deviations: ['content-type', 'soapaction', 'address.scheme'],
  },
  {
    ...CHARGED,
    name: 'Java: a refund with bundleID, the description naming the charge',
    operation: 'AmountCharging.refundAmount',
    request: sent({
      operation: 'refundAmount',
      header: requestHeader(
        fields('spId spPassword bundleID timeStamp', { bundleID: '256000039' }),
        'v2',
      ),
      parts: [
        user(NUMBER),
        charge({ description: 'Refund|refundTid=77', currency: 'IRR', amount: '20000' }),
        reference('text123'),
      ],
      headers: [['Content-Type', 'application/xml; charset=utf-8']],
    }),
    deviations: ['content-type', 'soapaction', 'address.scheme'],
    ledger: [`refund 20000 IRR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'Android: text/plain, single-quoted attributes, the number with + and without a scheme',
    request: sent({
      header: requestHeader(fields('spId spPassword timeStamp')),
      parts: [
        user('+27000000101'),
        charge({ currency: 'ZAR', amount: '5.00' }),
        reference('referenceCode'),
      ],
      headers: [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Connection', 'Keep-Alive'],
        ['Accept-Encoding', 'gzip'],
        ['User-Agent', 'okhttp/3.12.0'],
      ],
      change: singleQuoted,
    }),
    deviations: ['content-type', 'soapaction', 'address.scheme'],
    ledger: ['charge 5 ZAR tel:+27000000101'],
  },
  {
    ...CHARGED,
    name: 'Java: an empty token, currency TK',
    request: sent({
      header: requestHeader(fields('spId spPassword serviceId timeStamp OA FA token'), 'v2'),
      parts: [user(`tel:${NUMBER}`), charge({ currency: 'TK', amount: '200' }), reference('1')],
    }),
    deviations: ['soapaction', 'currency.alias'],
    ledger: [`charge 200 BDT tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'Spring-WS: OA alone is unqualified in the header',
    request: sent({
      header: requestHeader(fields('spId spPassword serviceId timeStamp OA FA'), 'v2').replace(
        `<v2:OA>${NUMBER}</v2:OA>`,
        `<OA>${NUMBER}</OA>`,
      ),
      headers: [
        ['Accept', 'text/xml, text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'],
        ['SOAPAction', '""'],
        ['Content-Type', 'text/xml; charset=utf-8'],
      ],
    }),
    deviations: ['header.ns', 'address.scheme'],
  },
  {
    ...CHARGED,
    name: 'JAXB: ns2 is one namespace in Header and another one in Body',
    request: sent({
      header: requestHeader(fields('spId spPassword timeStamp OA FA'), 'ns2'),
      prefix: 'ns2',
      before: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    }),
  },
];

const OTHERS: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'Elixir: HTTP Basic of a proxy in front, spId, serviceId, OA and FA',
    request: sent({
      header: requestHeader(fields('spId serviceId OA FA'), 'v2'),
      headers: [
        ['content-type', 'text/xml'],
        basic('proxy', 'a secret'),
        ['user-agent', 'hackney'],
      ],
    }),
  },
  {
    ...CHARGED,
    name: 'HTTP Basic alone tells the application',
    request: sent({ headers: [['Content-Type', 'text/xml'], basic('games', 'a secret')] }),
    application: 'games',
  },
  {
    ...CHARGED,
    name: 'Go: indented with tabs, no SOAPAction, charset in upper case, gzip accepted',
    request: sent({
      headers: [
        ['Content-Type', 'text/xml; charset=UTF-8'],
        ['User-Agent', 'Go-http-client/1.1'],
        ['Accept-Encoding', 'gzip'],
      ],
      change: (text) => pretty(text, '\t'),
    }),
    application: 'anonymous',
  },
  {
    ...CHARGED,
    name: 'a reference in Base64 with = at its end, a description with | and ;',
    request: sent({
      header: requestHeader(fields('spId'), 'v2'),
      parts: [
        user(NUMBER),
        charge({ description: 'Channel=3|Event=9;x', currency: 'IRR', amount: '20000' }),
        reference('bWlsbGlzZWNvbmRz=='),
      ],
    }),
    billed: ['Channel=3|Event=9;x'],
  },
  {
    ...CHARGED,
    name: 'a national number where the country is configured',
    request: sent({
      parts: [
        user('tel:09000000101'),
        charge({ currency: 'IRR', amount: '20000' }),
        reference('1'),
      ],
    }),
    configuration: { accounts: { countryCode: '98' } },
    application: 'anonymous',
    deviations: ['soapaction'],
    ledger: ['charge 20000 IRR tel:+989000000101'],
  },
  {
    ...CHARGED,
    name: 'an interface of Ericsson: its own path, 2.1',
    request: sent({ path: '/services/ws/ChargeAmount' }),
    application: 'anonymous',
    deviations: ['soapaction', 'path', 'address.scheme'],
  },
  {
    ...CHARGED,
    name: 'the declaration of the header namespace twice',
    request: sent({
      header: requestHeader(fields('spId OA FA'), 'v2'),
      change: (text) => text.replace('<soapenv:Header>', `<soapenv:Header xmlns:v2="${HUAWEI}">`),
    }),
  },
];

export const HAND_BUILT_OTHERS: readonly Variant[] = [...CSHARP, ...JVM, ...OTHERS];
