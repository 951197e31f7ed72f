// kill -9 under load, again and again on one file: what was acknowledged is there, once and whole; what was not is
// there whole or not at all; nothing else is there, and the books balance. CRASH_SEED repeats a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { idOf } from '../../src/ledger/reservation-identifier';
import type { RecordedTransaction } from '../../src/store/journal';
import { type Ledger, openLedger } from '../../src/store/ledger';
import { testTerms } from '../support/terms';
import { type Intention, type Line, TICKETS } from './load';
import { seeded } from './seeded';

const ROUNDS = 8;
const SEED = Number(process.env.CRASH_SEED ?? process.pid);
const folder = mkdtempSync(join(tmpdir(), 'crash-'));
const file = join(folder, 'ledger.db');
const random = seeded(SEED);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe(`killed under load (CRASH_SEED=${SEED})`, () => {
  const killedAfter = Array.from(
    { length: ROUNDS },
    (_, round) => [round, 20 + random(400)] as const,
  );

  test.each(killedAfter)('round %i, after %i ms', async (round, milliseconds) => {
    const record = join(folder, `record-${round}`);
    await loadAndKill(record, round, milliseconds);
    const read = readRecord(record);
    expect(read.answers.size).toBeGreaterThan(0);

    const ledger = openLedger({ location: file, now: () => 0, terms: () => testTerms() });
    try {
      expect(ledger.audit()).toEqual([]);
      expect(ledger.read.evidences()).toHaveLength(TICKETS);
      expect(disagreements(ledger, round, read)).toEqual([]);
    } finally {
      await ledger.close();
    }
  });
});

async function loadAndKill(record: string, round: number, milliseconds: number): Promise<void> {
  const program = join(__dirname, 'load.ts');
  const hook = join(__dirname, 'register.js');
  const load = spawn(
    process.execPath,
    ['-r', hook, program, file, record, String(SEED + round), String(round)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(load, 'exit');
  await Promise.race([once(load.stdout, 'data'), ended]);
  await setTimeout(milliseconds);
  load.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

/** The last line may be cut short by the kill. */
function readRecord(record: string) {
  const intentions = new Map<string, Intention>();
  const answers = new Map<string, string>();
  const identifiers = new Map<string, string>();
  const lines = readFileSync(record, 'utf8').split('\n');
  for (const text of lines.slice(0, -1)) {
    const line: Line = JSON.parse(text);
    if ('intends' in line) intentions.set(line.intends.name, line.intends);
    else answers.set(line.name, line.told);
    if ('reservationIdentifier' in line && line.reservationIdentifier !== undefined) {
      identifiers.set(line.name, line.reservationIdentifier);
    }
  }
  return { intentions, answers, identifiers };
}

/** Whatever the ledger and the record of a round say differently of one another. */
function disagreements(
  ledger: Ledger,
  round: number,
  { intentions, answers, identifiers }: ReturnType<typeof readRecord>,
): string[] {
  const found: string[] = [];
  const done = new Map<string, RecordedTransaction>();
  const released = new Set<string>();
  for (const transaction of ledger.read.transactions()) {
    const [name] = transaction.notes ?? [];
    if (transaction.kind === 'release') released.add(String(transaction.reservation));
    if (name === undefined || !name.startsWith(`${round}-`)) continue;
    if (done.has(name)) found.push(`${name} is there twice`);
    if (!intentions.has(name)) found.push(`${name} was never asked for`);
    done.set(name, transaction);
  }
  for (const [name, intention] of intentions) {
    const told = answers.get(name);
    const transaction = done.get(name);
    const isThere =
      intention.kind === 'release'
        ? released.has(String(idOf(intention.reservationIdentifier ?? '')))
        : transaction !== undefined;
    if (told === 'accepted' && !isThere) found.push(`${name} was acknowledged and is lost`);
    if (told !== undefined && told !== 'accepted' && isThere)
      found.push(`${name} was refused and is there`);
    if (transaction !== undefined && !isWhole(transaction, intention))
      found.push(`${name} is not whole`);
  }
  for (const [name, identifier] of identifiers) {
    if (done.get(name)?.number !== idOf(identifier)) found.push(`${name} is not ${identifier}`);
  }
  return found;
}

/** What each kind of operation must have moved; the audit has checked that counters and reservations follow. */
function isWhole({ kind, transfers }: RecordedTransaction, intention: Intention): boolean {
  const moved = transfers.map(({ layer, debit, credit, amount }) =>
    [layer, debit.kind === 'subscriber' ? debit.owner : credit.owner, amount].join(' '),
  );
  const { amount, subscribers } = intention;
  switch (intention.kind) {
    case 'charge':
    case 'split':
    case 'refund':
      return (
        moved.join() === subscribers.map((subscriber) => `posted ${subscriber} ${amount}`).join()
      );
    case 'reserve':
      return moved.join() === `pending ${subscribers[0]} ${amount}`;
    case 'enlarge':
      return kind === 'enlarge' && moved.length === 1 && moved[0]?.endsWith(` ${amount}`) === true;
    case 'capture':
      return (
        transfers.length === 2 &&
        transfers[0]?.layer === 'pending' &&
        transfers[1]?.layer === 'posted' &&
        transfers.every((transfer) => transfer.amount === BigInt(amount))
      );
    case 'release':
      return false;
  }
}
