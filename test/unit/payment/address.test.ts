import { describe, expect, test } from '@jest/globals';
import { normaliseAddress } from '../../../src/payment/address';

describe('TS 29.199-1: endUserIdentifier in its normal form', () => {
  test.each([
    ['tel:+15550100', 'tel:+15550100'],
    ['tel:15550100', 'tel:15550100'],
    ['TEL:+1-555-0100', 'tel:+15550100'],
    ['tel:(0)155.50-100', 'tel:015550100'],
    ['tel:+15550100;phone-context=example.com', 'tel:+15550100'],
    ['sip:alice@Example.COM', 'sip:alice@example.com'],
    ['SIP:alice@example.com;transport=tcp', 'sip:alice@example.com'],
    ['sips:alice@example.com:5061', 'sips:alice@example.com:5061'],
    ['short:12345', 'short:12345'],
    ['acr:4f3a', 'acr:4f3a'],
    ['alias:bob@home/1', 'alias:bob@home/1'],
  ])('%s is %s', (text, address) => {
    expect(normaliseAddress(text)).toEqual({ address });
  });

  test.each(['15550100', '+15550100', '123'])(
    '%s without a scheme is read, as a deviation',
    (text) => {
      expect(normaliseAddress(text)).toEqual({
        address: `tel:${text}`,
        deviation: 'address.scheme',
      });
    },
  );

  test.each([
    '',
    'tel:',
    'tel:+',
    'tel:12',
    'tel:1234567890123456',
    'tel:*',
    'tel:+1555*',
    'tel:+1555?',
    'tel:abc',
    'tel:+1555 0100',
    '12',
    '1234567890123456',
    'alice',
    'sip:alice',
    'sip:*@example.com',
    'short:',
    'short:12a',
    'alias:',
    'alias:a*',
    'alias:a b',
    'alias:a\nb',
    'http://example.com/15550100',
    'alias:x?select=1',
    '://x',
  ])('%j names no single subscriber', (text) => {
    expect(normaliseAddress(text)).toBeUndefined();
  });
});

describe('a country code makes national and international numbers one account', () => {
  test.each([
    ['tel:0821234567', 'tel:+27821234567'],
    ['tel:0027821234567', 'tel:+27821234567'],
    ['tel:27821234567', 'tel:+27821234567'],
    ['tel:+27821234567', 'tel:+27821234567'],
    ['tel:+15550100', 'tel:+15550100'],
    ['tel:15550100', 'tel:15550100'],
  ])('%s is %s', (text, address) => {
    expect(normaliseAddress(text, '27')?.address).toBe(address);
  });
});
