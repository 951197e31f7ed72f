// A history: what three applications ask of one operator, and what the clock does meanwhile. All from one seed.
import type { Answer } from './faults';
import { Operator } from './model';
import { createDeliverStep, createIssueStep, proving } from './proving';
import { createRandom, type Random } from './random';
import { createRequest, OPERATIONS, pickOperation } from './requests';
import { spoil } from './spoil';
import type { Charge, Outcome, Request } from './vocabulary';
import { APPLICATIONS, createWorld, DIGITS, SUBSCRIBERS, type World } from './world';

export interface RequestStep {
  readonly kind: 'request';
  /** Names the step, so that later ones can mean the reservation that it opens. */
  readonly id: number;
  readonly operation: string;
  readonly application: string;
  readonly request: Request;
  /** The step whose reservation is meant; that step may have failed or be gone. */
  readonly reservation?: number;
  /** Zeros in front of its identifier. */
  readonly zeros?: number;
  /** Sent without waiting for the answer to the step before. */
  readonly together: boolean;
}

/** Moves the clock by milliseconds, perhaps back; or to a reservation's expiry and `by` further. */
export interface ClockStep {
  readonly kind: 'clock';
  readonly by: number;
  readonly toExpiryOf?: number;
}

/** Bars a subscriber, or lets one in again. */
export interface StandingStep {
  readonly kind: 'standing';
  readonly subscriber: string;
  readonly status: 'active' | 'barred';
}

/** Closes the ledger and opens it again; nothing may change by it. */
export interface RestartStep {
  readonly kind: 'restart';
}

/** A service is provided, or one that was is registered under a name. */
export interface IssueStep {
  readonly kind: 'issue';
  readonly id: number;
  readonly application: string;
  readonly service: string;
  readonly reference?: string;
  readonly recipients: readonly {
    readonly subscriber: string;
    readonly outcome: Outcome;
    readonly afterMs: number;
  }[];
}

/** Steers how it came out, for one or for all. */
export interface DeliverStep {
  readonly kind: 'deliver';
  /** A name, or `@` and the step that issued it. */
  readonly evidence: string;
  readonly subscriber?: string;
  readonly outcome: Outcome;
}

/** An operator changes a wallet by hand. */
export interface AdjustStep {
  readonly kind: 'adjust';
  readonly subscriber: string;
  readonly currency: string;
  readonly amount?: bigint;
  readonly creditLimit?: bigint;
}

/** An operator ends the reservation that a step opened. */
export interface ExpireStep {
  readonly kind: 'expire';
  readonly reservation: number;
}

export type Step =
  | RequestStep
  | ClockStep
  | StandingStep
  | RestartStep
  | IssueStep
  | DeliverStep
  | AdjustStep
  | ExpireStep;

export interface History {
  readonly seed: number;
  readonly world: World;
  readonly steps: readonly Step[];
}

/** What the model holds, its clock, and which step opened which of its reservations. */
export class Expectation {
  readonly operator: Operator;
  readonly identifiers = new Map<number, string>();
  /** What the ledger named that a step issued. */
  readonly references = new Map<number, string>();
  clock: number;

  constructor(private readonly world: World) {
    this.clock = world.start;
    this.operator = new Operator((application) => {
      const terms = world.terms.get(application);
      if (terms === undefined) throw new Error(`no terms for ${application}`);
      return terms;
    }, world.start);
    for (const { subscriber, status, wallet } of world.provisions)
      this.operator.provision(subscriber, status, wallet);
  }

  /** The request with the identifier of the reservation it means; one that never was when there is none. */
  requestOf({ request: written, reservation, zeros = 0 }: RequestStep): Request {
    const request = this.namingEvidence(written);
    if (reservation === undefined) return request;
    const identifier = this.identifierOf({ reservation });
    return { ...request, reservationIdentifier: '0'.repeat(zeros) + identifier };
  }

