// Chance that repeats: a small generator from a seed, and the delays drawn from it. Knows nothing of rules.
import type { FaultDelay } from './rule';

/** mulberry32: one word of state, so that a plan can be saved in the middle of its chances. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** What a generator needs to go on from here. */
  get state(): number {
    return this.#state;
  }
}

/** A seed from a seed and a name (FNV-1a), so that rules without seeds of their own do not move in step. */
export function seedFrom(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}

/** Whole milliseconds; a lognormal delay never exceeds its maximum. */
export function drawDelay({ fixed, uniform, lognormal }: FaultDelay, random: SeededRandom): number {
  if (uniform !== undefined) {
    return uniform.min + Math.floor(random.next() * (uniform.max - uniform.min + 1));
  }
  if (lognormal !== undefined) {
    const { median, sigma, max } = lognormal;
    return Math.min(Math.round(median * Math.exp(sigma * random.normal())), max);
  }
  return fixed ?? 0;
}
