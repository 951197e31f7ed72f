// Why a command is refused. A refusal is a value with no effects; it never carries anything of the wire.

export type RefusalCode =
  | 'invalid_value'
  | 'unknown_subscriber'
  | 'reference_in_use'
  | 'reservation_not_open'
  | 'split_unavailable'
  | 'too_many_payers'
  | 'too_many_descriptions'
  | 'percent_sum'
  | 'charging_information'
  | 'no_tariff'
  | 'amount_limit'
  | 'monthly_limit'
  | 'duration_limit'
  | 'account_barred'
  | 'barred_account_charged'
  | 'insufficient_funds'
  | 'insufficient_funds_to_reserve'
  | 'exceeds_reservation'
  | 'balance_limit'
  | 'busy'
  | 'outcome_unknown'
  | 'internal_error';

/** A value, not an exception: told apart from results with `instanceof Refusal`. */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    /** The reason for a person: goes to the log and the exchange record, never on the wire. */
    readonly detail: string,
    /** The message part at fault (`charge`), or the error code that fills %1 where the code has no fixed one. */
    readonly variable?: string,
  ) {}
}

export function refuse(code: RefusalCode, detail: string, variable?: string): Refusal {
  return new Refusal(code, detail, variable);
}
