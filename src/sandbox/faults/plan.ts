// The faults of one sandbox: its rules in order, what they have counted, outcomes forced for the next call, magic
// values. Chooses what happens to a call; carrying it out is course.ts.
import type { TermsOf } from '../../ledger/terms';
import { ActiveRule, type Injection, type RuleState } from './active-rule';
import { type Call, factsOf } from './call';
import { compileRule, FaultRuleError, problemsOfRules } from './compile';
import { magicWish } from './magic';
import { FAULT_PROFILES, type FaultProfileName } from './profiles';
import { seedFrom } from './random';
import type { FaultAction, FaultMatch, FaultRule, Stage } from './rule';
import { Waits } from './waits';

/** A rule with what it has done. */
export interface FaultRuleStatus {
  readonly rule: FaultRule & { readonly id: string };
  readonly stage: Stage;
  /** `timeout`, `fault SVC0270`, `delay and reset`. */
  readonly action: string;
  /** Calls that matched, and those of them to which it happened. */
  readonly matched: number;
  readonly injected: number;
}

export interface FaultPlan {
  /** In the order in which they are asked; forced outcomes stand first. */
  rules(): readonly FaultRuleStatus[];
  /** Appends a rule and returns its id. Throws FaultRuleError, as everything that takes rules. */
  add(rule: FaultRule): string;
  /** These rules instead of all others, all or none. */
  replace(rules: readonly FaultRule[]): readonly string[];
  /** False when there is none of that id. */
  remove(id: string): boolean;
  /** No rules and no forced outcomes. */
  clear(): void;
  /** The rules of the configuration again, nothing counted. */
  reset(): void;
  /** The rules of a named profile instead of all others. */
  use(profile: FaultProfileName): readonly string[];
  /** Once, to the next call that matches and gets so far: an outcome by its word, or any action. Returns its id. */
  next(outcome: string | FaultAction, match?: FaultMatch): string;
  /** Whether values of requests may ask for faults. */
  magic: boolean;
  /** Ends every delay and every stall that is going on: delays go on, stalled connections are closed. */
  release(): void;
  /** As `release`, and from now on nothing waits. Before a stop, so that no client holds it up. */
  close(): void;
  /** Everything that decides what happens from now on, as plain data. */
  state(): FaultPlanState;
  /** As `state` told it, in this process or from a file. Throws FaultRuleError, and then is as it was. */
  restore(state: unknown): void;
}

export interface FaultPlanState {
  readonly forced: readonly RuleState[];
  readonly rules: readonly RuleState[];
  readonly made: number;
  readonly magic: boolean;
}

export interface FaultOptions {
  /** Of the configuration. */
  readonly rules?: readonly FaultRule[];
  /** False when absent. */
  readonly magic?: boolean;
  /** Of all chances that have no seed of their own; 1 when absent. */
  readonly seed?: number;
  /** Looks at the shape of rules that come in; throws what is wrong with it. */
  readonly check?: (rules: unknown) => void;
}

export class Faults implements FaultPlan {
  /** What a reset of a sandbox calls it. */
  readonly scope = 'faults';
  /** True when nothing can happen to any call: then a plan is not asked. */
  idle = true;
  readonly waits = new Waits();
  readonly #options: FaultOptions;
  readonly #terms: TermsOf;
  #forced: ActiveRule[] = [];
  /** Forced outcomes on their way to a call; whatever ends a plan ends these too. */
  #underway: ActiveRule[] = [];
  #rules: ActiveRule[] = [];
  #made = 0;
  #magic: boolean;
  /** Whether a rule concerns requests that nobody has read. */
  #asksUnread = false;

  constructor(terms: TermsOf, options: FaultOptions = {}) {
    this.#terms = terms;
    this.#options = options;
    this.#magic = options.magic ?? false;
    this.reset();
  }

