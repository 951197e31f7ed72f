// The messaging services of one sandbox: sends and questions on its ledger, deliveries that can be steered, receipts.

import type { Effects } from '../../ledger/decision';
import type { DeliveryOutcome } from '../../ledger/evidence';
import { Refusal, refuse } from '../../ledger/refusal';
import type { TermsOf } from '../../ledger/terms';
import type { DeliveryRule, MessagingTerms } from '../../messaging/delivery';
import { type MessagingKey, prepareMessaging } from '../../messaging/operations';
import type { Parts } from '../../messaging/request';
import type { Manner } from '../../payment/manner';
import { refused } from '../../payment/operations';
import type { Ledger } from '../../store/ledger';
import { type Performed, transactionsOf } from '../performing';
import type { SandboxClock } from '../time/sandbox-clock';
import { type Caller, type LostReceipt, watchReceipts } from './receipts';

export interface MessagingDeskOptions {
  readonly ledger: Ledger;
  readonly clock: SandboxClock;
  readonly terms: TermsOf;
  readonly messaging: MessagingTerms;
  /** Absent: receipts are kept until there is somebody to send them. */
  readonly call: Caller | undefined;
  readonly onLostReceipt: (lost: LostReceipt) => void;
}

export interface MessagingDesk {
  /** Executes one operation on a decoded request, which is the same in all versions; `version` is told in receipts. */
  perform<K extends MessagingKey>(
    operation: K,
    request: Parts,
    application: string,
    manner: Manner,
    version: string,
  ): Promise<Performed<K>>;
  /** Settles a delivery at once, for one recipient or for all. A Refusal says what does not exist. */
  deliver(
    reference: string,
    outcome: DeliveryOutcome,
    subscriber?: string,
  ): Promise<Effects | Refusal>;
  /** From now on; what was sent before keeps its outcome. */
  setDeliveryRules(rules: readonly DeliveryRule[]): void;
  /** Those in force. */
  deliveryRules(): readonly DeliveryRule[];
  /** The rules of the start again. */
  resetRules(): void;
  /** Sees what falls due by now, and when the next thing will. */
  look(): void;
  /** Begins anew: the ledger is another one. */
  renew(): void;
  stop(): void;
}

export function createMessagingDesk(options: MessagingDeskOptions): MessagingDesk {
  const { ledger, clock, terms: termsOf, call, onLostReceipt: onLost } = options;
  let { messaging } = options;
  const allowedHosts = () => messaging.receiptHosts;
  const watch = () => call && watchReceipts({ ledger, clock, call, allowedHosts, onLost });
  let receipts = watch();

  const perform: MessagingDesk['perform'] = async (key, parts, application, manner, version) => {
    const context = { application, terms: termsOf(application), messaging, manner };
    const prepared = prepareMessaging(key, parts, version, context);
    const notes = prepared.deviations;
    const { answer, transactions } = await answerTo(prepared);
    if (answer instanceof Refusal) return { ...refused(answer, manner.profile), notes };
    return { response: answer, notes, transactions } as Performed<typeof key>;
  };

  const answerTo = async (prepared: ReturnType<typeof prepareMessaging>) => {
    if (prepared.kind === 'refused') return { answer: prepared.refusal };
    if (prepared.kind === 'question') {
      const trouble = ledger.trouble();
      if (trouble !== undefined) return { answer: refuse('busy', trouble) };
      const evidence = ledger.read.evidence(prepared.reference);
      return { answer: prepared.answer(evidence, clock.now()) };
    }
    const decision = await ledger.submit(prepared.command);
    if (decision instanceof Refusal) return { answer: decision };
    receipts?.look();
    return { answer: prepared.response(decision), transactions: transactionsOf(decision) };
  };

  return {
    perform,
    deliver: async (reference, outcome, subscriber) => {
      const decision = await ledger.submit({
        kind: 'deliver',
        reference,
        outcome,
        ...(subscriber !== undefined && { subscriber }),
      });
      receipts?.look();
      return decision;
    },
    setDeliveryRules: (rules) => {
      messaging = { ...messaging, rules };
    },
    deliveryRules: () => messaging.rules,
    resetRules: () => {
      messaging = options.messaging;
    },
    look: () => void receipts?.look(),
    renew: () => {
      receipts?.stop();
      receipts = watch();
    },
    stop: () => receipts?.stop(),
  };
}
