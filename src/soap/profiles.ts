// The dialects of gateways, side by side: how each answers otherwise than the standard. Says nothing of who speaks which.

/** How a fault of an operation looks. */
export interface FaultForm {
  /** `Server`: soapenv:Server, the code stands in the detail alone. `code`: the code itself, such as SVC0002. */
  readonly faultcode: 'Server' | 'code';
  /** `text`: the text, variables filled in. `code and text`: `Error Code: SVC0002 Error Message: ...`. */
  readonly faultstring: 'text' | 'code and text';
  /** The text in the detail: with its placeholders, or with the variables filled in; `none`: no detail at all. */
  readonly detail: 'placeholders' | 'substituted' | 'none';
  /** Texts that differ from the standard's, by code, with %1 for the variable. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What is answered for a reason instead of the standard's fault. */
export interface ProfileAnswer {
  readonly code: string;
  readonly variables: readonly string[];
}

/** Fields joined to one text. */
export interface PackedText {
  readonly separator: string;
  readonly fields: number;
  /** The one that holds a time. */
  readonly time: number;
  /** Those that are not empty. */
  readonly mandatory: readonly number[];
}

export interface Profile extends FaultForm {
  readonly name: string;
  /** By the reason of a refusal, such as `insufficient_funds_to_reserve`. */
  readonly answers: Readonly<Record<string, ProfileAnswer>>;
  /** What answers a request that brings no credentials where they are required: HTTP 401, or SVC0901 of the header. */
  readonly missingCredentials: 'basic' | 'service';
  /** Whether OA and FA of a RequestSOAPHeader must be the subscriber charged. */
  readonly headerAddresses: 'checked' | 'ignored';
  /** The longest reference code; undefined: the emulator's own limit. */
  readonly referenceCodeCharacters: number | undefined;
  /** How many digits the identifier of a reservation has; undefined: the emulator's fifteen. */
  readonly reservationIdentifierDigits: number | undefined;
  /** What an amount counts: `5000` is five thousand, or with minor units 50.00. */
  readonly amounts: 'units' | 'minor units';
  /** The most digits that an amount is written with, and then no point; undefined: any decimal. */
  readonly amountDigits: number | undefined;
  /** What is packed into the billingText of 2.0, by fields counted from 0; undefined: any text. */
  readonly billingText: PackedText | undefined;
  /** The version in which an answer without parts goes out, by the version of its request. */
  readonly answerVersions: Readonly<Record<string, string>>;
}

/** What a profile has otherwise than the one that it extends. */
export type ProfileDifferences = Partial<Omit<Profile, 'name'>>;

/** TS 29.199-1 and TS 29.199-6 to the letter. */
export const STANDARD: Profile = {
  name: 'standard',
  faultcode: 'Server',
  faultstring: 'text',
  detail: 'placeholders',
  texts: {},
  answers: {},
  missingCredentials: 'basic',
  headerAddresses: 'ignored',
  referenceCodeCharacters: undefined,
  reservationIdentifierDigits: undefined,
  amounts: 'units',
  amountDigits: undefined,
  billingText: undefined,
  answerVersions: {},
};

const NOT_CHARGED = { code: 'SVC0270', variables: [] };

/** An amount that the agreement does not allow. */
const OUT_OF_RANGE = { code: 'POL0910', variables: [] };

/** Gateways of Oracle tell trouble of their own, passing and lasting trouble by codes of their own. */
const PROTOCOL = { code: 'SVC0001', variables: ['PAYMENT000002'] };
const TRANSIENT = { code: 'SVC0001', variables: ['PAYMENT000003'] };
const PERMANENT = { code: 'SVC0270', variables: ['PAYMENT000004'] };

/** What each gateway has otherwise than the standard. */
const DIALECTS = {
  /** Service delivery platforms that are spoken to with a RequestSOAPHeader. */
  huawei: {
    faultcode: 'code',
    detail: 'substituted',
    texts: { SVC0001: 'Service Error', POL0910: 'Minimum Amount per Transaction' },
    answers: {
      insufficient_funds_to_reserve: NOT_CHARGED,
      amount_limit: OUT_OF_RANGE,
      monthly_limit: OUT_OF_RANGE,
    },
    missingCredentials: 'service',
    headerAddresses: 'checked',
    reservationIdentifierDigits: 30,
  },
  oracle: {
    answers: {
      insufficient_funds: PERMANENT,
      insufficient_funds_to_reserve: PERMANENT,
      exceeds_reservation: PERMANENT,
      busy: TRANSIENT,
      outcome_unknown: TRANSIENT,
      internal_error: PROTOCOL,
    },
  },
  /** One sentence with the code in it, and no detail; product and provider are told in the billingText. */
  'ericsson-emm': {
    faultstring: 'code and text',
    detail: 'none',
    texts: {
      EMM0010: 'Number of fields not matching in billingText',
      EMM0011:
        'Missing mandatory parameter (ProductID/ProductName/TransactionDescription/ProductCategoryCode/ContentProvider) in billingText',
      EMM0012: 'DateTime format is not correct in billingText',
    },
    answers: {
      billing_text_fields: { code: 'EMM0010', variables: [] },
      billing_text_incomplete: { code: 'EMM0011', variables: [] },
      billing_text_time: { code: 'EMM0012', variables: [] },
    },
    billingText: { separator: '#', fields: 14, time: 1, mandatory: [2, 3, 4, 5, 7] },
  },
  /** An aggregator before operators: takes version 3.1, acknowledges in 2.1, counts in minor units. */
  timwe: {
    faultcode: 'code',
    detail: 'substituted',
    texts: {
      SVC0001: 'Waiting for response timed out',
      SVC0002: 'A required charging field is blank or invalid',
      SVC0270: 'MDSP charge failed',
      POL0910: 'Amount outside the permitted range',
    },
    answers: {
      insufficient_funds_to_reserve: NOT_CHARGED,
      amount_digits: OUT_OF_RANGE,
      amount_limit: OUT_OF_RANGE,
      monthly_limit: OUT_OF_RANGE,
    },
    missingCredentials: 'service',
    referenceCodeCharacters: 30,
    amounts: 'minor units',
    amountDigits: 4,
    answerVersions: { v3_1: 'v2_1' },
  },
} satisfies Record<string, ProfileDifferences>;

export const HUAWEI = extended(STANDARD, 'huawei', DIALECTS.huawei);

/** By name. `auto` is none of them: it is `huawei` for a request with a RequestSOAPHeader, else `standard`. */
export const PROFILES: ReadonlyMap<string, Profile> = new Map(
  [
    STANDARD,
    HUAWEI,
    extended(STANDARD, 'oracle', DIALECTS.oracle),
    extended(STANDARD, 'ericsson-emm', DIALECTS['ericsson-emm']),
    extended(STANDARD, 'timwe', DIALECTS.timwe),
  ].map((profile) => [profile.name, profile]),
);

/** A profile like `base` with differences; texts and answers are added to those of `base`. */
export function extended(base: Profile, name: string, differences: ProfileDifferences): Profile {
  return {
    ...base,
    ...differences,
    name,
    texts: { ...base.texts, ...differences.texts },
    answers: { ...base.answers, ...differences.answers },
  };
}

/** Faults of a RequestSOAPHeader, which is no part of the standard: code and text as gateways have them. */
export const HEADER_FAULTS = {
  password: { code: 'SVC0901', text: 'Sp password is not accepted!' },
  parameters: { code: 'SVC0905', text: 'SOAP Header parameters error' },
  // The spelling is that of the gateways, and clients compare it.
  originatingAddress: { code: 'SVC0905', text: 'OA %1 is invaild!' },
  feeAddress: { code: 'SVC0905', text: 'FA %1 is invaild!' },
} as const;
