// Whether requests may be served now, and if not, why not. Knows nothing of connections.

export class Readiness {
  private readonly missing: Set<string>;
  private readonly trouble: () => string | undefined;
  private stopping = false;

  /**
   * `awaited` are the things that must be there first, in words for a person: `seeds`. `trouble` tells in a sentence
   * why requests, although taken, cannot be served well.
   */
  constructor(awaited: readonly string[] = [], trouble = (): string | undefined => undefined) {
    this.missing = new Set(awaited);
    this.trouble = trouble;
  }

  /** One of the awaited things is there. */
  arrived(awaited: string): void {
    this.missing.delete(awaited);
  }

  /** From now on requests in progress are finished and no others are begun. */
  drain(): void {
    this.stopping = true;
  }

  get draining(): boolean {
    return this.stopping;
  }

  /** Whether requests are taken: in trouble too, because only the engine has the fault that tells of it. */
  get serving(): boolean {
    return !this.stopping && this.missing.size === 0;
  }

  /** Sentences for a person on what keeps it from being ready; none when it is. */
  get reasons(): readonly string[] {
    const waiting = [...this.missing].map((name) => `Waiting for ${name}.`);
    const trouble = this.trouble();
    return [
      ...waiting,
      ...(trouble === undefined ? [] : [trouble]),
      ...(this.stopping ? ['Stopping.'] : []),
    ];
  }
}
