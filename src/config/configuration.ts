// What a configuration says once it is read: server options, the terms of every application, and what the seed makes.
import type { SeedCommand } from '../ledger/commands';
import type { ServicePolicy, TermsOf } from '../ledger/terms';
import { JOURNAL_LIMITS } from '../limits';
import type { MessagingTerms } from '../messaging/delivery';
import type { NumberRange } from '../payment/number-range';
import type { FaultRule } from '../sandbox/faults/rule';
import type { WireTermsOf } from '../soap/wire-terms';
import type { ConfigurationInput, SeedInput } from './schema';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The versions of the interfaces, by the token in their namespaces. */
export const WSDL_VERSIONS = ['v4_0', 'v3_1', 'v2_1', 'v2_0'] as const;
type WsdlVersion = (typeof WSDL_VERSIONS)[number];

/** What an admin token may be made of. */
export const TOKEN = /^[\w.~+/-]{8,200}=*$/;
export const TOKEN_RULE = 'a token of 8 to 200 letters, digits and -._~+/';

/** An origin as browsers send it, or all of them. */
export const ORIGIN = /^(?:\*|https?:\/\/[^\s/?#]+)$/i;

/** The versions whose interface can have confirmationRefs. */
export const CONFIRMATION_VERSIONS = ['v4_0', 'v3_1'] as const;
type ConfirmationVersion = (typeof CONFIRMATION_VERSIONS)[number];

/** How the process listens, keeps its data and speaks. Says nothing about charging. */
export interface ServerOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** A file, a folder, or `:memory:`. */
  readonly data: string;
  /** A seed file. */
  readonly seed?: string;
  /** Where clients reach the emulator when that is not what they send as Host. No slash at its end. */
  readonly baseUrl?: string;
  /** Whether X-Forwarded-* headers are believed. */
  readonly trustProxy: boolean;
  /** Whether a message that deviates from the interface is refused. */
  readonly strict: boolean;
  /** How answers look: `auto`, or the name of a profile. */
  readonly profile: string;
  /** Whether magic numbers and reference codes ask for faults. */
  readonly magic: boolean;
  /** Whether exchanges are kept, and told with an id to those who send them. */
  readonly journal: boolean;
  /** The most exchanges that a sandbox keeps. */
  readonly maxJournal: number;
  /** The instant at which the clock of every sandbox begins, frozen; with the clock of the process when absent. */
  readonly clock?: string;
  /** How long it keeps them, in seconds of its clock; as long as there is room when absent. */
  readonly maxAge?: number;
  /** What a bare `?wsdl` answers. */
  readonly wsdlVersion: WsdlVersion;
  /** The versions whose interface has confirmationRefs. */
  readonly confirmationRefs: ConfirmationVersion[];
  /** Where the admin API and the metrics are, when not on `port`; 0 picks a free one. */
  readonly adminPort?: number;
  /** What the admin API asks for; made when it can be reached from beyond this machine and none is given. */
  readonly adminToken?: string;
  /** The origins of pages that may call the admin API; `*` is all. */
  readonly cors: string[];
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Only the ready line and the log, no banner. */
  readonly quiet: boolean;
  readonly readyJson: boolean;
  /** A file that receives the port number. */
  readonly portFile?: string;
}

/** Which sandboxes there are, and which one a message is for that names none. */
export interface SandboxSelection {
  /** Whether one is made because somebody asks for it. */
  readonly autoCreate: boolean;
  readonly rules: {
    /** Sandboxes by application. */
    readonly applications: ReadonlyMap<string, string>;
    readonly numbers: readonly { readonly range: NumberRange; readonly sandbox: string }[];
    readonly countryCode: string | undefined;
  };
}

export interface Configuration {
  readonly server: ServerOptions;
  readonly termsOf: TermsOf;
  readonly wireTermsOf: WireTermsOf;
  /** What goes wrong at first in every sandbox. */
  readonly faults: readonly FaultRule[];
  readonly messaging: MessagingTerms;
  readonly sandboxes: SandboxSelection;
  /** What the subscribers and then the evidence of configuration and seed ask for, in their order. */
  readonly provision: readonly SeedCommand[];
  /** The documents that it was read from, checked. */
  readonly written: { readonly input: ConfigurationInput; readonly seed?: SeedInput };
}

export const DEFAULT_SERVER: ServerOptions = {
  port: 8310,
  host: '127.0.0.1',
  data: '.parlayx',
  trustProxy: false,
  strict: false,
  profile: 'auto',
  magic: true,
  journal: true,
  maxJournal: JOURNAL_LIMITS.records,
  wsdlVersion: 'v4_0',
  confirmationRefs: ['v4_0'],
  cors: [],
  logLevel: 'info',
  logFormat: 'text',
  quiet: false,
  readyJson: false,
};

/** The service policies of TS 29.199-6 clause 10, as they are when nobody says otherwise. */
export const DEFAULT_POLICY: ServicePolicy = {
  Currency: 'EUR',
  MaximumEndUserIdentifier: 10,
  SplitChargingAvailable: true,
  ReservationDuration: { metric: 'Minute', units: 30 },
  MaximumDescriptions: 10,
  MaximumConfirmationRefs: 10,
};

/** What legacy clients write for a currency that ISO 4217 names otherwise. */
export const DEFAULT_CURRENCY_ALIASES: Readonly<Record<string, string>> = {
  RLS: 'IRR',
  Birr: 'ETB',
  BIRR: 'ETB',
  TK: 'BDT',
};

export const DEFAULT_ACCOUNTS = { unknown: 'create' } as const;

/** How far the Created of a password digest may be from now. */
export const DEFAULT_CREDENTIALS = { createdWindowSeconds: 300 } as const;

/** The unit of a volume whose request names none. */
export const DEFAULT_UNIT = 'events';
