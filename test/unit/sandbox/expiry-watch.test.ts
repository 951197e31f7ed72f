// Reservations run out in an idle ledger too, also after a time in which nothing could be written.
import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { PAYER } from '../../support/samples';
import { openTestSandbox, START, temporaryFile } from '../../support/test-sandbox';

const file = temporaryFile();
const env = openTestSandbox({ file });

/** Long enough for a command that is queued to be committed. */
async function rounds(): Promise<void> {
  for (let round = 0; round < 10; round += 1) await new Promise((next) => setImmediate(next));
}

test('after an expiry that could not be booked the next command takes up the watch', async () => {
  const { read } = env.sandbox.ledger;
  const reserve = () => env.reserve('ReserveAmountCharging.reserveAmount');
  await reserve();
  const first = env.sandbox.ledger.nextExpiry() ?? START;
  env.clock.advance((first - START) / 2);
  await reserve();

  const other = new Database(file, { timeout: 0 });
  other.exec('BEGIN IMMEDIATE');
  env.clock.set(first);
  await rounds();
  other.close();
  expect(String(env.defects.splice(0))).toContain('database is locked');
  expect(read.counts().openReservations).toBe(2);

  await env.ask('VolumeCharging.getAmount', { endUserIdentifier: PAYER, volume: '1' });
  expect(read.counts().openReservations).toBe(1);
  env.clock.set(env.sandbox.ledger.nextExpiry() ?? START);
  await rounds();
  expect(read.counts().openReservations).toBe(0);
});