  rules(): readonly FaultRuleStatus[] {
    return [...this.#forced, ...this.#rules].map((active) => active.status());
  }

  add(rule: FaultRule): string {
    const { id } = rule;
    this.#options.check?.([rule]);
    judge([...this.#rules.map((active) => active.rule), rule]);
    const active = this.#activated(rule, id);
    this.#rules.push(active);
    this.#changed();
    return active.rule.id;
  }

  replace(rules: readonly FaultRule[]): readonly string[] {
    this.#options.check?.(rules);
    return this.#put(rules);
  }

  remove(id: string): boolean {
    const count = () => this.#forced.length + this.#underway.length + this.#rules.length;
    const others = (rules: ActiveRule[]) => rules.filter(({ rule }) => rule.id !== id);
    const before = count();
    this.#forced = others(this.#forced);
    this.#underway = others(this.#underway);
    this.#rules = others(this.#rules);
    this.#changed();
    return count() < before;
  }

  clear(): void {
    this.#put([]);
  }

  reset(): void {
    this.#made = 0;
    this.#magic = this.#options.magic ?? false;
    this.#put(this.#options.rules ?? []);
  }

  use(profile: FaultProfileName): readonly string[] {
    return this.#put(FAULT_PROFILES[profile]);
  }

  next(outcome: string | FaultAction, match: FaultMatch = {}): string {
    const then = typeof outcome === 'string' ? { outcome } : outcome;
    const rule: FaultRule = { match, then, times: 1 };
    if (typeof outcome !== 'string') this.#options.check?.([rule]);
    judge([rule]);
    const active = this.#activated(rule, undefined, 'next');
    this.#forced.push(active);
    this.#changed();
    return active.rule.id;
  }

  get magic(): boolean {
    return this.#magic;
  }

  set magic(on: boolean) {
    this.#magic = on;
    this.#changed();
  }

  release(): void {
    this.waits.release();
  }

  close(): void {
    this.waits.close();
  }

  state(): FaultPlanState {
    const states = (rules: readonly ActiveRule[]) => rules.map((active) => active.state());
    return {
      forced: states(this.#forced),
      rules: states(this.#rules),
      made: this.#made,
      magic: this.#magic,
    };
  }

  restore(state: unknown): void {
    const { forced, rules, made, magic } = stateFrom(state);
    const revived = [forced, rules].map((states) =>
      states.map((each) => new ActiveRule(compileRule(each.rule, [each.rule.id]), each)),
    );
    [this.#forced = [], this.#rules = []] = revived;
    this.#underway = [];
    this.#made = made;
    this.#magic = magic;
    this.#changed();
  }

  /** What happens to a request that nobody has read. */
  beforeParse(): Injection | undefined {
    if (!this.#asksUnread) return undefined;
    for (const active of [...this.#forced, ...this.#rules]) {
      if (active.compiled.stage !== 'before-parse') continue;
      const injection = active.asked();
      if (injection !== undefined) return this.#chosen(active, injection);
    }
    return undefined;
  }

  /** What happens to a request that has been read: forced outcomes first, then rules, then what it asks for itself. */
  choose(call: Call): Injection | undefined {
    if (this.#forced.length > 0 || this.#rules.length > 0) {
      const facts = factsOf(call, this.#terms);
      for (const active of [...this.#forced, ...this.#rules]) {
        const { stage, matches } = active.compiled;
        if (stage === 'before-parse' || !matches(facts)) continue;
        const injection = active.asked();
        if (injection !== undefined) return this.#chosen(active, injection);
      }
    }
    if (!this.#magic) return undefined;
    const wish = magicWish(call.message, this.#terms(call.application).countryCode);
    return wish && { rule: 'magic', ...wish, retract: () => {}, end: () => {} };
  }

  /** A forced outcome is gone once it is on its way, and back when it did not come to it and is still wanted. */
  #chosen(active: ActiveRule, injection: Injection): Injection {
    if (!this.#forced.includes(active)) return injection;
    this.#forced = this.#forced.filter((other) => other !== active);
    this.#underway.push(active);
    this.#changed();
    const end = (): void => {
      this.#underway = this.#underway.filter((other) => other !== active);
    };
    const retract = (): void => {
      if (!this.#underway.includes(active)) return;
      end();
      injection.retract();
      this.#forced.unshift(active);
      this.#changed();
    };
    return { ...injection, retract, end };
  }

  #put(rules: readonly FaultRule[]): readonly string[] {
    judge(rules);
    this.#forced = [];
    this.#underway = [];
    this.#rules = rules.map((rule) => this.#activated(rule, rule.id));
    this.#changed();
    return this.#rules.map(({ rule }) => rule.id);
  }

  #activated(rule: FaultRule, given: string | undefined, kind = 'rule'): ActiveRule {
    const id = given ?? this.#freshId(kind);
    const named = { ...rule, id };
    const seed = rule.seed ?? seedFrom(this.#options.seed ?? 1, id);
    const state = { rule: named, matched: 0, injected: 0, random: seed };
    return new ActiveRule(compileRule(named, [id]), state);
  }

  #freshId(kind: string): string {
    for (;;) {
      this.#made += 1;
      const id = `${kind}-${this.#made}`;
      const taken = [...this.#forced, ...this.#underway, ...this.#rules];
      if (!taken.some(({ rule }) => rule.id === id)) return id;
    }
  }

  #changed(): void {
    this.#asksUnread = [...this.#forced, ...this.#rules].some(
      ({ compiled }) => compiled.stage === 'before-parse',
    );
    this.idle = this.#forced.length === 0 && this.#rules.length === 0 && !this.#magic;
  }
}

function judge(rules: readonly FaultRule[]): void {
  const problems = problemsOfRules(rules);
  if (problems.length > 0) throw new FaultRuleError(problems);
}

/** Of a file that may have been written by hand. */
function stateFrom(state: unknown): FaultPlanState {
  const { forced, rules, made, magic } = (state ?? {}) as Partial<Record<string, unknown>>;
  const areStates = (list: unknown): list is readonly RuleState[] =>
    Array.isArray(list) && list.every(isRuleState);
  if (areStates(forced) && areStates(rules) && typeof made === 'number') {
    return { forced, rules, made, magic: magic === true };
  }
  throw new FaultRuleError([{ path: ['faults'], message: 'this is no state of fault rules' }]);
}

function isRuleState(state: unknown): boolean {
  const { rule, matched, injected, random } = (state ?? {}) as Partial<Record<string, unknown>>;
  const { id, then } = (rule ?? {}) as Partial<Record<string, unknown>>;
  const numbers = [matched, injected, random].every((each) => typeof each === 'number');
  return numbers && typeof id === 'string' && typeof then === 'object' && then !== null;
}
