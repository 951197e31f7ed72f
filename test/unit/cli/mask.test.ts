// What a log may show of a subscriber, and that a request cannot forge lines of it.
import { expect, test } from '@jest/globals';
import { masked } from '../../../src/cli/mask';

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
