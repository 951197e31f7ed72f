// A rule at work: what it has counted and where its chances stand. Knows no order of rules.
import type { CompiledRule } from './compile';
import type { Deed } from './outcomes';
import { drawDelay, SeededRandom } from './random';
import type { FaultRule, Stage } from './rule';

/** A rule with everything that decides what it does next, as plain data. */
export interface RuleState {
  readonly rule: FaultRule & { readonly id: string };
  readonly matched: number;
  readonly injected: number;
  readonly random: number;
}

/** What happens to one call. */
export interface Injection {
  /** The id of the rule, or `magic`. */
  readonly rule: string;
  readonly stage: Stage;
  readonly deed: Deed;
  readonly delayMs: number;
  readonly action: string;
  /** It did not come to it: the call got no further than a stage before. */
  retract(): void;
  /** The call is over, whatever came of it: nothing is retracted any more. */
  end(): void;
}

export class ActiveRule {
  readonly rule: RuleState['rule'];
  readonly #random: SeededRandom;
  #matched: number;
  #injected: number;

  constructor(
    readonly compiled: CompiledRule,
    { rule, matched, injected, random }: RuleState,
  ) {
    this.rule = rule;
    this.#random = new SeededRandom(random);
    this.#matched = matched;
    this.#injected = injected;
  }

  /** Counts a call that matches, and says what happens to it, if this rule has its turn. */
  asked(): Injection | undefined {
    const { skip = 0, times, probability, match } = this.rule;
    const { stage, deed, delay, action } = this.compiled;
    this.#matched += 1;
    const turn = this.#matched - skip;
    if (turn < 1 || (match?.nth !== undefined && turn !== match.nth)) return undefined;
    if (times !== undefined && this.#injected >= times) return undefined;
    if (probability !== undefined && this.#random.next() >= probability) return undefined;

    this.#injected += 1;
    const delayMs = delay === undefined ? 0 : drawDelay(delay, this.#random);
    const retract = (): void => {
      this.#injected -= 1;
    };
    return { rule: this.rule.id, stage, deed, delayMs, action, retract, end: () => {} };
  }

  status() {
    const { stage, action } = this.compiled;
    return { rule: this.rule, stage, action, matched: this.#matched, injected: this.#injected };
  }

  state(): RuleState {
    const [matched, injected] = [this.#matched, this.#injected];
    return { rule: this.rule, matched, injected, random: this.#random.state };
  }
}
