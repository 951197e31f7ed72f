// Tells applications what became of their messages, when the sandbox's clock says that it has come out. What is still to
// be told is a fact of the ledger, so nothing is forgotten when the process ends; how it is told is the caller's affair.
import { deliveryStatus, type Evidence, type EvidenceRecipient } from '../../ledger/evidence';
import { Refusal } from '../../ledger/refusal';
import type { Instant } from '../../ledger/time';
import { MESSAGING_LIMITS } from '../../limits';
import { receiptCall } from '../../messaging/receipt-call';
import { unusableEndpoint } from '../../messaging/receipt-endpoint';
import type { Ledger } from '../../store/ledger';
import type { Fired, SandboxClock } from '../time/sandbox-clock';

/** A request of the emulator to an application. */
export interface Call {
  readonly endpoint: string;
  /** `Interface.operation` of the application, and in which version. */
  readonly key: string;
  readonly version: string;
  readonly message: object;
}

/** Resolves when the application has taken the call; rejects with a sentence that says why it has not. */
export type Caller = (call: Call, signal: AbortSignal) => Promise<void>;

/** A receipt that nobody took. */
export interface LostReceipt {
  readonly at: Instant;
  readonly application: string;
  readonly reference: string;
  readonly subscriber: string;
  readonly endpoint: string;
  readonly reason: string;
}

export interface ReceiptOptions {
  readonly ledger: Ledger;
  readonly clock: SandboxClock;
  readonly call: Caller;
  /** Hosts that receipts may go to besides this machine's own; asked for each call. */
  readonly allowedHosts: () => ReadonlySet<string>;
  readonly onLost: (lost: LostReceipt) => void;
}

interface Due {
  readonly evidence: Evidence;
  readonly recipient: EvidenceRecipient;
}

/**
 * `look` is to be called when there may be more to tell than before; charging never waits for any of it. A clock that is
 * moved does: what falls due on the way has been told, or given up, before the clock goes on.
 */
export function watchReceipts(options: ReceiptOptions) {
  const { ledger, clock, onLost } = options;
  const stopping = new AbortController();
  /** What is being told, or waits for another try. */
  const inHand = new Set<string>();
  let calling = 0;
  let cancel = () => {};

  const look = (): Promise<readonly Fired[]> => {
    cancel();
    const telling: Promise<readonly Fired[]>[] = [];
    if (stopping.signal.aborted || ledger.trouble() !== undefined) return allOf(telling);
    const now = clock.now();
    const room = inHand.size + MESSAGING_LIMITS.receiptsAtOnce;
    for (const due of ledger.read.receiptsDue(now, room)) {
      if (calling >= MESSAGING_LIMITS.receiptsAtOnce) break;
      const name = nameOf(due);
      if (inHand.has(name)) continue;
      inHand.add(name);
      telling.push(tell(due, 1));
    }
    const next = ledger.read.nextReceipt(now);
    cancel = next === undefined ? () => {} : clock.after(next - now, look);
    return allOf(telling);
  };

  const tell = async (due: Due, attempt: number): Promise<readonly Fired[]> => {
    calling += 1;
    const failure = await failureOf(due);
    calling -= 1;
    if (stopping.signal.aborted) return [];
    if (failure?.final === false && attempt < MESSAGING_LIMITS.receiptTries) {
      clock.after(MESSAGING_LIMITS.receiptPauseMs, () => again(due, attempt + 1));
      return look();
    }
    const at = clock.now();
    if (failure !== undefined) onLost({ ...whatIs(due), at, reason: failure.reason });
    const { reference } = due.evidence;
    const { subscriber } = due.recipient;
    const decision = await ledger.submit({ kind: 'receiptSent', reference, subscriber });
    // What the ledger could not note stays in hand: it is told once more after the next start, not over and over.
    if (!(decision instanceof Refusal)) inHand.delete(nameOf(due));
    const kind = failure === undefined ? 'receipt.sent' : 'receipt.lost';
    return [{ at, kind, id: reference }, ...(await look())];
  };

  /** A delivery may have been steered meanwhile: what is told is what holds now. */
  const again = async (due: Due, attempt: number): Promise<readonly Fired[]> => {
    if (stopping.signal.aborted || ledger.trouble() !== undefined) return [];
    const evidence = ledger.read.evidence(due.evidence.reference);
    const recipient = evidence?.recipients.find(
      ({ subscriber }) => subscriber === due.recipient.subscriber,
    );
    if (evidence !== undefined && recipient !== undefined && isSettled(recipient)) {
      return tell({ evidence, recipient }, attempt);
    }
    inHand.delete(nameOf(due));
    return [];
  };

  const isSettled = (recipient: EvidenceRecipient): boolean =>
    deliveryStatus(recipient, clock.now()) !== 'DeliveredToNetwork';

  const failureOf = async ({ evidence, recipient }: Due) => {
    const { receipt, service } = evidence;
    if (receipt === undefined) return undefined;
    const fault = unusableEndpoint(receipt.endpoint, options.allowedHosts());
    if (fault !== undefined) return { reason: `The endpoint ${fault}.`, final: true };
    const status = deliveryStatus(recipient, clock.now());
    try {
      await options.call(
        receiptCall(service, receipt, recipient.subscriber, status),
        stopping.signal,
      );
      return undefined;
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error), final: false };
    }
  };

  look();
  return {
    look,
    /** Breaks off what is in progress. What was not taken is told after the next start. */
    stop: () => {
      stopping.abort();
      cancel();
    },
  };
}

async function allOf(telling: readonly Promise<readonly Fired[]>[]): Promise<readonly Fired[]> {
  return (await Promise.all(telling)).flat();
}

function whatIs({ evidence, recipient }: Due): Omit<LostReceipt, 'at' | 'reason'> {
  const { application, reference, receipt } = evidence;
  return {
    application,
    reference,
    subscriber: recipient.subscriber,
    endpoint: receipt?.endpoint ?? '',
  };
}

function nameOf({ evidence, recipient }: Due): string {
  return `${evidence.reference} ${recipient.subscriber}`;
}
