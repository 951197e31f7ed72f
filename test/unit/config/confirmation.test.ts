// What a configuration says of evidence and refunds, and what it registers.
import { describe, expect, test } from '@jest/globals';
import { checkConfiguration, checkSeed } from '../../../src/config/check';
import { ConfigurationError } from '../../../src/config/problem';
import { resolveConfiguration } from '../../../src/config/resolve';

function resolved(configuration: unknown, seed?: unknown) {
  return resolveConfiguration(
    { source: 'f.yaml', input: checkConfiguration(configuration, 'f.yaml') },
    seed === undefined ? undefined : { source: 'seed.yaml', input: checkSeed(seed, 'seed.yaml') },
  );
}

function termsOf(configuration: unknown, application = 'any') {
  const { confirmation, refunds, policy } = resolved(configuration).termsOf(application);
  const { mode, accepts, windowMs } = confirmation;
  return { mode, accepts: [...accepts], windowMs, refunds, most: policy.MaximumConfirmationRefs };
}

const DEFAULTS = {
  mode: 'when-present',
  accepts: ['DeliveredToTerminal'],
  windowMs: undefined,
  refunds: 'open',
  most: 10,
};

describe('the terms', () => {
  const general = {
    policies: { MaximumConfirmationRefs: 5 },
    confirmation: { mode: 'required', windowSeconds: 60 },
    refunds: 'linked',
  };
  const stated = { ...DEFAULTS, mode: 'required', windowMs: 60_000, refunds: 'linked', most: 5 };

  test.each<[string, unknown, unknown]>([
    ['unstated', {}, DEFAULTS],
    ['stated', general, stated],
    ['of an application that states nothing', { ...general, applications: { any: {} } }, stated],
    [
      'of an application that states some of it',
      {
        ...general,
        applications: {
          any: {
            policies: { MaximumConfirmationRefs: 2 },
            confirmation: { accepts: ['DeliveredToNetwork', 'DeliveredToTerminal'] },
            refunds: 'open',
          },
        },
      },
      {
        ...stated,
        accepts: ['DeliveredToNetwork', 'DeliveredToTerminal'],
        refunds: 'open',
        most: 2,
      },
    ],
    [
      'of an application that has it looser, which is between it and its operator',
      { ...general, applications: { any: { confirmation: { mode: 'off' } } } },
      { ...stated, mode: 'off' },
    ],
    ['sections without a value', { confirmation: null, evidence: null }, DEFAULTS],
  ])('%s', (_what, configuration, terms) => {
    expect(termsOf(configuration)).toEqual(terms);
  });
});

describe('the evidence', () => {
  test('is registered after the subscribers, that of a seed last', () => {
    const { provision } = resolved(
      {
        accounts: { countryCode: '49' },
        evidence: [
          {
            reference: ' ticket-7 ',
            application: 'shop',
            service: 'cinema',
            subscribers: ['tel:0155-50100', 'sip:carol@example.com'],
            outcome: 'uncertain',
          },
        ],
        subscribers: [{ address: 'tel:+4915550100' }],
      },
      { evidence: [{ reference: 'b', application: 'shop', subscribers: ['tel:+4915550101'] }] },
    );
    expect(provision.slice(1)).toEqual([
      {
        kind: 'issue',
        application: 'shop',
        service: 'cinema',
        reference: 'ticket-7',
        recipients: [
          { subscriber: 'tel:+4915550100', outcome: 'uncertain', afterMs: 0 },
          { subscriber: 'sip:carol@example.com', outcome: 'uncertain', afterMs: 0 },
        ],
      },
      {
        kind: 'issue',
        application: 'shop',
        service: 'registered',
        reference: 'b',
        recipients: [{ subscriber: 'tel:+4915550101', outcome: 'delivered', afterMs: 0 }],
      },
    ]);
  });
});

const ticket = { reference: 'a', application: 'shop', subscribers: ['tel:+15550100'] };

describe('evidence of a seed that is in the configuration too', () => {
  const OTHERWISE =
    'seed.yaml: evidence[0].reference: "a" is in the configuration already, with another application, service or subscribers';

  test.each<[object, string]>([
    [{ subscribers: ['+15550100'], outcome: 'never' }, 'accepted'],
    [{ application: 'game' }, OTHERWISE],
    [{ service: 'cinema' }, OTHERWISE],
    [{ subscribers: ['tel:+15550101'] }, OTHERWISE],
  ])('%j: %s', (changes, message) => {
    expect(complaint({ evidence: [ticket] }, { evidence: [{ ...ticket, ...changes }] })).toBe(
      message,
    );
  });
});

describe('what cannot be meant', () => {
  test.each<[unknown, string]>([
    [
      { confirmation: { mode: 'require' } },
      'confirmation.mode: found "require", expected one of off, when-present, required; did you mean "required"?',
    ],
    [
      { confirmation: { accepts: ['Delivered'] } },
      'confirmation.accepts[0]: found "Delivered", expected one of DeliveredToTerminal, DeliveredToNetwork, DeliveryUncertain',
    ],
    [
      { confirmation: { accepts: [] } },
      'confirmation.accepts: found an empty list, expected a list of delivery states, such as [DeliveredToTerminal]',
    ],
    [
      { confirmation: { windowSeconds: 0 } },
      'confirmation.windowSeconds: found the number 0, expected a whole number of 1 or more',
    ],
    [{ refunds: 'strict' }, 'refunds: found "strict", expected one of open, linked'],
    [
      { applications: { shop: { policies: { MaximumConfirmationRefs: 11 } } } },
      'applications.shop.policies.MaximumConfirmationRefs: 11 is looser than the general 10; ' +
        'the policy of an application can only be more restrictive (TS 29.199-1)',
    ],
    [
      { evidence: [{ ...ticket, subscribers: [] }] },
      'evidence[0].subscribers: found an empty list, expected a list of addresses',
    ],
    [
      { evidence: [{ ...ticket, reference: 'x'.repeat(129) }] },
      `evidence[0].reference: found "${'x'.repeat(57)}...", expected a text in quotes of at most 128 characters`,
    ],
    [
      { evidence: [{ ...ticket, reference: 'MMS000000000000042' }] },
      'evidence[0].reference: found "MMS000000000000042", expected a name that is not SMS, MMS or SVC with fifteen digits, as ledgers make them',
    ],
    [
      { evidence: [ticket, { ...ticket, application: 'game' }] },
      'evidence[1].reference: is there already, as entry 0',
    ],
    [
      { evidence: [{ ...ticket, subscribers: ['tel:*'] }] },
      'evidence[0].subscribers[0]: found "tel:*", expected an address of one subscriber such as "tel:+15550100"',
    ],
    [
      { evidence: [{ ...ticket, subscribers: ['+15550100', 'tel:+1-555-0100'] }] },
      'evidence[0].subscribers[1]: tel:+15550100 is there already',
    ],
    [
      { evidence: [{ ...ticket, outcome: 'lost' }] },
      'evidence[0].outcome: found "lost", expected one of delivered, impossible, uncertain, never',
    ],
  ])('%j', (configuration, message) => {
    expect(complaint(configuration)).toBe(`f.yaml: ${message}`);
  });
});

function complaint(configuration: unknown, seed?: unknown): string {
  try {
    resolved(configuration, seed);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
}
