// Messages with attachments: which part is the envelope, and what is no whole multipart message.
import { describe, expect, test } from '@jest/globals';
import { HTTP_LIMITS, MIME_LIMITS } from '../../../src/limits';
import { isMultipart, rootPart } from '../../../src/soap/mime';
import { HttpRefusal, SoapFault } from '../../../src/soap/rejection';
import { refuseTransport } from '../../../src/soap/transport';
import { post } from './support';

const TYPE = 'multipart/related; type="text/xml"; boundary=b';
const ENVELOPE = '<Envelope/>';

/** Lines as RFC 2046 wants them. */
const lines = (...text: readonly string[]): Buffer => Buffer.from(text.join('\r\n'), 'latin1');

const whole = (...parts: readonly string[]): Buffer =>
  lines(...parts.flatMap((part) => ['--b', part]), '--b--', '');

function root(body: Buffer, contentType = TYPE) {
  const { bytes, ...others } = rootPart(body, contentType);
  return { ...others, text: Buffer.from(bytes).toString('latin1') };
}

function refusalOf(body: Buffer, contentType = TYPE): SoapFault | HttpRefusal {
  try {
    rootPart(body, contentType);
  } catch (error) {
    if (error instanceof SoapFault || error instanceof HttpRefusal) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the type', () => {
  test.each([
    [TYPE, true],
    ['Multipart/Related;boundary=b', true],
    ['multipart/related', true],
    ['multipart/relatedness; boundary=b', false],
    ['multipart/form-data; boundary=b', false],
    ['text/xml; charset=utf-8', false],
    [undefined, false],
  ])('%s: %s', (contentType, expected) => {
    expect(isMultipart(contentType)).toBe(expected);
  });
});

describe('the envelope', () => {
  const PICTURE = 'Content-Type: image/gif\r\nContent-ID: <pic>\r\n\r\nGIF\x00\xff';
  const XML = `Content-Type: text/xml; charset=UTF-8\r\nContent-ID: <root@sp>\r\n\r\n${ENVELOPE}`;

  test('is the first part', () => {
    expect(root(whole(XML, PICTURE, PICTURE))).toEqual({
      text: ENVELOPE,
      contentType: 'text/xml; charset=UTF-8',
      attachments: 2,
    });
  });

  test.each(['"<root@sp>"', '<root@sp>', '"root@sp"'])(
    'is the part that start=%s names, wherever it stands',
    (start) => {
      const { text, attachments } = root(whole(PICTURE, XML), `${TYPE}; start=${start}`);
      expect([text, attachments]).toEqual([ENVELOPE, 1]);
    },
  );

  test('is of the type that the whole message states, when it has none of its own', () => {
    expect(root(whole(`\r\n${ENVELOPE}`)).contentType).toBe('text/xml');
  });

  test('of a toolkit with MTOM is a part like any other', () => {
    const own = 'application/xop+xml; charset=UTF-8; type="text/xml"';
    const type = `multipart/related; type="application/xop+xml"; start="<0>"; boundary="uuid:4f+x"; start-info="text/xml"`;
    const part = `Content-Type: ${own}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <0>`;
    const body = lines('--uuid:4f+x', part, '', ENVELOPE, '--uuid:4f+x--');
    expect(root(body, type)).toEqual({ text: ENVELOPE, contentType: own, attachments: 0 });
  });

  test.each<[what: string, body: Buffer]>([
    [
      'a preamble and an epilogue',
      lines('For old readers.', '--b', '', ENVELOPE, '--b--', 'The end'),
    ],
    ['spaces after the delimiter', lines('--b \t', '', ENVELOPE, '--b--  ')],
    ['line feeds alone', Buffer.from(`--b\nContent-Type: text/xml\n\n${ENVELOPE}\n--b--\n`)],
    ['a folded header', whole(`Content-Type: text/xml;\r\n charset=UTF-8\r\n\r\n${ENVELOPE}`)],
    ['no end of the last line', lines('--b', '', ENVELOPE, '--b--')],
  ])('is read with %s', (_what, body) => {
    expect(root(body).text).toBe(ENVELOPE);
  });

  test('keeps what looks like a delimiter and is none', () => {
    const text = `<a>--b</a>\r\n--bc\r\n--b-- x`;
    expect(root(whole(`\r\n${text}`)).text).toBe(text);
  });

  test('keeps the line breaks that are its own', () => {
    expect(root(whole(`\r\n\r\n${ENVELOPE}\r\n`)).text).toBe(`\r\n${ENVELOPE}\r\n`);
  });

  test('may stand beside a part of headers alone', () => {
    expect(root(whole(`\r\n${ENVELOPE}`, 'Content-ID: <empty>'))).toMatchObject({
      text: ENVELOPE,
      attachments: 1,
    });
  });
});

describe('refused as a fault Client', () => {
  const part = `\r\n${ENVELOPE}`;

  test.each<[what: string, body: Buffer, contentType: string, sentence: string]>([
    ['no boundary', whole(part), 'multipart/related', 'names no boundary of 1 to 70 characters'],
    [
      'an empty boundary',
      whole(part),
      'multipart/related; boundary=""',
      'names no boundary of 1 to 70 characters',
    ],
    [
      'a long boundary',
      whole(part),
      `multipart/related; boundary=${'b'.repeat(71)}`,
      'names no boundary of 1 to 70 characters',
    ],
    [
      'a boundary of other characters',
      whole(part),
      'multipart/related; boundary="b*b"',
      'names no boundary of 1 to 70 characters',
    ],
    ['another boundary', whole(part), 'multipart/related; boundary=c', 'has no closing delimiter'],
    ['a body that breaks off', lines('--b', '', ENVELOPE, '--b'), TYPE, 'has no closing delimiter'],
    ['an empty message', lines('--b--', ''), TYPE, 'holds no part'],
    [
      'a start that names nothing',
      whole(part),
      `${TYPE}; start="<x>"`,
      'has no part that its start names',
    ],
    [
      'a part without headers or an empty line',
      whole(ENVELOPE),
      TYPE,
      'has a part with a line among its headers that is none',
    ],
    [
      'headers without end',
      whole(`A: ${'x'.repeat(MIME_LIMITS.partHeaderBytes)}`),
      TYPE,
      `has a part with more than ${MIME_LIMITS.partHeaderBytes} bytes of headers`,
    ],
    [
      'too many parts',
      whole(...Array.from({ length: MIME_LIMITS.parts + 1 }, () => part)),
      TYPE,
      `has more than ${MIME_LIMITS.parts} parts`,
    ],
  ])('%s', (_what, body, contentType, sentence) => {
    expect(refusalOf(body, contentType)).toEqual(
      new SoapFault('Client', `The multipart message ${sentence}.`),
    );
  });

  test('an envelope in base64 is 415', () => {
    const refusal = refusalOf(whole(`Content-Transfer-Encoding: BASE64\r\n\r\nPEVudmVsb3BlLz4=`));
    expect(refusal).toBeInstanceOf(HttpRefusal);
    expect(refusal).toMatchObject({ status: 415 });
  });
});

describe('its length', () => {
  const headers = { 'content-type': TYPE };

  test('may be more than that of an envelope alone', () => {
    const bytes = new Uint8Array(HTTP_LIMITS.multipartBytes);
    expect(refuseTransport(post(bytes, headers))).toBeUndefined();
  });

  test('has its own limit', () => {
    const bytes = new Uint8Array(HTTP_LIMITS.multipartBytes + 1);
    expect(refuseTransport(post(bytes, headers))?.status).toBe(413);
  });
});
