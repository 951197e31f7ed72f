// What is refused before a message is read, and how plain answers look.
import { describe, expect, test } from '@jest/globals';
import { HTTP_LIMITS } from '../../../src/limits';
import { HttpRefusal } from '../../../src/soap/rejection';
import {
  type Headers,
  refuseHeaders,
  refuseTransport,
  writeRefusal,
} from '../../../src/soap/transport';
import { post } from './support';

const full = new Uint8Array(HTTP_LIMITS.bodyBytes);
const tooMuch = new Uint8Array(HTTP_LIMITS.bodyBytes + 1);

describe('refused', () => {
  test.each<[number, string, Uint8Array, Headers]>([
    [415, 'gzip', full, { 'content-encoding': 'gzip' }],
    [415, 'an encoding after identity', full, { 'content-encoding': 'identity, gzip' }],
    [415, 'gzip before all else', new Uint8Array(), { 'content-encoding': 'gzip' }],
    [413, 'a body above the limit', tooMuch, {}],
    [413, 'a declared length above the limit', full, { 'content-length': String(tooMuch.length) }],
    [400, 'an empty body', new Uint8Array(), {}],
  ])('%i: %s', (status, _what, bytes, headers) => {
    const refusal = refuseTransport(post(bytes, headers));
    expect(refusal).toBeInstanceOf(HttpRefusal);
    expect(refusal?.status).toBe(status);
  });
});

test.each<[string, Headers]>([
  ['no encoding', {}],
  ['identity', { 'content-encoding': 'Identity' }],
  ['an empty encoding', { 'content-encoding': '' }],
  ['the greatest length', { 'content-length': String(full.length) }],
])('taken: %s', (_what, headers) => {
  expect(refuseTransport(post(full, headers))).toBeUndefined();
});

test('headers alone can refuse, so that a body need not be read', () => {
  expect(refuseHeaders({ 'content-length': '999999999' })?.status).toBe(413);
  expect(refuseHeaders({ 'content-encoding': 'br' })?.status).toBe(415);
  expect(refuseHeaders({ 'content-length': '10' })).toBeUndefined();
});

test('a refusal is one sentence of plain text', () => {
  const { status, headers, bytes } = writeRefusal(new HttpRefusal(415, 'Send it plain.'));
  expect([status, headers, bytes.toString()]).toEqual([
    415,
    { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': '15' },
    'Send it plain.\n',
  ]);
});
