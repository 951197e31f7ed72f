// The answer to a yes-or-no question: a value that explains itself, and that can be asserted in one line.

/** Thrown by `assert`; its message is the sentence of the verdict. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly code = 'VERIFICATION_FAILED';
}

export class Verdict<Details extends object> {
  constructor(
    readonly holds: boolean,
    /** What was found, for a person; subscribers are masked in it. */
    readonly sentence: string,
    /** What the sentence is made of: plain values, amounts as decimal texts, instants in milliseconds. */
    readonly details: Details,
  ) {}

  /** The verdict itself when it holds; throws VerificationError with its sentence when not. */
  assert(): this {
    if (!this.holds) throw new VerificationError(this.sentence);
    return this;
  }
}
