// The shape of a configuration file and of a seed file, defined once: validation, TypeScript types and JSON Schema
// all come from here. What depends on more than one value is judged in resolve.ts.
import { z } from 'zod';
import { TIME_METRICS } from '../ledger/time';
import {
  CONFIRMATION_VERSIONS,
  LOG_FORMATS,
  LOG_LEVELS,
  ORIGIN,
  TOKEN,
  TOKEN_RULE,
  WSDL_VERSIONS,
} from './configuration';
import { confirmation, evidence, refunds } from './confirmation-schema';
import { faultRulesSchema } from './fault-schema';
import { INSTANT_RULE, instantIn } from './instant';
import { messaging } from './messaging-schema';
import { sandboxes } from './sandboxes-schema';
import { about, choice, secret, section, value } from './schema-words';

const text = value(z.string().trim().min(1), 'a text');
const flag = value(z.boolean(), 'true or false');
const currency = value(z.string().trim().min(1), 'a currency code such as EUR');

/** Quotes keep every digit as written; a YAML or JSON number with a fraction passes through floating point. */
const money = value(
  z.union([z.string().regex(/^\s*\+?(\d+\.?\d*|\.\d+)\s*$/), z.int().min(0)]),
  'an amount of zero or more, written in quotes: "50.00"',
);

const quantity = value(z.int().min(1), 'a whole number of 1 or more');

const duration = section({
  metric: value(z.enum(TIME_METRICS), `one of ${TIME_METRICS.join(', ')}`),
  units: quantity,
});

const limits = value(
  z.record(z.string().min(1), money),
  'amounts by currency, such as { EUR: "50.00" }',
);

/** The service policies of TS 29.199-6 clause 10 under their names, and the agreement's limits. */
const policies = section({
  Currency: about(currency, 'Used when a request names no currency.').optional(),
  MaximumEndUserIdentifier: about(quantity, 'The most payers of one split (POL0250).').optional(),
  SplitChargingAvailable: about(flag, 'Whether splits are allowed (POL0251).').optional(),
  ReservationDuration: about(duration, 'How long a reservation runs.').optional(),
  MaximumDescriptions: about(quantity, 'The most description entries (POL0012).').optional(),
  MaximumConfirmationRefs: about(quantity, 'The most confirmationRefs (POL0252).').optional(),
  maximumAmountPerTransaction: about(limits, 'The most of one charge or reservation.').optional(),
  maximumAmountPerMonth: about(
    limits,
    'The most that one application may charge one subscriber in a calendar month (UTC).',
  ).optional(),
  allowedCurrencies: about(
    value(z.array(currency).min(1), 'a list of currency codes'),
    'The currencies that may be charged; all known ones when absent.',
  ).optional(),
});

const references = section({
  duplicates: about(
    value(z.enum(['report', 'reject', 'replay']), 'one of report, reject, replay'),
    'What happens to a reference code that is used again.',
  ).optional(),
});

const tariffs = value(
  z.array(
    section({
      unit: about(text, 'The unit that is rated, such as messages.'),
      contract: about(text, 'Only for requests with this contract.').optional(),
      service: about(text, 'Only for requests with this service.').optional(),
      operation: about(text, 'Only for requests with this operation.').optional(),
      currency: about(currency, 'The policy Currency when absent.').optional(),
      price: about(money, 'What `per` units cost.'),
      per: about(quantity, 'The volume that the price pays for; 1 when absent.').optional(),
      rounding: about(
        value(z.enum(['half_up', 'up', 'down']), 'one of half_up, up, down'),
        'How a total is brought to whole cents; half_up when absent.',
      ).optional(),
      description: text.optional(),
    }),
  ),
  'a list of tariffs',
);

const prices = value(
  z.array(
    section({
      code: about(value(z.string().min(1), 'a text in quotes'), 'The charging code.'),
      amount: money,
      currency: about(currency, 'The policy Currency when absent.').optional(),
    }),
  ),
  'a list of prices',
);

const subscribers = value(
  z.array(
    section({
      address: about(
        value(z.string().trim().min(1), 'an address in quotes, such as "tel:+15550100"'),
        'The endUserIdentifier.',
      ),
      status: about(
        value(z.enum(['active', 'barred']), 'one of active, barred'),
        'From this start on. When absent: as before, and active at first.',
      ).optional(),
      wallets: value(
        z.array(
          section({
            currency: about(currency, 'The policy Currency when absent.').optional(),
            balance: money,
            creditLimit: about(money, 'How far the wallet may go below zero.').optional(),
          }),
        ),
        'a list of wallets',
      ).optional(),
    }),
  ),
  'a list of subscribers',
);

const profile = value(
  z.string().trim().min(1),
  'auto, standard, huawei, oracle, ericsson-emm, timwe or a name of profiles',
);

const baseProfile = value(
  z.string().trim().min(1),
  'standard, huawei, oracle, ericsson-emm, timwe or a name of profiles',
);

const texts = value(
  z.record(z.string().regex(/^[A-Z]{3}\d{4}$/), z.string().min(1)),
  'texts by code, such as { SVC0001: Service Error }',
);