  /** What a step should be answered. A new reservation's identifier is taken from what was found, if it may be one. */
  answer({ id, operation, application }: RequestStep, request: Request, found: unknown): Answer {
    const result = (found as { response?: { result?: unknown } }).response?.result;
    const free = typeof result === 'string' && !this.operator.reservations.has(result);
    const identifier = free && /^\d{1,30}$/.test(result) ? result : 'digits never used before';
    const { operator, clock } = this;

    const answer = operator.perform(operation, request, application, clock, identifier);
    if (operator.reservations.has(identifier)) this.identifiers.set(id, identifier);
    return answer;
  }

  /** Whether a step issues something, under the reference that was `found` when it is one that a ledger may give. */
  issue({ id, reference, ...piece }: IssueStep, found: unknown): 'issued' | 'refused' {
    const free = typeof found === 'string' && !this.operator.proofs.evidence.has(found);
    const form = { sms: /^SMS\d{15}$/, mms: /^MMS\d{15}$/ }[piece.service] ?? /^SVC\d{15}$/;
    const made = free && form.test(found) ? found : `a ${piece.service} never issued before`;
    this.references.set(id, reference ?? made);
    return this.operator.issue({ ...piece, reference: reference ?? made }, this.clock);
  }

  deliver({ evidence, subscriber, outcome }: DeliverStep): void {
    const { operator } = this;
    operator.reach(this.clock);
    operator.proofs.deliver(this.named(evidence), subscriber, outcome, operator.time);
  }

  adjust(step: AdjustStep): 'adjusted' | 'refused' {
    return this.operator.adjust(step, this.clock);
  }

  expire(step: ExpireStep): 'expired' | 'refused' {
    return this.operator.expire(this.identifierOf(step), this.clock);
  }

  /** Of the reservation that a step means; one that never was when there is none. */
  identifierOf({ reservation }: Pick<ExpireStep, 'reservation'>): string {
    return this.identifiers.get(reservation) ?? '404';
  }

  /** The reference of evidence that a step names. */
  named(name: string): string {
    const [, step] = /^@(\d+)$/.exec(name) ?? [];
    return step === undefined ? name : (this.references.get(Number(step)) ?? 'gone');
  }

  private namingEvidence(request: Request): Request {
    const { charge, confirmationRefs } = request;
    const named = (names: readonly string[]) => names.map((name) => this.named(name));
    return {
      ...request,
      ...(charge && { charge: { ...charge, description: named(charge.description) } }),
      ...(confirmationRefs && { confirmationRefs: named(confirmationRefs) }),
    };
  }

  stand({ subscriber, status }: StandingStep): void {
    this.operator.reach(this.clock);
    this.operator.provision(subscriber, status);
  }

  /** Where a step puts the clock. A clock that does not jump stays rather than go back. */
  instantOf({ by, toExpiryOf }: ClockStep): number {
    const identifier = this.identifiers.get(toExpiryOf ?? -1) ?? '';
    const expiry = this.operator.reservations.get(identifier)?.expiresAt;
    const instant = toExpiryOf === undefined ? this.clock + by : (expiry ?? this.clock) + by;
    return this.world.clockJumps ? instant : Math.max(instant, this.clock);
  }
}

/** A history of `requests` requests with moves of the clock between them. The model guides it to interesting places. */
export function createHistory(seed: number, requests: number): History {
  const random = createRandom(seed);
  const world = createWorld(random);
  const guide = new Expectation(world);
  const steps: Step[] = [];
  const made: RequestStep[] = [];
  let left = 0;

  while (made.length < requests) {
    if (left === 0 && world.durable && random.chance(4)) {
      steps.push({ kind: 'restart' });
      if (world.clockJumps) steps.push(moved(guide, { kind: 'clock', by: -random.below(60_000) }));
    } else if (left === 0 && random.chance(2)) {
      steps.push(stood(guide, createStandingStep(guide, random)));
    } else if (left === 0 && random.chance(3)) {
      steps.push(operated(guide, random));
    } else if (left === 0 && random.chance(14)) {
      steps.push(...provided(guide, steps.length, random));
    } else if (left === 0 && random.chance(10)) {
      steps.push(moved(guide, createClockStep(world, guide, random)));
    } else {
      const step = createRequestStep(made, left > 0, world, guide, random);
      left = left > 0 ? left - 1 : random.chance(10) ? burstOf(random) : 0;
      guide.answer(step, guide.requestOf(step), { response: { result: String(step.id) } });
      made.push(step);
      steps.push(step);
    }
  }
  return { seed, world, steps };
}

