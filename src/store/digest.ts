// The state of a ledger as one number: equal for equal states, on whatever store and however they came about.
import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { TABLES } from './schema';

/**
 * SHA-256, in hexadecimal, over every table in the order of its primary key: one length-prefixed text a column,
 * integers in decimal, bytes in hexadecimal, NULL apart from any text. Ledger time is not in it: a request that was
 * refused leaves the digest as it was.
 */
export function digestOf(database: Database.Database): string {
  const hash = createHash('sha256');
  for (const { name, key, columns = '*' } of TABLES) {
    hash.update(`${name}\n`);
    const rows = database
      .prepare<[], unknown[]>(`SELECT ${columns} FROM ${name} ORDER BY ${key}`)
      .raw();
    for (const row of rows.iterate()) hash.update(`${row.map(field).join('')}\n`);
  }
  return hash.digest('hex');
}

function field(value: unknown): string {
  if (value === null) return '-';
  const text = Buffer.isBuffer(value) ? value.toString('hex') : String(value);
  return `${Buffer.byteLength(text)}:${text}`;
}
