// Which rule an address falls under, and where receipts may go.
import { describe, expect, test } from '@jest/globals';
import { type DeliveryRule, deliveryTo } from '../../../src/messaging/delivery';
import { unusableEndpoint } from '../../../src/messaging/receipt-endpoint';

const rule = (address: string, outcome: DeliveryRule['outcome'] = 'never'): DeliveryRule => ({
  address,
  outcome,
  afterMs: 5,
});

describe('a pattern', () => {
  test.each([
    ['tel:+15550100', 'tel:+15550100', true],
    ['tel:+15550100', 'tel:+1555010', false],
    ['tel:+15550100', 'tel:+155501001', false],
    ['tel:+155501*', 'tel:+155501', true],
    ['tel:+155501*', 'tel:+15550199', true],
    ['tel:+155501*', 'tel:+15550200', false],
    ['*', 'sip:joe@example.com', true],
    ['*', '', true],
    ['*@example.com', 'sip:joe@example.com', true],
    ['*@example.com', 'sip:joe@example.com.evil', false],
    ['sip:*@*.com', 'sip:joe@example.com', true],
    ['sip:*@*.com', 'sip:joe.com', false],
    ['tel:*1*1', 'tel:11', true],
    ['tel:*1*1', 'tel:1', false],
    ['tel:+1*00', 'tel:+10', false],
    ['tel:**', 'tel:1', true],
    ['tel:+1555010.', 'tel:+15550100', false],
  ])('%s fits %s: %s', (pattern, address, fits) => {
    const { outcome } = deliveryTo(address, { rules: [rule(pattern)], deliveryDelayMs: 1 });
    expect(outcome === 'never').toBe(fits);
  });

  test('made of many stars costs no more than its length', () => {
    const pattern = `${'*1'.repeat(2_000)}*2`;
    const { outcome } = deliveryTo('1'.repeat(4_000), {
      rules: [rule(pattern)],
      deliveryDelayMs: 1,
    });
    expect(outcome).toBe('delivered');
  });
});

describe('a message', () => {
  const terms = {
    rules: [rule('tel:+15550101', 'impossible'), rule('tel:+155501*', 'uncertain')],
    deliveryDelayMs: 1_000,
  };

  test.each([
    ['tel:+15550101', { outcome: 'impossible', afterMs: 5 }],
    ['tel:+15550102', { outcome: 'uncertain', afterMs: 5 }],
    ['tel:+15550200', { outcome: 'delivered', afterMs: 1_000 }],
  ])('to %s falls under the first rule that fits', (address, expected) => {
    expect(deliveryTo(address, terms)).toEqual(expected);
  });
});

describe('a receipt may go to', () => {
  const hosts = new Set(['sp.example.com', '[2001:db8::1]']);

  test.each([
    'http://127.0.0.1:8080/receipts',
    'http://127.9.9.9/',
    'http://localhost/receipts',
    'https://LOCALHOST:8443/',
    'http://[::1]:8080/',
    'http://2130706433/',
    'http://0x7f.1/',
    'https://sp.example.com/receipts',
    'http://SP.example.com:81/',
    'http://[2001:db8:0::1]/',
  ])('%s', (endpoint) => {
    expect(unusableEndpoint(endpoint, hosts)).toBeUndefined();
  });

  test.each([
    [
      'http://other.example.com/',
      'is on other.example.com, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://sp.example.com.evil.org/',
      'is on sp.example.com.evil.org, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://localhost.evil.org/',
      'is on localhost.evil.org, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://128.0.0.1/',
      'is on 128.0.0.1, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://169.254.169.254/',
      'is on 169.254.169.254, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://0.0.0.0/',
      'is on 0.0.0.0, which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    [
      'http://[::ffff:10.0.0.1]/',
      'is on [::ffff:a00:1], which is not this machine and not among messaging.receipts.allowedHosts',
    ],
    ['http://127.0.0.1@sp.evil.org/', 'holds credentials'],
    ['http://user:secret@127.0.0.1/', 'holds credentials'],
    ['ftp://127.0.0.1/', 'is neither http nor https'],
    ['file:///etc/passwd', 'is neither http nor https'],
    ['127.0.0.1:8080/receipts', 'is no URL'],
    ['', 'is no URL'],
  ])('not %s', (endpoint, reason) => {
    expect(unusableEndpoint(endpoint, hosts)).toBe(reason);
  });
});
