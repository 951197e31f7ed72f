// What people may see of a message: no secret ever, no subscriber unless they ask.
import { describe, expect, test } from '@jest/globals';
import { maskedAddresses } from '../../src/sandbox/journal/masking';
import { maskedHeaders, maskedMessage } from '../../src/sandbox/journal/message-masking';
import { messageText } from '../../src/sandbox/journal/message-text';

const SECRET = 'S3cr3t-value';
const REVEAL = { reveal: true };

describe('secrets are hidden, also from those who may see subscribers', () => {
  test.each([
    ['of a RequestSOAPHeader', `<spId>shop</spId><spPassword>${SECRET}</spPassword>`],
    ['with a prefix and white space', `<v2:spPassword\n >\n ${SECRET}\n</v2:spPassword >`],
    ['in any letters', `<SPPASSWORD>${SECRET}</SPPASSWORD>`],
    ['of a UsernameToken', `<wsse:Password Type="x#PasswordText">${SECRET}</wsse:Password>`],
    ['a nonce', `<wsse:Nonce EncodingType="x">${SECRET}</wsse:Nonce>`],
    ['a token', `<wsse:BinarySecurityToken>${SECRET}</wsse:BinarySecurityToken>`],
    ['in a section', `<spPassword><![CDATA[${SECRET}]]></spPassword>`],
    ['around other elements', `<Password><x>${SECRET}</x></Password>`],
    ['beside a comment', `<Password><!-- </Password --> ${SECRET}</Password>`],
    ['in a message that breaks off', `<spPassword>${SECRET}`],
    ['in one that breaks off in the end tag', `<spPassword>${SECRET}</spPass`],
    ['with an end tag of another name', `<spPassword>${SECRET}</other><a>${SECRET}</a>`],
    ['behind a start tag that is none', `<spPassword <a>${SECRET}</a></spPassword>`],
    ['behind a > in an attribute', `<Password Type="a>b">${SECRET}</Password>`],
    ['in an attribute', `<auth password="${SECRET}" spPassword = '${SECRET}'/>`],
    ['in an attribute that breaks off', `<auth password="${SECRET}`],
    ['in a message inside a message', `<in>&lt;spPassword&gt;${SECRET}&lt;/spPassword&gt;</in>`],
    ['in a query', `<in>user=a&amp;password=${SECRET}</in>`],
  ])('%s', (_where, text) => {
    expect(maskedMessage(text, REVEAL)).not.toContain('S3cr3t');
  });

  test.each([
    ['an element without content', '<a><spPassword/><b>2</b></a>'],
    ['what only sounds like one', '<passwordless>2</passwordless>'.replace('password', 'pass')],
    ['the rest of the message', '<a><Username>shop</Username></a>'],
  ])('and nothing else: %s', (_what, text) => {
    expect(maskedMessage(text, REVEAL)).toBe(text);
  });

  test('what stands after a secret is left', () => {
    expect(maskedMessage(`<p>${SECRET}</p><Password>x</Password><b>1</b>`, REVEAL)).toBe(
      `<p>${SECRET}</p><Password>***</Password><b>1</b>`,
    );
  });
});

describe('subscribers are masked', () => {
  test.each([
    ['<endUserIdentifier>tel:+15550100</endUserIdentifier>', 'tel:+15****00'],
    ['<endUserIdentifier>15550100</endUserIdentifier>', '>15****00<'],
    ['<endUserIdentifier>tel:+1-555-0100</endUserIdentifier>', 'tel:+15****00'],
    ['<endUserIdentifier>sip:carol@example.com</endUserIdentifier>', 'sip:ca***@example.com'],
    ['<description>for 15550100</description>', 'for 15****00'],
    ['<!-- 15550100 -->', '<!-- 15****00 -->'],
    ['<x note="15550100"/>', 'note="15****00"'],
    ['<x note="15550100', 'note="15****00'],
    ['<![CDATA[15550100]]>', '<![CDATA[15****00]]>'],
    ['<in>&lt;OA&gt;15550100&lt;/OA&gt;</in>', '&lt;OA&gt;15****00'],
    ['15550100', '15****00'],
    ['<referenceCode>order-20260131-15550100</referenceCode>', 'order-20260131-15****00'],
    ['<referenceCode>+49155012345</referenceCode>', '+491******45'],
  ])('%s', (text, masked) => {
    const options = { reveal: false, subscribers: ['tel:+15550100'] };
    expect(maskedMessage(text, options)).toContain(masked);
  });

  test.each([
    '<amount>100000.00</amount>',
    '<ns1:result>100000000000012</ns1:result>',
    '<reservationIdentifier>100000000000012</reservationIdentifier>',
    '<timeStamp>20260131093000</timeStamp>',
    '<referenceCode>20260131-000017</referenceCode>',
    '<a xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss">x</a>',
  ])('but not %s', (text) => {
    expect(maskedMessage(text, { reveal: false })).toBe(text);
  });

  test('unless they are asked for', () => {
    const text = '<endUserIdentifier>tel:+15550100</endUserIdentifier>';
    expect(maskedMessage(text, REVEAL)).toBe(text);
  });

  test.each([
    ['tel:+15550100', 'tel:+15****00'],
    ['tel:+1(555)01.00 sip:carol@example.com', 'tel:+15****00 sip:ca***@example.com'],
    ['short:12345', 'short:1***5'],
  ])('in a text: %s', (text, masked) => {
    expect(maskedAddresses(text)).toBe(masked);
  });
});

