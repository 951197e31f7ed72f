// What ties transactions of the journal to evidence and to each other: rows that are written once and never change.
import type Database from 'better-sqlite3';
import type { Undoing } from '../ledger/earlier-charge';
import type { Mention } from '../ledger/evidence';
import type { Transaction } from '../ledger/model';

interface MentionRow {
  readonly reference: string;
  readonly place: Mention['place'];
  readonly evidence: bigint | null;
  readonly used: bigint;
}

interface UndoingRow {
  readonly charge: bigint;
  readonly capped: bigint;
}

export class JournalLinks {
  readonly #insertMention;
  readonly #insertUndoing;
  readonly #mentions;
  readonly #undoing;

  constructor(database: Database.Database) {
    this.#insertMention = database.prepare<[number, number, string, string, number | null, number]>(
      'INSERT INTO mention(tx, line, reference, place, evidence, used) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#insertUndoing = database.prepare<[number, number, number]>(
      'INSERT INTO undoing(refund, charge, capped) VALUES (?, ?, ?)',
    );
    this.#mentions = database.prepare<[number], MentionRow>(
      'SELECT reference, place, evidence, used FROM mention WHERE tx = ? ORDER BY line',
    );
    this.#undoing = database.prepare<[number], UndoingRow>(
      'SELECT charge, capped FROM undoing WHERE refund = ?',
    );
  }

  addMentions(transaction: number, mentions: readonly Mention[]): void {
    mentions.forEach(({ reference, place, evidence, used }, line) => {
      this.#insertMention.run(transaction, line, reference, place, evidence ?? null, used ? 1 : 0);
    });
  }

  addUndoing(refund: number, { charge, capped }: Undoing): void {
    this.#insertUndoing.run(refund, charge, capped ? 1 : 0);
  }

  of(transaction: number): Pick<Transaction, 'mentions' | 'undoes'> {
    const mentions = this.#mentions.all(transaction).map(mentionOf);
    const undoing = this.#undoing.get(transaction);
    return {
      ...(mentions.length === 0 ? {} : { mentions }),
      ...(undoing === undefined ? {} : { undoes: undoingOf(undoing) }),
    };
  }
}

function mentionOf({ reference, place, evidence, used }: MentionRow): Mention {
  const issued = evidence === null ? {} : { evidence: Number(evidence) };
  return { reference, place, ...issued, used: used === 1n };
}

function undoingOf({ charge, capped }: UndoingRow): Undoing {
  return { charge: Number(charge), capped: capped === 1n };
}