/** Lets the guide go along with a move of the clock. */
function moved(guide: Expectation, move: ClockStep): ClockStep {
  guide.clock = guide.instantOf(move);
  return move;
}

/** Lets the guide know of a change of standing. */
function stood(guide: Expectation, step: StandingStep): StandingStep {
  guide.stand(step);
  return step;
}

/** By hand: a wallet is changed, or a reservation ended, mostly one that is open. */
function operated(guide: Expectation, random: Random): Step {
  const { operator } = guide;
  const all = [...operator.reservations.values()];
  const open = [...operator.open];
  if (all.length > 0 && random.chance(40)) {
    const { identifier } = random.pick(open.length > 0 && random.chance(80) ? open : all);
    const step = { kind: 'expire', reservation: Number(identifier) } as const;
    guide.expire(step);
    return step;
  }
  const [subscriber] = random.pick(SUBSCRIBERS);
  const currency = random.pick([...DIGITS.keys()]);
  const wallet = operator.wallets.get(`${subscriber} ${currency}`);
  const free = wallet ? wallet.credits - wallet.debits - wallet.held + wallet.creditLimit : 0n;
  const unit = 1_000_000n;
  const step: AdjustStep = {
    kind: 'adjust',
    subscriber,
    currency,
    ...random.pick([
      { amount: BigInt(random.between(1, 50)) * unit },
      { amount: -free },
      { amount: -free - 1n },
      { creditLimit: BigInt(random.between(0, 20)) * unit },
      { amount: -unit, creditLimit: 2n * unit },
    ]),
  };
  guide.adjust(step);
  return step;
}

/** A service is provided; now and then one that was is steered. */
function provided(guide: Expectation, id: number, random: Random): readonly Step[] {
  const deliver = random.chance(25) ? createDeliverStep(guide, random) : undefined;
  if (deliver !== undefined) {
    guide.deliver(deliver);
    return [deliver];
  }
  const issue = createIssueStep(id, random);
  guide.issue(issue, referenceOf(issue));
  return [issue];
}

/** What a ledger might name it that numbers evidence by the steps of a history. */
export function referenceOf({ id, service }: IssueStep): string {
  const prefix = { sms: 'SMS', mms: 'MMS' }[service] ?? 'SVC';
  return prefix + String(id).padStart(15, '0');
}

/** Half of the time somebody who is barred is let in, so that the barred stay few. */
function createStandingStep({ operator }: Expectation, random: Random): StandingStep {
  const subscribers = [...operator.subscribers];
  const barred = subscribers.filter(([, status]) => status === 'barred');
  const [subscriber] = random.pick(barred.length > 0 && random.chance(60) ? barred : subscribers);
  const status = operator.subscribers.get(subscriber) === 'barred' ? 'active' : 'barred';
  return { kind: 'standing', subscriber, status };
}

/** Sometimes more than the ledger commits at once. */
function burstOf(random: Random): number {
  return random.chance(3) ? random.between(60, 130) : random.between(1, 15);
}

function createClockStep(world: World, guide: Expectation, random: Random): ClockStep {
  const open = [...guide.operator.open];
  if (open.length > 0 && random.chance(20)) {
    const toExpiryOf = Number(random.pick(open).identifier);
    return { kind: 'clock', by: random.pick([-1, 0, 0, 1]), toExpiryOf };
  }
  const by = random.below(random.pick([10, 100, 1_000, 5_000, 60_000, 400_000]));
  const far = random.chance(2) ? random.pick([86_400_000, 20 * 86_400_000]) : 0;
  return { kind: 'clock', by: world.clockJumps && random.chance(30) ? -by : by + far };
}

