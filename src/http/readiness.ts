// Whether requests may be served now, and if not, why not. Knows nothing of connections.

export class Readiness {
  private readonly missing: Set<string>;
  private stopping = false;

  /** `awaited` are the things that must be there first, in words for a person: `seeds`. */
  constructor(awaited: readonly string[] = []) {
    this.missing = new Set(awaited);
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

  get ready(): boolean {
    return !this.stopping && this.missing.size === 0;
  }

  /** Sentences for a person; none when ready. */
  get reasons(): readonly string[] {
    const waiting = [...this.missing].map((name) => `Waiting for ${name}.`);
    return this.stopping ? [...waiting, 'Stopping.'] : waiting;
  }
}
