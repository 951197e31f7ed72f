// A fault rule as a person writes it: in a configuration file, in code, over the admin API. Data only; what its values
// mean is judged in compile.ts, and its shape in config/fault-schema.ts.

/** Where on the way of a request something happens, in the order of the way. */
export const STAGES = [
  'before-parse',
  'before-decide',
  'before-commit',
  'after-commit-before-reply',
  'during-reply',
] as const;
export type Stage = (typeof STAGES)[number];

/** Which calls a rule means: everything given must hold. Values are compared with those of the request. */
export interface FaultMatch {
  /** `AmountCharging.chargeAmount`, or `chargeAmount` of whichever interface. */
  readonly operation?: string | undefined;
  /** `v4_0`. */
  readonly version?: string | undefined;
  readonly application?: string | undefined;
  /** One address, all that begin so (`tel:+1555*`), or a range of numbers (`tel:+15550100..tel:+15550199`). */
  readonly subscriber?: string | undefined;
  /** As the request writes it, compared by value; a request without an amount does not match. */
  readonly amount?: FaultAmount | undefined;
  readonly currency?: string | undefined;
  /** One reference code, or all that begin so (`test-*`). */
  readonly reference?: string | undefined;
  /** Only the call of this number among those that match the rest, counted from 1. */
  readonly nth?: number | undefined;
}

/** A decimal text, or a range of them, bounds included. */
export type FaultAmount =
  | string
  | number
  | { readonly min?: string | number | undefined; readonly max?: string | number | undefined };

/** How long something takes, in milliseconds: exactly one of these. */
export interface FaultDelay {
  readonly fixed?: number | undefined;
  readonly uniform?: { readonly min: number; readonly max: number } | undefined;
  readonly lognormal?:
    | { readonly median: number; readonly sigma: number; readonly max: number }
    | undefined;
}

/** What happens: one of these, and a delay before it if there is one. A delay alone leads to the true answer. */
export interface FaultAction {
  /** A word of outcomes.ts, such as `timeout` or `timeout-uncharged`. */
  readonly outcome?: string | undefined;
  /** A ServiceException or PolicyException, in the form of the request's version and profile. */
  readonly fault?:
    | {
        /** `SVC0270`, `POL0001` or any other. */
        readonly code: string;
        readonly variables?: readonly string[] | undefined;
        /** With %1 for the first variable; that of the standard or the profile when absent. */
        readonly text?: string | undefined;
      }
    | undefined;
  /** An answer that is no SOAP. */
  readonly http?:
    | {
        readonly status: number;
        /** `html` for a page, `empty` for no body, or the text itself; `html` when absent. */
        readonly body?: string | undefined;
      }
    | undefined;
  readonly delay?: FaultDelay | undefined;
  /** The true answer, so many bytes at a time. */
  readonly dribble?: { readonly bytes: number; readonly everyMs: number } | undefined;
}

/** One rule of an ordered list: the first that matches and fires decides. */
export interface FaultRule {
  /** Made when absent. */
  readonly id?: string | undefined;
  /** Every call when absent. */
  readonly match?: FaultMatch | undefined;
  /** Where it happens; each action has a stage of its own when absent. */
  readonly at?: Stage | undefined;
  readonly then: FaultAction;
  /** From 0 to 1; 1 when absent. */
  readonly probability?: number | undefined;
  /** Of its chances and delays; made from the sandbox's and the id when absent. */
  readonly seed?: number | undefined;
  /** How often it fires at most. */
  readonly times?: number | undefined;
  /** How many calls that match are let go first. */
  readonly skip?: number | undefined;
}