const answers = value(
  z.record(
    z.string().min(1),
    section({
      code: value(z.string().regex(/^[A-Z]{3}\d{4}$/), 'a code such as SVC0270'),
      variables: value(z.array(z.string()), 'a list of texts').optional(),
    }),
  ),
  'codes by reason, such as { insufficient_funds_to_reserve: { code: SVC0270 } }',
);

const versions = value(
  z.record(
    z.string().regex(/^v\d_\d$/),
    value(z.string().regex(/^v\d_\d$/), 'a version such as v2_1'),
  ),
  'versions by version, such as { v3_1: v2_1 }',
);

const index = value(z.int().min(0), 'the number of a field, the first is 0');

/** What a profile has otherwise than the one that it extends: the fields of Profile under their names. */
const profiles = value(
  z.record(
    z.string().min(1),
    section({
      extends: about(baseProfile, 'The profile that this one is like.'),
      faultcode: choice(['Server', 'code'], 'soapenv:Server, or the code itself.'),
      faultstring: choice(['text', 'code and text'], 'What faultstring says.'),
      detail: choice(['placeholders', 'substituted', 'none'], 'The text in the detail.'),
      texts: about(texts, 'Texts of codes, added to those of the profile extended.').optional(),
      answers: about(answers, 'Other codes, by the reason of the refusal.').optional(),
      missingCredentials: choice(
        ['basic', 'service'],
        'What answers a request without credentials.',
      ),
      headerAddresses: choice(['checked', 'ignored'], 'Whether OA and FA must be the subscriber.'),
      referenceCodeCharacters: about(
        quantity,
        'The longest reference code; null for any.',
      ).nullish(),
      reservationIdentifierDigits: about(
        value(z.int().min(15).max(30), 'a whole number from 15 to 30'),
        'How many digits the identifier of a reservation has; null for fifteen.',
      ).nullish(),
      amounts: choice(['units', 'minor units'], 'What an amount counts.'),
      amountDigits: about(
        quantity,
        'The most digits of an amount, then without a point; null for any decimal.',
      ).nullish(),
      billingText: about(
        section({
          separator: value(z.string().min(1), 'a text'),
          fields: quantity,
          time: index,
          mandatory: value(z.array(index), 'a list of fields, the first is 0'),
        }),
        'What is packed into the billingText of 2.0; null for any text.',
      ).nullish(),
      answerVersions: about(
        versions,
        'The version of faults and of answers without parts.',
      ).optional(),
    }),
  ),
  'sections by profile name',
);

const server = section({
  port: about(
    value(z.int().min(0).max(65_535), 'a whole number from 0 to 65535'),
    'The port to listen on; 0 picks a free one.',
  ).optional(),
  host: about(
    value(z.string().trim().min(1), 'a host name or address'),
    'Where to listen.',
  ).optional(),
  data: about(
    value(z.string().min(1), 'a file, a folder or :memory:'),
    'Where the ledger is kept; relative to this file.',
  ).optional(),
  seed: about(
    value(z.string().min(1), 'a file name'),
    'A seed file; relative to this file.',
  ).optional(),
  baseUrl: about(
    value(
      z
        .string()
        .trim()
        .regex(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i),
      'an http or https address',
    ),
    'Where clients reach the emulator, for the WSDL.',
  ).optional(),
  trustProxy: about(flag, 'Whether X-Forwarded-* headers are believed.').optional(),
  wsdlVersion: about(
    value(z.enum(WSDL_VERSIONS), `one of ${WSDL_VERSIONS.join(', ')}`),
    'The version that a bare ?wsdl answers.',
  ).optional(),
  confirmationRefs: about(
    value(
      z.array(z.enum(CONFIRMATION_VERSIONS)),
      `a list of versions: ${CONFIRMATION_VERSIONS.join(', ')}`,
    ),
    'The versions whose interface has confirmationRefs; v4_0 when absent.',
  ).optional(),
  strict: about(flag, 'Whether a message that deviates from the interface is refused.').optional(),
  profile: about(profile, 'How answers look; auto when absent.').optional(),
  magic: about(
    flag,
    'Whether magic numbers and reference codes ask for faults; true when absent.',
  ).optional(),
  journal: about(flag, 'Whether exchanges are kept; true when absent.').optional(),
  maxJournal: about(
    value(z.int().min(1).max(1_000_000), 'a whole number from 1 to 1000000'),
    'The most exchanges that a sandbox keeps; 10000 when absent.',
  ).optional(),
  maxAge: about(
    quantity,
    'How many seconds it keeps them; as long as there is room when absent.',
  ).optional(),
  clock: about(
    value(
      z.string().refine((text) => instantIn(text) !== undefined),
      INSTANT_RULE,
    ),
    'Where the clock of every sandbox begins, frozen; with real time when absent.',
  ).optional(),
  adminPort: about(
    value(z.int().min(0).max(65_535), 'a whole number from 0 to 65535'),
    'The port of the admin API and the metrics, when not that of the services; 0 picks a free one.',
  ).optional(),
  adminToken: about(
    secret(z.string().regex(TOKEN), TOKEN_RULE),
    'What the admin API asks for.',
  ).optional(),
  cors: about(
    value(
      z.array(value(z.string().regex(ORIGIN), 'an origin such as "http://localhost:3000", or *')),
      'a list of origins',
    ),
    'The origins of pages that may call the admin API; none when absent.',
  ).optional(),
  logLevel: value(z.enum(LOG_LEVELS), `one of ${LOG_LEVELS.join(', ')}`).optional(),
  logFormat: value(z.enum(LOG_FORMATS), `one of ${LOG_FORMATS.join(', ')}`).optional(),
  quiet: about(flag, 'No banner.').optional(),
  readyJson: about(flag, 'The ready line as JSON.').optional(),
  portFile: about(
    value(z.string().min(1), 'a file name'),
    'A file that receives the port.',
  ).optional(),
});

