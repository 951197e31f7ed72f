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
  readonly currency: string;
  readonly subscribers: readonly string[];
  readonly time: number;
}

export class Proofs {
  readonly evidence = new Map<string, Evidence>();
  /** Every charge there was. */
  readonly sales: Sale[] = [];
  /** For each refund there was, the place of the charge that it undoes among all charges. */
  readonly undone: (number | undefined)[] = [];

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
  sell(claim: Claim, shares: readonly (readonly [string, bigint])[]): void {
    const { request, application, terms, currency } = claim;
    const used = terms.confirmation === 'off' ? [] : once(request);
    const named = [...once(request), ...notesOf(request)];
    const sale: Sale = {
      application,
      currency,
      code: request.referenceCode ?? '',
      named: new Set(named.flatMap((name) => this.own(name, application) ?? [])),
      shares: new Map(
        shares.filter(([, paid]) => paid > 0n).map(([who, paid]) => [who, { paid, back: 0n }]),
      ),
    };
    for (const name of used) {
      const piece = this.evidence.get(name);
      if (piece !== undefined) piece.usedBy = sale;
    }
    this.sales.push(sale);
  }

  /** AN: of the charges that the refund names, the first that is enough; else that has anything left; else the first. */
  saleNamed(claim: Claim, amount: bigint): Sale | undefined {
    const { request, application, subscribers } = claim;
    const mine = this.salesOf(claim);
    const under = (name?: string) => mine.filter(({ code }) => code === name);
    const proved = (name: string) => {
      const piece = this.own(name, application);
      return piece === undefined ? [] : mine.filter(({ named }) => named.has(piece));
    };
    const either = (name: string) => {
      const both = [...under(name), ...proved(name)];
      return mine.filter((sale) => both.includes(sale));
    };
    const candidates = [
      ...once(request).flatMap(proved),
      ...notesOf(request).flatMap(either),
      ...under(request.referenceCode),
    ];
    const left = ({ shares }: Sale) => {
      const { paid, back } = shares.get(subscribers[0] ?? '') ?? { paid: 0n, back: 0n };
      return paid - back;
    };
    return (
      candidates.find((sale) => left(sale) >= amount) ??
      candidates.find((sale) => left(sale) > 0n) ??
      candidates[0]
    );
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
    this.undone.push(sale && this.sales.indexOf(sale));
    if (sale === undefined || share === undefined) return;
    share.back += amount;
    if ([...sale.shares.values()].some(({ paid, back }) => back < paid)) return;
    for (const piece of this.evidence.values()) if (piece.usedBy === sale) piece.usedBy = undefined;
  }

  private holds(name: string, claim: Claim, purpose: 'charge' | 'refund'): boolean {
    const { application, terms, subscribers, time } = claim;
    const piece = this.own(name, application);
    if (piece === undefined) return false;
    const covered = piece.recipients.filter(({ subscriber }) => subscribers.includes(subscriber));
    if (purpose === 'refund')
      return covered.length > 0 || this.salesOf(claim).some(({ named }) => named.has(piece));
    if (covered.length === 0) return false;
    const old = terms.evidenceLasts !== undefined && time - piece.issuedAt > terms.evidenceLasts;
    const enough: readonly DeliveryState[] = ['DeliveredToTerminal', ...terms.accepts];
    const arrived = covered.some((recipient) => enough.includes(stateOf(recipient, time)));
    return arrived && !old && piece.usedBy === undefined;
  }

  /** What an application has taken from a subscriber in a currency, the latest first. */
  private salesOf({ application, subscribers: [who = ''], currency }: Claim): readonly Sale[] {
    return this.sales
      .filter((sale) => sale.application === application && sale.currency === currency)
      .filter((sale) => sale.shares.has(who))
      .reverse();
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

/** The description entries after the first. */
function notesOf({ charge }: Request): readonly string[] {
  return charge?.description.slice(1) ?? [];
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