test('no message takes longer to mask than its length', () => {
  const most = 256 * 1024;
  for (const piece of ['<password ', '&lt;password ', 'a', '<a b="', '&password', "x='"]) {
    const text = `${piece.repeat(most / piece.length)}/>`;
    expect(maskedMessage(text, { reveal: false })).not.toBe('');
  }
});

describe('headers', () => {
  test.each([
    ['authorization', `Basic ${SECRET}`, 'Basic ***'],
    ['Authorization', SECRET, '***'],
    ['proxy-authorization', `Digest ${SECRET}`, 'Digest ***'],
    ['cookie', `id=${SECRET}`, '***'],
    ['Set-Cookie', `id=${SECRET}`, '***'],
    ['x-wsse', `UsernameToken PasswordDigest="${SECRET}"`, '***'],
    ['x-api-key', SECRET, '***'],
    ['x-msisdn', '15550100', '15****00'],
    ['content-length', '100000', '100000'],
    ['host', '127.0.0.1:18310', '127.0.0.1:18310'],
  ])('%s: %s', (name, value, shown) => {
    expect(maskedHeaders({ [name]: value }, { reveal: false })).toEqual({ [name]: shown });
  });

  test('numbers are shown to those who ask, secrets are not', () => {
    const headers = { 'x-msisdn': '15550100', cookie: SECRET, absent: undefined };
    expect(maskedHeaders(headers, REVEAL)).toEqual({ 'x-msisdn': '15550100', cookie: '***' });
  });
});

describe('bytes', () => {
  const message = `<?xml version="1.0"?><a><spPassword>${SECRET}</spPassword><n>15550100 é</n></a>`;
  const shown = '<a><spPassword>***</spPassword><n>15****00 é</n></a>';
  const show = (text: string) => maskedMessage(text, { reveal: false });
  const wide = Buffer.from(`\ufeff${message}`, 'utf16le');

  test.each([
    ['UTF-8', Buffer.from(message), 'text/xml'],
    ['ISO-8859-1', Buffer.from(message, 'latin1'), 'text/xml; charset=iso-8859-1'],
    ['UTF-16', wide, 'text/xml'],
    ['big-endian', Buffer.from(wide).swap16(), 'text/xml; charset=utf-16'],
    ['without a mark', wide.subarray(2), 'text/xml'],
  ])('in %s', (_encoding, bytes, type) => {
    expect(messageText(bytes, type, show)).toContain(shown);
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from(message, 'latin1'), 'text/xml; charset=utf-8'],
    ['UTF-16 that says UTF-8', wide, 'text/xml; charset=utf-8'],
    ['half a character at the end', wide.subarray(0, -1), 'text/xml'],
    ['an encoding that is not read', Buffer.from(message), 'text/xml; charset=koi8-r'],
  ])('that were refused: %s', (_what, bytes, type) => {
    const text = messageText(bytes, type, show);
    expect(text).toContain('<spPassword>***</spPassword><n>15****00');
  });

  test.each([
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]), 'text/xml', '[text/xml, 6 bytes]'],
    ['nothing', Buffer.alloc(0), undefined, ''],
  ])('%s', (_what, bytes, type, text) => {
    expect(messageText(bytes, type, show)).toBe(text);
  });

  const multipart = (...parts: readonly string[]) =>
    Buffer.from(`${parts.map((part) => `--b1\r\n${part}\r\n`).join('')}--b1--\r\n`, 'latin1');
  const type = 'multipart/related; type="text/xml"; boundary="b1"';

  test('of a message with attachments, part by part', () => {
    const bytes = multipart(
      `Content-Type: text/xml\r\nX-Token: 15550100\r\n\r\n<spPassword>${SECRET}</spPassword>`,
      'Content-Type: image/png\r\n\r\n\x89PNG\x00\x01',
      `Content-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n${SECRET}`,
      `<Password>${SECRET}</Password>`,
    );
    expect(messageText(bytes, type, show).split('\r\n')).toEqual([
      '--b1',
      'Content-Type: text/xml',
      'X-Token: 15****00',
      '',
      '<spPassword>***</spPassword>',
      '--b1',
      'Content-Type: image/png',
      '',
      '[image/png, 6 bytes]',
      '--b1',
      'Content-Type: text/xml',
      'Content-Transfer-Encoding: base64',
      '',
      '[text/xml in base64, 12 bytes]',
      '--b1',
      '<Password>***</Password>',
      '--b1--',
      '',
    ]);
  });

  test.each([
    ['no boundary', 'multipart/related', multipart(SECRET)],
    ['an unclosed part', type, Buffer.from(`--b1\r\n\r\n<Password>${SECRET}`)],
    ['another boundary', type, Buffer.from(`--b2\r\n\r\n<Password>${SECRET}</Password>`)],
  ])('of a message with attachments and %s', (_what, contentType, bytes) => {
    expect(messageText(bytes, contentType, show)).not.toContain('S3cr3t');
  });
});