const application = section({
  strict: about(flag, 'Whether its deviations are refused.').optional(),
  profile: about(profile, 'How its answers look.').optional(),
  credentials: section({
    password: about(
      secret(
        z.string().regex(/^\S(?:[\s\S]*\S)?$/),
        'a text in quotes without white space at its ends',
      ),
      'What it must know: in spPassword, a UsernameToken or HTTP Basic.',
    ).optional(),
    required: about(flag, 'Whether it must prove who it is; true with a password.').optional(),
  }).nullish(),
  policies: policies.nullish(),
  references: references.nullish(),
  confirmation: confirmation.nullish(),
  refunds: refunds.optional(),
  tariffs: about(tariffs, 'Before the general ones; for their units, instead of them.').nullish(),
  prices: about(prices, 'Before the general ones; for their codes, instead of them.').nullish(),
});

/** A configuration file. A section may be there without a value, as in a file whose lines are commented out. */
export const configurationSchema = section({
  $schema: z.string().optional(),
  server: server.nullish(),
  policies: policies.nullish(),
  references: references.nullish(),
  confirmation: confirmation.nullish(),
  refunds: refunds.optional(),
  accounts: section({
    unknown: about(
      value(z.enum(['create', 'refuse']), 'one of create, refuse'),
      'What happens when a subscriber is not known.',
    ).optional(),
    openingBalance: about(
      money,
      'What a wallet holds that is made on demand, in units of any currency; the worth of about 1000 EUR when absent.',
    ).optional(),
    countryCode: about(
      value(
        z.union([z.string().regex(/^\+?[1-9]\d{0,3}$/), z.int().min(1).max(9_999)]),
        'a country code such as "49"',
      ),
      'Makes national numbers international.',
    ).optional(),
  }).nullish(),
  codeWins: about(flag, 'Whether the code decides when a request has amount and code.').optional(),
  defaultUnit: about(text, 'The unit of a volume whose request names none.').optional(),
  currencies: section({
    aliases: about(
      value(
        z.record(z.string().min(1), currency),
        'currency codes by spelling, such as { Birr: ETB }',
      ),
      'Spellings of currencies, added to the built-in ones.',
    ).optional(),
    fractionDigits: about(
      value(
        z.record(
          z.string().regex(/^[A-Z]{3}$/),
          value(z.int().min(0).max(6), 'a whole number from 0 to 6'),
        ),
        'fraction digits by currency code, such as { XTS: 2 }',
      ),
      'Currencies beyond ISO 4217, or with other fraction digits.',
    ).optional(),
  }).nullish(),
  tariffs: about(tariffs, 'Instead of the built-in ones.').nullish(),
  prices: about(prices, 'Prices of charging codes.').nullish(),
  credentials: section({
    required: about(flag, 'Whether every application must prove who it is.').optional(),
    timeStampWindowSeconds: about(
      quantity,
      'How far timeStamp may be from now; not looked at when absent.',
    ).optional(),
    createdWindowSeconds: about(
      quantity,
      'How far the Created of a password digest may be from now; 300 when absent.',
    ).optional(),
  }).nullish(),
  profiles: about(profiles, 'Profiles beside the built-in ones.').nullish(),
  faults: about(
    faultRulesSchema,
    'What goes wrong, in order: the first rule that fires decides.',
  ).nullish(),
  applications: about(
    value(z.record(z.string().min(1), application), 'sections by application name'),
    'What is different for an application; policies can only be more restrictive.',
  ).nullish(),
  messaging: messaging.nullish(),
  sandboxes: about(
    sandboxes,
    'Worlds of their own in one emulator, and which messages belong to them.',
  ).nullish(),
  subscribers: about(subscribers, 'Made at start where they are not there yet.').nullish(),
  evidence: about(evidence, 'Registered at start where it is not there yet.').nullish(),
});

/** A seed file: the part of a configuration that says who is there, what they were provided with and what things cost. */
export const seedSchema = section({
  $schema: configurationSchema.shape.$schema,
  subscribers: configurationSchema.shape.subscribers,
  evidence: configurationSchema.shape.evidence,
  tariffs: configurationSchema.shape.tariffs,
  prices: configurationSchema.shape.prices,
});

export type ConfigurationInput = z.input<typeof configurationSchema>;
export type SeedInput = z.input<typeof seedSchema>;
