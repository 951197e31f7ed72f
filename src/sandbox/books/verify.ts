// Questions that a test asks of the ledger, not of the messages: what was really charged, held and kept in order.
import type { Violation } from '../../ledger/invariants';
import { maskedAddresses } from '../journal/masking';
import {
  type ChargeDetails,
  type ChargeQuestion,
  judgeCharges,
  judgeNet,
  type NetDetails,
} from './charged';
import { type HoldQuestion, judgeNoOpenHolds, type OpenHold, openHolds } from './holds';
import { type Inquiry, inKnownCurrency, type MoneyQuestion } from './inquiry';
import {
  doubleChargeSuspects,
  judgeNoDoubleCharges,
  type Suspect,
  type SuspectQuestion,
} from './suspects';
import { Verdict } from './verdict';

/**
 * Every question answers a verdict: `holds`, a `sentence` that explains it, and `details`; `assert()` throws the sentence.
 * They look at what is committed and change nothing. QuestionError for a subscriber, an amount or a currency that is none.
 */
export interface Verification {
  exactlyOnce(question: ChargeQuestion): Verdict<ChargeDetails>;
  atMostOnce(question: ChargeQuestion): Verdict<ChargeDetails>;
  never(question: ChargeQuestion): Verdict<ChargeDetails>;
  /** Whether charges less refunds come to `amount`, a decimal. */
  net(question: MoneyQuestion, amount: string): Verdict<NetDetails>;
  noOpenHolds(question?: HoldQuestion): Verdict<{ readonly holds: readonly OpenHold[] }>;
  noDoubleCharges(question?: SuspectQuestion): Verdict<{ readonly suspects: readonly Suspect[] }>;
  /** The whole audit; it reads the whole ledger. */
  invariants(): Verdict<{ readonly violations: readonly Violation[] }>;
  /** By the time at which they run out. */
  openHolds(question?: HoldQuestion): readonly OpenHold[];
  doubleChargeSuspects(question?: SuspectQuestion): readonly Suspect[];
  /** SHA-256 of the whole ledger: the same history, the same digest; what was refused or only rehearsed is no history. */
  digest(): string;
}

export function createVerification(inquiry: Inquiry): Verification {
  const { ledger } = inquiry;
  const known = <Q extends { readonly currency?: string }>(question: Q): Q =>
    inKnownCurrency(inquiry, question);
  return {
    exactlyOnce: (question) => judgeCharges(inquiry, known(question), { least: 1, most: 1 }),
    atMostOnce: (question) => judgeCharges(inquiry, known(question), { least: 0, most: 1 }),
    never: (question) => judgeCharges(inquiry, known(question), { least: 0, most: 0 }),
    net: (question, amount) => judgeNet(inquiry, known(question), amount),
    noOpenHolds: (question = {}) => judgeNoOpenHolds(inquiry, known(question)),
    noDoubleCharges: (question = {}) => judgeNoDoubleCharges(inquiry, known(question)),
    invariants: () => judgeInvariants(ledger.audit()),
    openHolds: (question = {}) => openHolds(inquiry, known(question)),
    doubleChargeSuspects: (question = {}) => doubleChargeSuspects(inquiry, known(question)),
    digest: () => ledger.digest(),
  };
}

function judgeInvariants(
  violations: readonly Violation[],
): Verdict<{ readonly violations: readonly Violation[] }> {
  const [first] = violations;
  const sentence =
    first === undefined
      ? 'The ledger keeps all of its invariants.'
      : `The ledger breaks ${violations.length} invariants, first ${first.invariant}: ${maskedAddresses(first.sentence)}.`;
  return new Verdict(first === undefined, sentence, { violations });
}
