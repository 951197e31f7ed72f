// The terms under which one application charges: service policies of clause 10, limits, prices, account rules.
import type { Currencies } from './currency';
import type { DeliveryStatus } from './evidence';
import type { Micros } from './money';
import type { Tariff } from './rating';
import type { TimeMetric } from './time';

/** The service policies of clause 10, and one that clause 10 lacks. */
export interface ServicePolicy {
  /** Used when a request names no currency. */
  readonly Currency: string;
  readonly MaximumEndUserIdentifier: number;
  readonly SplitChargingAvailable: boolean;
  readonly ReservationDuration: TimeMetric;
  readonly MaximumDescriptions: number;
  /** Goes with the part confirmationRefs, which the standard does not have (POL0252). */
  readonly MaximumConfirmationRefs: number;
}

/** An operator's price for a charging code. */
export interface CodePrice {
  readonly code: string;
  readonly currency: string;
  readonly amount: Micros;
}

export const CONFIRMATION_MODES = ['off', 'when-present', 'required'] as const;

/** What evidence a charge needs. */
export interface ConfirmationTerms {
  /** `off`: references are recorded and not judged; `when-present`: judged where there are any; `required`: no charge without. */
  readonly mode: (typeof CONFIRMATION_MODES)[number];
  /** The delivery states in which evidence counts, besides DeliveredToTerminal. */
  readonly accepts: ReadonlySet<DeliveryStatus>;
  /** How old evidence may be, counted from its issue; undefined: as old as it likes. */
  readonly windowMs: number | undefined;
}

/** `open`: any refund is credited; `linked`: only one that names an earlier charge, up to what remains of it. */
export const REFUND_POLICIES = ['open', 'linked'] as const;

export type DuplicateReferences = 'report' | 'reject' | 'replay';

export interface Terms {
  readonly policy: ServicePolicy;
  /** The currencies that may be charged; undefined means every known one. */
  readonly allowedCurrencies: ReadonlySet<string> | undefined;
  /** The most that one charge or one reservation may come to, by currency. */
  readonly maximumAmountPerTransaction: ReadonlyMap<string, Micros>;
  /** The most that the application may charge one subscriber in a calendar month (UTC), by currency. */
  readonly maximumAmountPerMonth: ReadonlyMap<string, Micros>;
  readonly duplicateReferences: DuplicateReferences;
  readonly confirmation: ConfirmationTerms;
  readonly refunds: (typeof REFUND_POLICIES)[number];
  readonly unknownAccounts: 'create' | 'refuse';
  /** What a wallet of a currency holds that is made on demand, in micros. */
  readonly openingBalance: (currency: string) => Micros;
  /**
   * Makes numbers international: `tel:0...` is national, and digits that begin with the code lack only their `+`.
   * Undefined: numbers are left as they are.
   */
  readonly countryCode: string | undefined;
  /** When a request carries an amount and a code, the code decides; default: the amount. */
  readonly codeWins: boolean;
  readonly prices: readonly CodePrice[];
  readonly tariffs: readonly Tariff[];
  readonly defaultUnit: string;
  readonly currencies: Currencies;
}

/** The terms of each application by its name. */
export type TermsOf = (application: string) => Terms;
