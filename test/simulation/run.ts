// Runs a history on a real sandbox and on the model, side by side, up to the first difference between them.
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './faults';
import {
  type AdjustStep,
  type DeliverStep,
  Expectation,
  type History,
  type IssueStep,
  type RequestStep,
  type Step,
} from './history';
import { type Holdings, holdingsOf, linesOf } from './holdings';
import type { Request } from './vocabulary';
import type { World } from './world';

/** A real sandbox, as the simulation uses it. */
export interface Subject {
  perform(operation: string, request: Request, application: string): Promise<Answer>;
  moveClock(instant: number): void;
  /** Lets the ledger notice the time that the clock shows. */
  tick(): Promise<void>;
  /** Bars a subscriber, or lets one in again. */
  stand(subscriber: string, status: 'active' | 'barred'): Promise<void>;
  /** The reference under which evidence is there now; undefined when it was refused. */
  issue(step: IssueStep): Promise<string | undefined>;
  /** Steers the delivery of the evidence of that reference. */
  deliver(reference: string, step: DeliverStep): Promise<void>;
  /** Whether it could change the wallet. */
  adjust(step: AdjustStep): Promise<'adjusted' | 'refused'>;
  /** Whether it could end the reservation of that identifier. */
  expire(identifier: string): Promise<'expired' | 'refused'>;
  /** Closes the ledger and opens it again, when it lives in a file. */
  restart(): Promise<void>;
  holdings(): Holdings;
  /** For each refund there was, the place of the charge that it undoes among all charges. */
  undone(): readonly (number | undefined)[];
  /** What its own audit finds wrong. */
  violations(): readonly string[];
  digest(): string;
  close(): Promise<void>;
}

export type OpenSubject = (world: World) => Promise<Subject>;

export interface Difference {
  /** The place in the history's steps; its length for a difference found at the end. */
  readonly index: number;
  readonly expected: unknown;
  readonly found: unknown;
}

export type Run = { readonly digest: string } | { readonly difference: Difference };

/** How many steps pass between two comparisons of everything the ledger holds. */
const STEPS_BETWEEN_INSPECTIONS = 100;

/** Runs a history to its end, or to the first answer, balance, reservation or bill entry that is not as expected. */
export async function runHistory({ world, steps }: History, open: OpenSubject): Promise<Run> {
  const subject = await open(world);
  try {
    const expectation = new Expectation(world);
    let inspected = 0;
    for (let index = 0; index < steps.length; ) {
      const burst = burstAt(steps, index);
      const difference = await compareBurst(burst, index, expectation, subject);
      if (difference) return { difference };
      index += burst.length;

      if (index < inspected + STEPS_BETWEEN_INSPECTIONS && index < steps.length) continue;
      inspected = index;
      const wrong = await inspect(expectation, subject);
      if (wrong) return { difference: { index, ...wrong } };
    }
    const { undone: expected } = expectation.operator.proofs;
    const found = subject.undone();
    if (!isDeepStrictEqual(found, expected)) {
      return { difference: { index: steps.length, expected, found } };
    }
    return { digest: subject.digest() };
  } finally {
    await subject.close();
  }
}

/** The step at an index and those sent together with it. */
function burstAt(steps: readonly Step[], index: number): readonly Step[] {
  let end = index + 1;
  for (; end < steps.length; end += 1) {
    const next = steps[end];
    if (steps[index]?.kind !== 'request' || next?.kind !== 'request' || !next.together) break;
  }
  return steps.slice(index, end);
}

async function compareBurst(
  burst: readonly Step[],
  index: number,
  expectation: Expectation,
  subject: Subject,
): Promise<Difference | undefined> {
  const [first] = burst;
  if (first?.kind === 'clock') {
    expectation.clock = expectation.instantOf(first);
    subject.moveClock(expectation.clock);
    return undefined;
  }
  if (first?.kind === 'standing') {
    expectation.stand(first);
    await subject.stand(first.subscriber, first.status);
    return undefined;
  }
  if (first?.kind === 'issue') {
    const reference = await subject.issue(first);
    const expected = expectation.issue(first, reference);
    const found = reference === undefined ? 'refused' : 'issued';
    return found === expected ? undefined : { index, expected, found };
  }
  if (first?.kind === 'deliver') {
    await subject.deliver(expectation.named(first.evidence), first);
    expectation.deliver(first);
    return undefined;
  }
  if (first?.kind === 'adjust' || first?.kind === 'expire') {
    const operated =
      first.kind === 'adjust'
        ? [expectation.adjust(first), await subject.adjust(first)]
        : [expectation.expire(first), await subject.expire(expectation.identifierOf(first))];
    const [expected, found] = operated;
    return found === expected ? undefined : { index, expected, found };
  }
  if (first?.kind === 'restart') {
    // A ledger that fails its audit would not open again.
    const violations = subject.violations();
    if (violations.length > 0) return { index, expected: 'a clean audit', found: violations };
    await subject.restart();
    return undefined;
  }

  const sent = (burst as readonly RequestStep[]).map((step) => {
    const request = expectation.requestOf(step);
    return { step, request, answer: subject.perform(step.operation, request, step.application) };
  });
  const answers = await Promise.allSettled(sent.map(({ answer }) => answer));

  for (const [offset, settled] of answers.entries()) {
    const { step, request } = sent[offset] as (typeof sent)[number];
    const found = settled.status === 'fulfilled' ? settled.value : settled.reason;
    const expected = expectation.answer(step, request, found);
    if (!isDeepStrictEqual(found, expected)) return { index: index + offset, expected, found };
  }
  return undefined;
}

async function inspect(
  expectation: Expectation,
  subject: Subject,
): Promise<{ expected: unknown; found: unknown } | undefined> {
  expectation.operator.reach(expectation.clock);
  await subject.tick();

  const expected = linesOf(holdingsOf(expectation.operator));
  const found = linesOf(subject.holdings());
  const line = expected.findIndex((text, place) => text !== found[place]);
  if (line >= 0 || found.length > expected.length) {
    const place = line >= 0 ? line : expected.length;
    return { expected: expected[place], found: found[place] };
  }
  const violations = subject.violations();
  return violations.length > 0 ? { expected: 'a clean audit', found: violations } : undefined;
}
