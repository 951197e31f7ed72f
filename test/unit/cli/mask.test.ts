// What a log may show of a subscriber, and that a request cannot forge lines of it.
import { describe, expect, test } from '@jest/globals';
import { masked, maskedStack, maskedSubject } from '../../../src/cli/mask';

test.each([
  ['tel:+4915112345678', 'tel:+4915*******78'],
  ['tel:+15550100', 'tel:+15****00'],
  ['tel:12345', 'tel:1***5'],
  ['tel:123', 'tel:123'],
  ['tel:+15550100 tel:+15550101', 'tel:+15****00 tel:+15****01'],
  ['sip:alice.b@example.com', 'sip:al***@example.com'],
  ['sip:a@example.com', 'sip:a***@example.com'],
  ['the wallet of tel:+15550100 holds 0.50 EUR', 'the wallet of tel:+15****00 holds 0.50 EUR'],
  ['line\nbreak\r\tand \u001b[31m', 'line\\u000abreak\\u000d\\u0009and \\u001b[31m'],
  ['right-to-left \u202e and \u2028', 'right-to-left \\u202e and \\u2028'],
  ['Käse für 日本', 'Käse für 日本'],
])('%j is logged as %j', (text, logged) => {
  expect(masked(text)).toBe(logged);
});

test.each([
  ['tel:+15550100', 'tel:+15****00'],
  ['x'.repeat(129), 'x'.repeat(128)],
  [`sip:${'x'.repeat(200)}@example.com`, 'sip:xx***@example.com'],
  [`${'x'.repeat(120)} +15550100`, `${'x'.repeat(120)} +15****`],
])('the subject %j is logged as %j', (subject, logged) => {
  expect(maskedSubject(subject)).toBe(logged);
});

describe('in the stack of a defect', () => {
  test.each([
    ['    at read (/srv/build-20261120/src/a.js:1:123456)'],
    ['    at /srv/1234567890-app/a.js:10:5'],
    ['    at async file:///srv/r1234567/a.mjs:10:5'],
    ['    at C:\\build12345\\a.js:10:5'],
    ['    at send (/srv/.pnpm/soap@1.13.0/node_modules/@soap/a.js:10:5)'],
    ['    at node:internal/process/task_queues:95:5'],
    ["Error: ENOENT: no such file or directory, open '/tmp/data-7654321/default.db'"],
  ])('%j stays as it is', (line) => {
    expect(maskedStack(line)).toBe(line);
  });

  test.each([
    ['Error: no tel:+15550100', 'Error: no tel:+15****00'],
    ['Error: no 15550100', 'Error: no 15****00'],
    ['Error: no sip:alice@example.com', 'Error: no sip:al***@example.com'],
    ['    at tel:+15550100 (/a12345.js:1:2)', '    at tel:+15****00 (/a12345.js:1:2)'],
    ['GET /wallets/tel:+15550100/x', 'GET /wallets/tel:+15****00/x'],
    ['GET /wallets/tel:15550100', 'GET /wallets/tel:15****00'],
    ['GET /wallets/tel%3A%2B15550100', 'GET /wallets/tel%3A%2B15****00'],
    ['GET /wallets/15550100', 'GET /wallets/15****00'],
    ['GET /wallets?of=15550100&x', 'GET /wallets?of=15****00&x'],
    ['GET /wallets/sip:alice@example.com', 'GET /wallets/sip:al***@example.com'],
    ['GET http://host/wallets/15550100', 'GET http://host/wallets/15****00'],
    ['Error: a\n    at /a.js:1:2', 'Error: a\\u000a    at /a.js:1:2'],
  ])('%j is logged as %j', (text, logged) => {
    expect(maskedStack(text)).toBe(logged);
  });
});
