// Evidence, the charges that it proves, and the refunds that undo them, as the rulings have it (R, AI to AN).
// A part of the model: it imports nothing of src/.
import { deny } from './faults';
import type {
  DeliveryState,
  Evidence,
  Outcome,
  Recipient,
  Request,
  Sale,
  Terms,
} from './vocabulary';

/** Who asks for money to go or to come back, and of whom. */
export interface Claim {
  readonly request: Request;
  readonly application: string;
  readonly terms: Terms;
  readonly subscribers: readonly string[];
  readonly time: number;
}

export class Proofs {
  readonly evidence = new Map<string, Evidence>();
  /** Every charge there was. */
  readonly sales: Sale[] = [];
  /** The latest charge under a reference code of an application. */
  private readonly byCode = new Map<string, Sale>();

  /** AO: whether it may be registered; the same again changes nothing. */
  issue(piece: Omit<Evidence, 'usedBy'>): 'issued' | 'refused' {
    const before = this.evidence.get(piece.reference);
    if (before === undefined) this.evidence.set(piece.reference, { ...piece, usedBy: undefined });
    return before === undefined || sameness(before) === sameness(piece) ? 'issued' : 'refused';
  }

  /** AO: steers a delivery; of everyone when nobody is named. */
  deliver(reference: string, subscriber: string | undefined, outcome: Outcome, time: number): void {
    for (const recipient of this.evidence.get(reference)?.recipients ?? []) {
      if (subscriber !== undefined && recipient.subscriber !== subscriber) continue;
      recipient.outcome = outcome;
      recipient.settlesAt = time;
    }
  }

  /** AI, AK, AN: a charge needs all of its evidence, a refund only what is its own. */
  check(claim: Claim, purpose: 'charge' | 'refund'): void {
    const { request, terms } = claim;
    if (request.confirmationRefs === undefined || terms.confirmation === 'off') return;
    const missing = request.confirmationRefs.length === 0 && terms.confirmation === 'required';
    deny(missing && purpose === 'charge', 'POL0253', 'confirmationRefs');
    const wrong = once(request).filter((name) => !this.holds(name, claim, purpose));
    deny(wrong.length > 0, 'POL0253', wrong.join(', '));
  }

  /** What a charge took of whom; the evidence that it names is used up by it. */
  sell(claim: Claim, currency: string, shares: readonly (readonly [string, bigint])[]): void {
    const { request, application, terms } = claim;
    const named = terms.confirmation === 'off' ? [] : once(request);
    const sale: Sale = {
      application,
      currency,
      code: request.referenceCode ?? '',
      shares: new Map(
        shares.filter(([, paid]) => paid > 0n).map(([who, paid]) => [who, { paid, back: 0n }]),
      ),
    };
    for (const name of named) {
      const piece = this.evidence.get(name);
      if (piece !== undefined) piece.usedBy = sale;
    }
    this.sales.push(sale);
    this.byCode.set(`${application} ${sale.code}`, sale);
  }

  /** R: what the refund names is the first of these that took this currency from this subscriber. */
  saleNamed(claim: Claim, currency: string): Sale | undefined {
    const { request, application, subscribers } = claim;
    const [subscriber = ''] = subscribers;
    const [, ...notes] = request.charge?.description ?? [];
    const under = (code: string | undefined) => this.byCode.get(`${application} ${code}`);
    const provedBy = (name: string) => this.own(name, application)?.usedBy;
    return [
      ...once(request).map(provedBy),
      ...notes.flatMap((note) => [under(note), provedBy(note)]),
      under(request.referenceCode),
    ].find((sale) => sale?.currency === currency && sale.shares.has(subscriber));
  }

  /** R: under strict refunds a charge is named, and no more comes back than it took. */
  checkRefund({ terms, subscribers }: Claim, sale: Sale | undefined, amount: bigint): void {
    if (terms.refunds === 'open') return;
    const share = sale?.shares.get(subscribers[0] ?? '');
    deny(share === undefined || share.back + amount > share.paid, 'SVC0270');
  }

  /** AN: when everybody has everything back, the evidence is free. */
  undo({ subscribers }: Claim, sale: Sale | undefined, amount: bigint): void {
    const share = sale?.shares.get(subscribers[0] ?? '');
    if (sale === undefined || share === undefined) return;
    share.back += amount;
    if ([...sale.shares.values()].some(({ paid, back }) => back < paid)) return;
    for (const piece of this.evidence.values()) if (piece.usedBy === sale) piece.usedBy = undefined;
  }

  private holds(name: string, claim: Claim, purpose: 'charge' | 'refund'): boolean {
    const { application, terms, subscribers, time } = claim;
    const piece = this.own(name, application);
    const covered = piece?.recipients.filter(({ subscriber }) => subscribers.includes(subscriber));
    if (piece === undefined || covered === undefined || covered.length === 0) return false;
    if (purpose === 'refund') return true;
    const old = terms.evidenceLasts !== undefined && time - piece.issuedAt > terms.evidenceLasts;
    const arrived = covered.some((recipient) => terms.accepts.includes(stateOf(recipient, time)));
    return arrived && !old && piece.usedBy === undefined;
  }

  private own(name: string, application: string): Evidence | undefined {
    const piece = this.evidence.get(name);
    return piece?.application === application ? piece : undefined;
  }
}

/** AJ: a reference that is there twice counts once. */
export function once({ confirmationRefs = [] }: Request): readonly string[] {
  return confirmationRefs.filter((name, place) => confirmationRefs.indexOf(name) === place);
}

/** TS 29.199-4: in the network until it is settled. */
function stateOf({ outcome, settlesAt }: Recipient, time: number): DeliveryState {
  if (time < settlesAt || outcome === 'never') return 'DeliveredToNetwork';
  if (outcome === 'delivered') return 'DeliveredToTerminal';
  return outcome === 'impossible' ? 'DeliveryImpossible' : 'DeliveryUncertain';
}

function sameness({ application, service, recipients }: Omit<Evidence, 'usedBy'>): string {
  return [application, service, ...recipients.map(({ subscriber }) => subscriber).sort()].join(' ');
}
