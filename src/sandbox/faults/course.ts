// Carries out what a plan has chosen, at its stage of the way: what is executed, what is only judged, what is answered
// instead. Knows no XML and no HTTP of its own.
import type { PaymentFault } from '../../payment/faults';
import type { SoapResponse } from '../../soap/transport';
import type { Injection } from './active-rule';
import { httpAnswer, paused, spoilt } from './answers';
import { injectedFault } from './fault-texts';
import type { Deed } from './outcomes';
import type { Stage } from './rule';
import type { Waits } from './waits';

/** What a record tells of an injected fault. */
export interface Injected {
  /** The id of the rule, or `magic`. */
  readonly rule: string;
  readonly stage: Stage;
  readonly action: string;
}

/** An answer with what is told of it. */
export interface Told {
  readonly response: SoapResponse;
  readonly fault?: string;
  readonly detail?: string;
  readonly injected?: Injected;
}

/** What became of a request in the hands of the operation. */
export interface Step<T extends Told> {
  readonly told: T;
  /** Whether the business refused it: then nothing has changed, and nothing would have. */
  readonly refused: boolean;
  /** Whether the ledger has other transactions now. */
  readonly moved: boolean;
}

/** What an exchange can do with its request. */
export interface Steps<T extends Told> {
  /** What stands for an answer before anything is decided. */
  undecided(): T;
  execute(): Promise<Step<T>>;
  /** Has everything judged and writes nothing; absent where nothing can be judged so. */
  readonly rehearse: (() => Promise<Step<T>>) | undefined;
  /** `hasOwnText`: the text of the fault stands, whatever the profile says for its code. */
  writeFault(fault: PaymentFault, hasOwnText: boolean): SoapResponse;
  /** The message part that names whom the request is about. */
  readonly part: string;
}

/** The answer to a request that has been read and met `injection`. */
export async function injectedCourse<T extends Told>(
  injection: Injection,
  steps: Steps<T>,
  waits: Waits,
): Promise<T> {
  const { stage, deed, delayMs } = injection;
  switch (stage) {
    case 'before-parse':
    case 'before-decide':
      await delayed(delayMs, waits);
      if (deed.does === 'pass') return marked((await steps.execute()).told, injection);
      return instead(steps.undecided(), injection, steps, waits);
    case 'before-commit':
      return beforeCommit(injection, steps, waits);
    case 'after-commit-before-reply': {
      const done = await steps.execute();
      if (done.refused) return unreached(done, injection);
      const again = deed.does === 'duplicate' ? await steps.execute() : undefined;
      await delayed(delayMs, waits);
      return instead(done.told, again ? doubled(injection, done, again) : injection, steps, waits);
    }
    case 'during-reply':
      return duringReply(injection, (await steps.execute()).told, steps, waits);
  }
}

/** What happens to a request that nobody reads; undefined when it goes on after a delay. */
export async function injectedUnread(
  injection: Injection,
  undecided: SoapResponse,
  waits: Waits,
): Promise<Told | undefined> {
  const { deed, delayMs } = injection;
  await delayed(delayMs, waits);
  if (deed.does === 'pass') return undefined;
  const response = deed.does === 'http' ? httpAnswer(deed) : spoilt(undecided, deed, false, waits);
  return { response, ...told(deed), injected: marking(injection) };
}

/** What a duplicate execution came to, where that is not twice. */
function doubled<T extends Told>(injection: Injection, done: Step<T>, again: Step<T>): Injection {
  if (again.moved || !(done.moved || again.refused)) return injection;
  const why = again.refused ? `refused with ${again.told.fault}` : 'a repeat that changed nothing';
  return { ...injection, action: `${injection.action}, executed once: the second was ${why}` };
}

export function marking({ rule, stage, action }: Injection): Injected {
  return { rule, stage, action };
}

/** A refusal is answered as itself; a delay ends before the commit, so that what it leads to is the true course. */
async function beforeCommit<T extends Told>(
  injection: Injection,
  steps: Steps<T>,
  waits: Waits,
): Promise<T> {
  const { deed, delayMs } = injection;
  const judged = await steps.rehearse?.();
  if (judged?.refused) return unreached(judged, injection);
  await delayed(delayMs, waits);
  if (deed.does === 'pass') return marked((await steps.execute()).told, injection);
  return instead(judged?.told ?? steps.undecided(), injection, steps, waits);
}

async function duringReply<T extends Told>(
  injection: Injection,
  answer: T,
  steps: Steps<T>,
  waits: Waits,
): Promise<T> {
  const { deed, delayMs } = injection;
  if (deed.does === 'pass') {
    const response = paused(answer.response, delayMs, waits);
    return marked({ ...answer, response }, injection);
  }
  await delayed(delayMs, waits);
  return instead(answer, injection, steps, waits);
}

function instead<T extends Told>(
  answer: T,
  injection: Injection,
  steps: Steps<T>,
  waits: Waits,
): T {
  const { deed, stage } = injection;
  const response = responseOf(answer.response, deed, stage, steps, waits);
  return marked({ ...answer, response, ...told(deed) }, injection);
}

function responseOf(
  answer: SoapResponse,
  deed: Deed,
  stage: Stage,
  { writeFault, part }: Pick<Steps<Told>, 'writeFault' | 'part'>,
  waits: Waits,
): SoapResponse {
  if (deed.does === 'http') return httpAnswer(deed);
  if (deed.does !== 'fault') return spoilt(answer, deed, stage === 'during-reply', waits);
  const { status } = deed;
  return { ...writeFault(injectedFault(deed, part), deed.text !== undefined), status };
}

/** In the place of the fault that the client saw: what it saw instead of a true answer. */
function told(deed: Deed): Pick<Told, 'fault'> {
  if (deed.does === 'fault') return { fault: deed.code };
  if (deed.does === 'http') return { fault: `HTTP ${deed.status}` };
  const isAnswered = deed.does === 'pass' || deed.does === 'duplicate' || deed.does === 'dribble';
  return isAnswered ? {} : { fault: deed.does };
}

function marked<T extends Told>(answer: T, injection: Injection): T {
  return { ...answer, injected: marking(injection) };
}

function unreached<T extends Told>({ told: answer }: Step<T>, injection: Injection): T {
  injection.retract();
  return answer;
}

async function delayed(delayMs: number, waits: Waits): Promise<void> {
  if (delayMs > 0) await waits.begin(delayMs).over;
}
