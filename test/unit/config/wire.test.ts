// How a configuration says in what way applications are spoken with.
import { describe, expect, test } from '@jest/globals';
import { checkConfiguration } from '../../../src/config/check';
import { ConfigurationError } from '../../../src/config/problem';
import { resolveConfiguration } from '../../../src/config/resolve';
import { readSettings } from '../../../src/config/settings';
import { HUAWEI, PROFILES, STANDARD } from '../../../src/soap/profiles';
import type { WireTerms } from '../../../src/soap/wire-terms';

function resolved(configuration: unknown) {
  const input = checkConfiguration(configuration, 'f.yaml');
  return resolveConfiguration({ source: 'f.yaml', input });
}

function wireTerms(configuration: unknown, application = 'any'): WireTerms {
  return resolved(configuration).wireTermsOf(application);
}

function complaint(configuration: unknown): string {
  try {
    resolved(configuration);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('without a configuration: leniently, by the headers, without credentials', () => {
  const open = { strict: false, profile: undefined, credentials: undefined };
  expect(wireTerms({})).toEqual(open);
  expect(wireTerms({ server: { profile: 'auto' }, applications: { any: {} } })).toEqual(open);
});

test.each([
  [{ server: { strict: true } }, true],
  [{ server: { strict: true }, applications: { any: { strict: false } } }, false],
  [{ applications: { any: { strict: true } } }, true],
  [{ applications: { other: { strict: true } } }, false],
])('%j: strict %s', (configuration, strict) => {
  expect(wireTerms(configuration).strict).toBe(strict);
});

test.each([
  [{ server: { profile: 'huawei' } }, HUAWEI],
  [{ server: { profile: 'huawei' }, applications: { any: { profile: 'standard' } } }, STANDARD],
  [{ server: { profile: 'huawei' }, applications: { any: { profile: 'auto' } } }, undefined],
  [{ applications: { any: { profile: 'timwe' } } }, PROFILES.get('timwe')],
  [{ applications: { other: { profile: 'timwe' } } }, undefined],
])('%j: its profile', (configuration, profile) => {
  expect(wireTerms(configuration).profile).toEqual(profile);
});

describe('credentials', () => {
  const password = 'secret';
  const asked = { password, timeStampWindowMs: undefined, createdWindowMs: 300_000 };
  test.each<[string, unknown, WireTerms['credentials']]>([
    ['a password is asked for', { applications: { any: { credentials: { password } } } }, asked],
    [
      'unless it is not required',
      { applications: { any: { credentials: { password, required: false } } } },
      undefined,
    ],
    [
      'unless none is',
      { credentials: { required: false }, applications: { any: { credentials: { password } } } },
      undefined,
    ],
    [
      'of everyone: without a password there is no way in',
      { credentials: { required: true } },
      { ...asked, password: undefined },
    ],
    [
      'of everyone but one',
      {
        credentials: { required: true },
        applications: { any: { credentials: { required: false } } },
      },
      undefined,
    ],
    [
      'windows',
      {
        credentials: { timeStampWindowSeconds: 60, createdWindowSeconds: 10 },
        applications: { any: { credentials: { password } } },
      },
      { password, timeStampWindowMs: 60_000, createdWindowMs: 10_000 },
    ],
  ])('%s', (_, configuration, credentials) => {
    expect(wireTerms(configuration).credentials).toEqual(credentials);
  });
});

describe("profiles of one's own", () => {
  test('have what they say, and the rest of the one that they extend', () => {
    const profiles = {
      ours: {
        extends: 'huawei',
        texts: { POL0911: 'Too much in a month' },
        answers: { monthly_limit: { code: 'POL0911' } },
        amounts: 'minor units',
      },
      theirs: { extends: 'ours', detail: 'placeholders', referenceCodeCharacters: 30 },
    };
    expect(wireTerms({ server: { profile: 'theirs' }, profiles }).profile).toEqual({
      ...HUAWEI,
      name: 'theirs',
      texts: { ...HUAWEI.texts, POL0911: 'Too much in a month' },
      answers: { ...HUAWEI.answers, monthly_limit: { code: 'POL0911', variables: [] } },
      amounts: 'minor units',
      detail: 'placeholders',
      referenceCodeCharacters: 30,
    });
  });

  test('have no limit of the one that they extend where theirs is null', () => {
    const free = {
      extends: 'timwe',
      referenceCodeCharacters: null,
      reservationIdentifierDigits: null,
      amountDigits: null,
      billingText: null,
    };
    const { profile } = wireTerms({ server: { profile: 'free' }, profiles: { free } });
    expect(profile).toEqual({
      ...PROFILES.get('timwe'),
      name: 'free',
      referenceCodeCharacters: undefined,
      amountDigits: undefined,
    });
  });
});

const NAMES = 'auto, standard, huawei, oracle, ericsson-emm, timwe';

const PASSWORD =
  'applications.shop.credentials.password: found something else, expected a text in quotes without white space at its ends';

test.each([
  [
    { server: { profile: 'hauwei' } },
    `server.profile: found "hauwei", expected one of ${NAMES}; did you mean "huawei"?`,
  ],
  [
    { applications: { shop: { profile: 'x' } }, profiles: { own: { extends: 'standard' } } },
    `applications.shop.profile: found "x", expected one of ${NAMES}, own`,
  ],
  [
    { profiles: { own: { extends: 'y' } } },
    'profiles.own.extends: found "y", expected one of standard, huawei, oracle, ericsson-emm, timwe',
  ],
  [
    { profiles: { own: { extends: 'timwe', answerVersions: { v3_1: 'v9_9' } } } },
    'profiles.own.answerVersions.v3_1: v9_9 is none of v4_0, v3_1, v2_1, v2_0',
  ],
  [
    { profiles: { own: { extends: 'timwe', answerVersions: { v9_9: 'v3_1' } } } },
    'profiles.own.answerVersions.v9_9: v9_9 is none of v4_0, v3_1, v2_1, v2_0',
  ],
  [
    { profiles: { huawei: { extends: 'standard' } } },
    'profiles.huawei: this is the name of a built-in profile',
  ],
  [
    { profiles: { auto: { extends: 'standard' } } },
    'profiles.auto: this is the name of a built-in profile',
  ],
  [
    { profiles: { own: {} } },
    'profiles.own.extends: is missing, expected standard, huawei, oracle, ericsson-emm, timwe or a name of profiles',
  ],
  [
    { profiles: { own: { extends: 'standard', faultcode: 'Code' } } },
    'profiles.own.faultcode: found "Code", expected one of Server, code; did you mean "code"?',
  ],
  [
    {
      profiles: {
        own: { extends: 'standard', answers: { insufficient_fund: { code: 'SVC0270' } } },
      },
    },
    'profiles.own.answers.insufficient_fund: unknown reason, did you mean "insufficient_funds"?',
  ],
  [
    { profiles: { own: { extends: 'standard', answers: { busy: { code: 'SVC0999' } } } } },
    'profiles.own.answers.busy: SVC0999 is no code of the standard, so texts must say its text',
  ],
  [
    { credentials: { required: 'yes' } },
    'credentials.required: found "yes", expected true or false',
  ],
  [{ applications: { shop: { credentials: { password: 4711 } } } }, PASSWORD],
  [{ applications: { shop: { credentials: { password: ' 4711' } } } }, PASSWORD],
  [{ applications: { shop: { credentials: { password: '4711\n' } } } }, PASSWORD],
])('%j is refused', (configuration, message) => {
  expect(complaint(configuration)).toBe(`f.yaml: ${message}`);
});

test.each([
  [{ strict: true }, {}, { strict: true }],
  [{}, { PARLAYX_STRICT: 'yes' }, { strict: true }],
  [{ profile: 'huawei' }, { PARLAYX_PROFILE: 'timwe' }, { profile: 'huawei' }],
  [{}, { PARLAYX_PROFILE: 'timwe' }, { profile: 'timwe' }],
])('flags %j, environment %j', (flags, environment, server) => {
  expect(readSettings(flags, environment).server).toEqual(server);
});
