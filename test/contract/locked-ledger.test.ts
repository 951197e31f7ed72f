// SVC0001 on every operation, from real causes: a ledger that cannot be written, a queue that is full, one that closes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { LEDGER_LIMITS } from '../../src/limits';
import { expectFault } from '../support/answers';
import { OPERATIONS } from '../support/operations';
import type { Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import { openTestSandbox, temporaryFile, validParts } from '../support/test-sandbox';

describe('while another program holds the file of the ledger', () => {
  const file = temporaryFile();
  const env = openTestSandbox({ file });
  const requests = new Map<string, Parts>();
  let other: Database.Database;
  let before: string;

  beforeAll(async () => {
    for (const [key, operation] of OPERATIONS) requests.set(key, await validParts(env, operation));
    before = env.digest();
    other = new Database(file, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
  });
  afterAll(() => {
    other.close();
  });

  test.each(OPERATIONS)('%s: SVC0001 with a number to look for, nothing happened', async (key) => {
    const answer = await env.ask(key, requests.get(key) ?? {});
    const [, reference = ''] = /<variables>(\d+-\d+)<\/variables>/.exec(answer.text) ?? [];
    expectFault(answer, ['SVC0001', reference]);
    expect(answer.record.detail).toContain(reference);
    expect(String(env.defects.splice(0))).toContain('database is locked');
    expect(env.digest()).toBe(before);
  });

  test('when it lets go, the same requests succeed', async () => {
    other.exec('ROLLBACK');
    for (const [key] of OPERATIONS) {
      const { record } = await env.ask(key, requests.get(key) ?? {});
      expect([key, record.status, record.fault]).toEqual([key, 200, undefined]);
    }
  });
});

describe('while the queue of the ledger is full', () => {
  const env = openTestSandbox();

  test('every operation: SVC0001 BUSY, and what was queued is done', async () => {
    const requests: (readonly [string, Parts])[] = [];
    for (const [key, operation] of OPERATIONS)
      requests.push([key, await validParts(env, operation)]);
    const quote = { endUserIdentifier: PAYER, volume: 1n, parameters: [] };
    const queued = Array.from({ length: LEDGER_LIMITS.queuedCommands }, () =>
      env.sandbox.perform('VolumeCharging.getAmount', quote, 'crowd'),
    );

    for (const [key, parts] of requests)
      expectFault(await env.ask(key, parts), ['SVC0001', 'BUSY']);

    expect((await Promise.all(queued)).every((outcome) => 'response' in outcome)).toBe(true);
    for (const [key, parts] of requests) expect((await env.ask(key, parts)).status).toBe(200);
  });
});

describe('while the ledger closes', () => {
  test('SVC0001 BUSY', async () => {
    const env = openTestSandbox();
    const closing = env.close();
    const parts = { endUserIdentifier: PAYER, volume: '1' };
    expectFault(await env.ask('VolumeCharging.getAmount', parts), ['SVC0001', 'BUSY']);
    await closing;
  });
});
