// Uses of reference codes, one row each. The primary key forbids the same use twice, whatever the policy.
import type Database from 'better-sqlite3';
import type { ViewKeys } from '../ledger/decision';
import type { ReferenceUse } from '../ledger/model';

type ReferenceKey = NonNullable<ViewKeys['reference']>;

interface ReferenceRow {
  readonly sequence: bigint;
  readonly fingerprint: Buffer;
  readonly tx: bigint;
}

export class References {
  readonly #latest;
  readonly #insert;

  constructor(database: Database.Database) {
    this.#latest = database.prepare<[string, string, string], ReferenceRow>(
      `SELECT sequence, fingerprint, tx FROM reference_use
       WHERE application = ? AND space = ? AND code = ? ORDER BY sequence DESC LIMIT 1`,
    );
    this.#insert = database.prepare<[string, string, string, number, Uint8Array, number]>(
      `INSERT INTO reference_use(application, space, code, sequence, fingerprint, tx)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
  }

  latest({ application, space, code }: ReferenceKey): ReferenceUse | undefined {
    const row = this.#latest.get(application, space, code);
    if (row === undefined) return undefined;
    const { sequence, fingerprint, tx } = row;
    return {
      application,
      space,
      code,
      sequence: Number(sequence),
      fingerprint,
      transaction: Number(tx),
    };
  }

  add({ application, space, code, sequence, fingerprint, transaction }: ReferenceUse): void {
    this.#insert.run(application, space, code, sequence, fingerprint, transaction);
  }
}