function createRequestStep(
  made: readonly RequestStep[],
  together: boolean,
  world: World,
  guide: Expectation,
  random: Random,
): RequestStep {
  const id = made.length + 1;
  if (made.length > 0 && random.chance(10))
    return { ...repeat(random.pick(made.slice(-40)), random), id, together };

  const application = random.pick(APPLICATIONS);
  const operation = pickOperation(random);
  const plain = createRequest(operation, world, random);
  const asked = { kind: 'request', id, operation, application, request: plain, together } as const;
  const right = proving(asked, guide, random);
  const wrong = random.chance(16) ? spoil(right.request, random) : right.request;
  const request = random.chance(3) ? spoil(wrong, random) : wrong;
  const step = { ...right, request };
  if (request.reservationIdentifier !== '') return step;

  // Mostly the owner with a reservation of the right kind; else whoever it is, with whatever there ever was.
  const [interfaceName] = operation.split('.');
  const usable = [...guide.operator.open].filter((open) => open.interfaceName === interfaceName);
  const all = [...guide.operator.reservations.values()];
  const careful = random.chance(88) && usable.length > 0;
  if (all.length === 0) return step;
  const meant = random.pick(careful ? usable : all);
  const reservation = Number(meant.identifier);
  return { ...step, reservation, application: careful ? meant.application : application };
}

/** The same again: exactly, spelt otherwise, changed under the same reference code, or by somebody else. */
function repeat(step: RequestStep, random: Random): RequestStep {
  const { request } = step;
  const { endUserIdentifier = '', charge, volume, confirmationRefs } = request;
  const spellings = SUBSCRIBERS.find((list) => list.includes(endUserIdentifier));
  const twins = OPERATIONS.filter((other) => shapeOf(other) === shapeOf(step.operation));

  switch (random.below(6)) {
    case 0:
      return { ...step, application: random.pick(APPLICATIONS) };
    case 1:
      return { ...step, operation: random.pick(twins) };
    case 2:
      if (step.reservation !== undefined) return { ...step, zeros: random.pick([0, 1, 15]) };
      if (spellings === undefined) return step;
      return { ...step, request: { ...request, endUserIdentifier: random.pick(spellings) } };
    case 3:
      if (charge === undefined)
        return { ...step, request: { ...request, ...(volume && { volume: volume + 1n }) } };
      return {
        ...step,
        request: { ...request, charge: { ...charge, ...otherwise(charge, random) } },
      };
    case 4:
      if (confirmationRefs === undefined) return step;
      return {
        ...step,
        request: { ...request, confirmationRefs: others(confirmationRefs, random) },
      };
    default:
      return step;
  }
}

/** None, the same once more, or another one. */
function others(references: readonly string[], random: Random): readonly string[] {
  const [first = 'ticket-0'] = references;
  return random.pick([[], [...references, first], ['ticket-0']]);
}

/** Another text, another amount, or the same amount in other digits. */
function otherwise({ amount }: Charge, random: Random): Partial<Charge> {
  if (amount === undefined || !/^\d+(\.\d+)?$/.test(amount)) return { description: ['other'] };
  const same = amount.includes('.') ? `0${amount}0` : `0${amount}.0`;
  return random.pick([
    { description: ['other'] },
    { amount: `1${amount}` },
    { amount: same },
    { currency: '' },
    { currency: '' },
    { currency: 'EUR' },
    { currency: 'EUR' },
  ]);
}

/** Equal for operations that take the same parts: chargeAmount and refundAmount, the two releaseReservation. */
function shapeOf(operation: string): string {
  const [, name = ''] = operation.split('.');
  if (name === 'releaseReservation' || name === 'getAmount') return name;
  return /^(charge|refund)(Amount|Volume)$/.test(name) ? name.slice(6) : operation;
}
