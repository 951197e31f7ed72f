// Why a command is refused. A refusal is a value with no effects; it never carries anything of the wire.

export type RefusalCode =
  | 'invalid_value'
  | 'unknown_subscriber'
  | 'reference_in_use'
  | 'reservation_not_open'
  | 'split_unavailable'
  | 'too_many_payers'
  | 'too_many_descriptions'
  | 'no_valid_addresses'
  | 'too_many_addresses'
  | 'sender_charging'
  | 'too_many_confirmations'
  | 'billing_text_fields'
  | 'billing_text_time'
  | 'billing_text_incomplete'
  | 'percent_sum'
  | 'charging_information'
  | 'amount_digits'
  | 'no_tariff'
  | 'amount_limit'
  | 'monthly_limit'
  | 'duration_limit'
  | 'account_barred'
  | 'barred_account_charged'
  | 'invalid_confirmations'
  | 'refund_exceeds_charge'
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
    /** The row of the published checks that objected. */
    readonly check?: string,
  ) {}

  /** The same refusal with the row that it comes from. */
  by(check: string): Refusal {
    return new Refusal(this.code, this.detail, this.variable, check);
  }
}

export function refuse(code: RefusalCode, detail: string, variable?: string): Refusal {
  return new Refusal(code, detail, variable);
}
