// The messaging section: what it comes to, and what in it cannot be meant.
import { describe, expect, test } from '@jest/globals';
import { loadObjects } from '../../../src/config/load';

const messagingOf = (messaging: object | null) => loadObjects({ messaging }, undefined).messaging;

describe('the terms', () => {
  test.each([[{}], [null], [{ outcomes: [], receipts: null }]])(
    'of %j are the defaults',
    (input) => {
      expect(messagingOf(input)).toEqual({
        rules: [],
        deliveryDelayMs: 1_000,
        receiptHosts: new Set(),
      });
    },
  );

  test('are in milliseconds, a rule may leave the delay to the general one', () => {
    const terms = messagingOf({
      deliveryDelaySeconds: 0.25,
      outcomes: [
        { address: ' tel:+15550101 ', outcome: 'impossible', delaySeconds: 0 },
        { address: 'tel:+155502*', outcome: 'never' },
        { address: '*', outcome: 'delivered', delaySeconds: 90 },
      ],
      receipts: { allowedHosts: ['SP.example.com', '[2001:db8::1]', '192.0.2.1'] },
    });
    expect(terms).toEqual({
      rules: [
        { address: 'tel:+15550101', outcome: 'impossible', afterMs: 0 },
        { address: 'tel:+155502*', outcome: 'never' },
        { address: '*', outcome: 'delivered', afterMs: 90_000 },
      ],
      deliveryDelayMs: 250,
      receiptHosts: new Set(['sp.example.com', '[2001:db8::1]', '192.0.2.1']),
    });
  });
});

describe('the address of a rule', () => {
  test.each([
    ['tel:+1-555-0199', 'tel:+15550199'],
    [' TEL:+1(555)01.99 ', 'tel:+15550199'],
    ['+15550199', 'tel:+15550199'],
    ['tel:0155-50199', 'tel:+4915550199'],
    ['4915550199', 'tel:+4915550199'],
    ['sip:Joe@EXAMPLE.com', 'sip:Joe@example.com'],
    ['tel:0155*', 'tel:0155*'],
  ])('%s is %s, as in requests', (address, normal) => {
    const { messaging } = loadObjects(
      {
        accounts: { countryCode: '49' },
        messaging: { outcomes: [{ address, outcome: 'never' }] },
      },
      undefined,
    );
    expect(messaging.rules).toEqual([{ address: normal, outcome: 'never' }]);
  });
});

describe('refused', () => {
  const outcome = (rule: object) => ({
    outcomes: [{ address: 'tel:+1*', outcome: 'never', ...rule }],
  });
  const pattern = 'expected a pattern with its scheme, such as "tel:+155501*"';
  const one = 'expected an address of one subscriber such as "tel:+15550100"';
  const host = 'expected a host name without scheme, port or path';
  const seconds = 'expected a number of seconds from 0 to 31536000, such as 1 or 0.5';

  test.each<[object, string]>([
    [
      outcome({ address: '+155501*' }),
      `messaging.outcomes[0].address: found "+155501*", ${pattern}`,
    ],
    [outcome({ address: 'TEL:+1*' }), `messaging.outcomes[0].address: found "TEL:+1*", ${pattern}`],
    [outcome({ address: 'tel:1' }), `messaging.outcomes[0].address: found "tel:1", ${one}`],
    [
      outcome({ outcome: 'lost' }),
      'messaging.outcomes[0].outcome: found "lost", expected one of delivered, impossible, uncertain, never',
    ],
    [
      outcome({ delaySeconds: -1 }),
      `messaging.outcomes[0].delaySeconds: found the number -1, ${seconds}`,
    ],
    [{ deliveryDelaySeconds: '1' }, `messaging.deliveryDelaySeconds: found "1", ${seconds}`],
    [
      { receipts: { allowedHosts: ['http://a.example'] } },
      `messaging.receipts.allowedHosts[0]: found "http://a.example", ${host}`,
    ],
    [
      { receipts: { allowedHosts: ['a.example', 'b.example:80'] } },
      `messaging.receipts.allowedHosts[1]: found "b.example:80", ${host}`,
    ],
    [
      { receipts: { allowedHosts: ['*.example'] } },
      `messaging.receipts.allowedHosts[0]: found "*.example", ${host}`,
    ],
    [{ delay: 1 }, 'messaging.delay: unknown key'],
  ])('%j', (messaging, message) => {
    expect(() => messagingOf(messaging)).toThrow(`configuration: ${message}`);
  });
});
