// What a configuration says once it is read: server options, the terms of every application, and what the seed makes.
import type { ProvisionCommand } from '../ledger/model';
import type { ServicePolicy, TermsOf } from '../ledger/terms';
import type { WireTermsOf } from '../soap/wire-terms';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The versions of the interfaces, by the token in their namespaces. */
export const WSDL_VERSIONS = ['v4_0', 'v3_1', 'v2_1', 'v2_0'] as const;
type WsdlVersion = (typeof WSDL_VERSIONS)[number];

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
  /** What a bare `?wsdl` answers. */
  readonly wsdlVersion: WsdlVersion;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Only the ready line and the log, no banner. */
  readonly quiet: boolean;
  readonly readyJson: boolean;
  /** A file that receives the port number. */
  readonly portFile?: string;
}

export interface Configuration {
  readonly server: ServerOptions;
  readonly termsOf: TermsOf;
  readonly wireTermsOf: WireTermsOf;
  /** What the subscribers of configuration and seed ask for, in their order. */
  readonly provision: readonly ProvisionCommand[];
}

export const DEFAULT_SERVER: ServerOptions = {
  port: 8310,
  host: '127.0.0.1',
  data: '.parlayx',
  trustProxy: false,
  strict: false,
  profile: 'auto',
  wsdlVersion: 'v4_0',
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
};

/** What legacy clients write for a currency that ISO 4217 names otherwise. */
export const DEFAULT_CURRENCY_ALIASES: Readonly<Record<string, string>> = {
  RLS: 'IRR',
  Birr: 'ETB',
  BIRR: 'ETB',
  TK: 'BDT',
};

export const DEFAULT_ACCOUNTS = { unknown: 'create', openingBalance: '1000' } as const;

/** How far the Created of a password digest may be from now. */
export const DEFAULT_CREDENTIALS = { createdWindowSeconds: 300 } as const;

/** The unit of a volume whose request names none. */
export const DEFAULT_UNIT = 'events';
