// The words of the model: what is agreed, asked, answered and kept. Clauses 7 to 10 of TS 29.199-6 as data.
import type { Duration, Rate } from './arithmetic';

export interface Tariff {
  readonly unit: string;
  readonly contract?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly currency: string;
  readonly rate: Rate;
  readonly description: string;
}

/** What an application and the operator have agreed. Money in millionths of a unit. */
export interface Terms {
  readonly currency: string;
  readonly maximumPayers: number;
  readonly splits: boolean;
  readonly duration: Duration;
  readonly maximumDescriptions: number;
  readonly allowed?: readonly string[];
  readonly perTransaction: ReadonlyMap<string, bigint>;
  readonly perMonth: ReadonlyMap<string, bigint>;
  readonly duplicates: 'report' | 'reject' | 'replay';
  readonly maximumConfirmationRefs: number;
  readonly confirmation: 'off' | 'when-present' | 'required';
  /** The delivery states in which evidence counts, besides DeliveredToTerminal. */
  readonly accepts: readonly DeliveryState[];
  /** In milliseconds from its issue. */
  readonly evidenceLasts?: number;
  readonly refunds: 'open' | 'linked';
  readonly unknown: 'create' | 'refuse';
  /** By currency. */
  readonly openingBalance: ReadonlyMap<string, bigint>;
  readonly codeWins: boolean;
  readonly prices: readonly { code: string; currency: string; amount: bigint }[];
  readonly tariffs: readonly Tariff[];
  readonly defaultUnit: string;
  /** Fraction digits by currency: the currencies that exist. */
  readonly digits: ReadonlyMap<string, number>;
  /** Other spellings of a currency. */
  readonly aliases: ReadonlyMap<string, string>;
}

export interface Charge {
  readonly description: readonly string[];
  readonly currency?: string;
  readonly amount?: string;
  readonly code?: string;
}

/** Every part that any operation may carry. */
export interface Request {
  readonly endUserIdentifier?: string;
  readonly splitInfo?: readonly { endUserIdentifier: string; percent: number }[];
  readonly charge?: Charge;
  readonly volume?: bigint;
  readonly billingText?: string;
  readonly referenceCode?: string;
  readonly confirmationRefs?: readonly string[];
  readonly reservationIdentifier?: string;
  readonly parameters?: readonly { name: string; value: string }[];
}

export interface Wallet {
  readonly subscriber: string;
  readonly currency: string;
  credits: bigint;
  debits: bigint;
  held: bigint;
  creditLimit: bigint;
}

export interface Reservation {
  readonly identifier: string;
  readonly order: number;
  readonly interfaceName: string;
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  reserved: bigint;
  charged: bigint;
  expiresAt: number;
  state: 'open' | 'released' | 'expired';
  readonly texts: string[];
  /** Only of a volume reservation: the price when it was made. */
  readonly rate: Rate | undefined;
  reservedVolume: bigint;
  chargedVolume: bigint;
}

export interface BillEntry {
  readonly subscriber: string;
  readonly application: string;
  readonly kind: 'charge' | 'refund';
  readonly currency: string;
  readonly amount: bigint;
  readonly at: number;
  readonly texts: readonly string[];
}

export type DeliveryState =
  | 'DeliveredToNetwork'
  | 'DeliveredToTerminal'
  | 'DeliveryImpossible'
  | 'DeliveryUncertain';

export type Outcome = 'delivered' | 'impossible' | 'uncertain' | 'never';

export interface Recipient {
  readonly subscriber: string;
  outcome: Outcome;
  settlesAt: number;
}

/** A service that was provided. */
export interface Evidence {
  readonly reference: string;
  readonly application: string;
  readonly service: string;
  readonly issuedAt: number;
  readonly recipients: readonly Recipient[];
  usedBy: Sale | undefined;
}

/** A charge as its refunds see it. */
export interface Sale {
  readonly application: string;
  readonly currency: string;
  readonly code: string;
  /** The evidence of the application that it names, wherever it does. */
  readonly named: ReadonlySet<Evidence>;
  /** By subscriber. */
  readonly shares: ReadonlyMap<string, { readonly paid: bigint; back: bigint }>;
}

/** The parts of each operation in the order of clause 8. */
export const PARTS: Readonly<Record<string, readonly (keyof Request)[]>> = {
  'AmountCharging.chargeAmount': [
    'endUserIdentifier',
    'charge',
    'referenceCode',
    'confirmationRefs',
  ],
  'AmountCharging.refundAmount': [
    'endUserIdentifier',
    'charge',
    'referenceCode',
    'confirmationRefs',
  ],
  'AmountCharging.chargeSplitAmount': ['splitInfo', 'charge', 'referenceCode', 'confirmationRefs'],
  'VolumeCharging.chargeVolume': [
    'endUserIdentifier',
    'volume',
    'billingText',
    'referenceCode',
    'parameters',
  ],
  'VolumeCharging.getAmount': ['endUserIdentifier', 'volume', 'parameters'],
  'VolumeCharging.refundVolume': [
    'endUserIdentifier',
    'volume',
    'billingText',
    'referenceCode',
    'parameters',
  ],
  'VolumeCharging.chargeSplitVolume': [
    'splitInfo',
    'volume',
    'billingText',
    'referenceCode',
    'parameters',
  ],
  'ReserveAmountCharging.reserveAmount': ['endUserIdentifier', 'charge'],
  'ReserveAmountCharging.reserveAdditionalAmount': ['reservationIdentifier', 'charge'],
  'ReserveAmountCharging.chargeReservation': ['reservationIdentifier', 'charge', 'referenceCode'],
  'ReserveAmountCharging.releaseReservation': ['reservationIdentifier'],
  'ReserveVolumeCharging.getAmount': ['endUserIdentifier', 'volume', 'parameters'],
  'ReserveVolumeCharging.reserveVolume': [
    'endUserIdentifier',
    'volume',
    'billingText',
    'parameters',
  ],
  'ReserveVolumeCharging.reserveAdditionalVolume': [
    'reservationIdentifier',
    'volume',
    'billingText',
  ],
  'ReserveVolumeCharging.chargeReservation': [
    'reservationIdentifier',
    'volume',
    'billingText',
    'referenceCode',
  ],
  'ReserveVolumeCharging.releaseReservation': ['reservationIdentifier'],
};
