// Requests that have to do with evidence: charges that name it, refunds that name what they undo, and how it comes about.
import { toText } from './arithmetic';
import type { DeliverStep, Expectation, IssueStep, RequestStep } from './history';
import type { Random } from './random';
import type { Evidence, Request, Sale } from './vocabulary';
import { APPLICATIONS, DIGITS, SUBSCRIBERS } from './world';

/** Stands for the reference of what another step issued, which only the ledger makes. */
export function meaning(step: number): string {
  return `@${step}`;
}

/** Issued by a service, or registered under one of a few names, so that names come again. */
export function createIssueStep(id: number, random: Random): IssueStep {
  const names = random.chance(30) ? [`ticket-${random.below(12)}`] : [];
  const first = random.below(SUBSCRIBERS.length);
  const count = random.pick([1, 1, 1, 2, 3]);
  const recipients = Array.from({ length: count }, (_, index) => ({
    subscriber: SUBSCRIBERS[(first + index) % SUBSCRIBERS.length]?.[0] ?? '',
    outcome: random.pick([
      'delivered',
      'delivered',
      'delivered',
      'impossible',
      'uncertain',
      'never',
    ] as const),
    afterMs: random.pick([0, 0, 1_000, 60_000]),
  }));
  const service = random.pick(['sms', 'mms', 'cinema']);
  const application = random.pick(APPLICATIONS);
  const [reference] = names;
  return { kind: 'issue', id, application, service, recipients, ...(reference && { reference }) };
}

export function createDeliverStep(
  { operator }: Expectation,
  random: Random,
): DeliverStep | undefined {
  const pieces = [...operator.proofs.evidence.values()].slice(-20);
  if (pieces.length === 0) return undefined;
  const { reference, recipients } = random.pick(pieces);
  const { subscriber } = random.pick(recipients);
  return {
    kind: 'deliver',
    evidence: nameOf(reference),
    ...(random.chance(50) && { subscriber }),
    outcome: random.pick(['delivered', 'delivered', 'impossible', 'uncertain', 'never'] as const),
  };
}

/** A charge with evidence, mostly good; a refund that names a charge, mostly one that it may. */
export function proving(step: RequestStep, guide: Expectation, random: Random): RequestStep {
  if (!step.operation.startsWith('AmountCharging') && !step.operation.endsWith('refundVolume'))
    return step;
  if (step.operation.includes('refund'))
    return random.chance(65) ? undoing(step, guide, random) : step;
  return random.chance(55) ? charging(step, guide, random) : step;
}

function charging(step: RequestStep, { operator }: Expectation, random: Random): RequestStep {
  const all = [...operator.proofs.evidence.values()].slice(-30);
  if (all.length === 0) return step;
  const unused = all.filter(({ usedBy }) => usedBy === undefined);
  const careful = unused.length > 0 && random.chance(75);
  const piece = random.pick(careful ? unused : all);
  const more = random.chance(20) ? [nameOf(random.pick(all).reference)] : [];
  const names = [nameOf(piece.reference), ...more, ...(random.chance(5) ? ['never-issued'] : [])];
  const request = { ...covered(step.request, piece, random), confirmationRefs: names };
  const described = random.chance(15) ? noting(request, names) : request;
  return {
    ...step,
    request: described,
    application: careful ? piece.application : step.application,
  };
}

/** The request as one of somebody whom the evidence covers. */
function covered(request: Request, { recipients }: Evidence, random: Random): Request {
  if (random.chance(8)) return request;
  const endUserIdentifier = spelt(random.pick(recipients).subscriber, random);
  const { splitInfo } = request;
  if (splitInfo === undefined) return { ...request, endUserIdentifier };
  const [, ...others] = splitInfo;
  const [first = endUserIdentifier] =
    SUBSCRIBERS.find((list) => list.includes(endUserIdentifier)) ?? [];
  const isThere = others.some((other) =>
    SUBSCRIBERS.some((list) => list[0] === first && list.includes(other.endUserIdentifier)),
  );
  if (isThere) return request;
  return {
    ...request,
    splitInfo: [{ endUserIdentifier, percent: splitInfo[0]?.percent ?? 100 }, ...others],
  };
}

/** Names a charge of the last while by its code or its evidence; asks for a part of it, the rest, or more. */
function undoing(step: RequestStep, { operator }: Expectation, random: Random): RequestStep {
  const sales = operator.proofs.sales.slice(-40).filter(({ shares }) => shares.size > 0);
  if (sales.length === 0) return step;
  const evidence = [...operator.proofs.evidence.values()];
  const proved = sales.filter((each) => each.named.size > 0);
  const shared = proved.filter(({ shares }) => shares.size > 1);
  const kinds = sales.filter(({ code }) => code.startsWith('kind-'));
  const some = random.pick([proved, proved, shared, kinds, sales, sales]);
  const sale = random.pick(some.length > 0 ? some : sales);
  const [subscriber, share] = random.pick([...sale.shares]);
  const rest = share.paid - share.back;
  const { charge } = step.request;
  const by = {
    ...step.request,
    endUserIdentifier: random.chance(92)
      ? spelt(subscriber, random)
      : step.request.endUserIdentifier,
    ...(charge && {
      charge: {
        description: charge.description,
        currency: random.chance(92) ? sale.currency : 'EUR',
        amount: amountOf(rest, sale.currency, random),
      },
    }),
  } as Request;
  const application = random.chance(92) ? sale.application : step.application;
  // Two charges may be named at once: then the order decides.
  const alike = sales.filter(
    (each) =>
      each.application === sale.application &&
      each.currency === sale.currency &&
      each.shares.has(subscriber),
  );
  const named = random.chance(35) ? { ...by, referenceCode: random.pick(alike).code } : by;
  return { ...step, application, request: naming(named, sale, evidence, random) };
}

function naming(
  request: Request,
  sale: Sale,
  evidence: readonly Evidence[],
  random: Random,
): Request {
  const names = evidence
    .filter((piece) => sale.named.has(piece))
    .map(({ reference }) => nameOf(reference));
  switch (random.below(5)) {
    case 0:
    case 1:
      if (request.confirmationRefs === undefined || names.length === 0) return request;
      return { ...request, confirmationRefs: names };
    case 2:
      return noting(request, random.chance(50) ? [sale.code] : [...names, sale.code]);
    default:
      return { ...request, referenceCode: sale.code };
  }
}

function noting(request: Request, names: readonly string[]): Request {
  const { charge } = request;
  if (charge === undefined) return request;
  return {
    ...request,
    charge: { ...charge, description: [charge.description[0] ?? '', ...names] },
  };
}

function amountOf(rest: bigint, currency: string, random: Random): string {
  const digits = DIGITS.get(currency) ?? 2;
  const step = 10n ** BigInt(6 - digits);
  const steps = rest / step;
  const asked = random.pick([steps, steps, steps / 2n, steps / 3n, steps + 1n, 2n * steps]);
  return toText((asked > 0n ? asked : 1n) * step, digits);
}

function spelt(subscriber: string, random: Random): string {
  return random.pick(SUBSCRIBERS.find(([first]) => first === subscriber) ?? [subscriber]);
}

/** In a history, what the ledger names is named by the step that issued it. */
function nameOf(reference: string): string {
  const [, id] = /^[A-Z]{3}0*(\d+)$/.exec(reference) ?? [];
  return id === undefined ? reference : meaning(Number(id));
}
