// How an operator's gateway judges and answers otherwise than the standard, as far as that is business and not form.

export interface Dialect {
  /** What is answered instead of the standard's fault, by the reason of the refusal. */
  readonly answers: Readonly<
    Record<string, { readonly code: string; readonly variables: readonly string[] }>
  >;
  /** The longest reference code; undefined: the emulator's own limit. */
  readonly referenceCodeCharacters: number | undefined;
  /** How many digits the identifier of a reservation has, with zeros before it; undefined: as the ledger makes it. */
  readonly reservationIdentifierDigits: number | undefined;
  /** What an amount counts: `5000` is five thousand, or with minor units 50.00. */
  readonly amounts: 'units' | 'minor units';
  /** The most digits that an amount is written with, and then no point; undefined: any decimal. */
  readonly amountDigits: number | undefined;
  /** What is packed into the billingText of 2.0; undefined: any text. */
  readonly billingText: PackedText | undefined;
}

/** Fields joined to one text, counted from 0. */
export interface PackedText {
  readonly separator: string;
  readonly fields: number;
  /** The field that holds a time. */
  readonly time: number;
  /** Those that are not empty. */
  readonly mandatory: readonly number[];
}

/** How one request is to be taken. */
export interface Manner {
  readonly profile: Dialect;
  /** Whether what would be read leniently is refused. */
  readonly strict: boolean;
}

export const STANDARD_MANNER: Manner = {
  profile: {
    answers: {},
    referenceCodeCharacters: undefined,
    reservationIdentifierDigits: undefined,
    amounts: 'units',
    amountDigits: undefined,
    billingText: undefined,
  },
  strict: false,
};
