// The admin API of an emulator that runs as a process of its own.
import { once } from 'node:events';
import { afterAll, expect, test } from '@jest/globals';
import { workplace } from '../cli/support';
import { ask } from './support';

const place = workplace();
afterAll(() => place.remove());

test('a stop over the admin API ends it with 0', async () => {
  const emulator = await place.serve('--data', ':memory:');
  const answer = await ask(`${emulator.url}/__admin/v1`, 'POST /shutdown');
  expect(answer.status).toBe(202);
  expect((await emulator.finished()).code).toBe(0);
});

test('beyond loopback the token is told on standard error, and in no log line', async () => {
  const emulator = await place.serve('--data', ':memory:', '--host', '0.0.0.0', '--quiet');
  while (!/admin API .*\n/.test(emulator.err())) await once(emulator.child.stderr!, 'data');
  const [, token = ''] = /admin API \S+ with the token (\S+)/.exec(emulator.err()) ?? [];
  const url = `http://127.0.0.1:${emulator.port}/__admin/v1`;
  expect((await ask(url, 'GET /health')).status).toBe(401);
  const headers = { Authorization: `Bearer ${token}` };
  expect((await ask(url, 'GET /health', undefined, headers)).status).toBe(200);
  const { err, out } = await emulator.stop();
  expect((err + out).split(token)).toHaveLength(2);
});

test('a token that is given is told to nobody', async () => {
  const token = 'letters-and-digits-1';
  const emulator = await place.serve('--data', ':memory:', '--admin-token', token);
  expect((await ask(`${emulator.url}/__admin/v1`, 'GET /health')).status).toBe(401);
  const { err, out } = await emulator.stop();
  expect(err + out).not.toContain(token);
});
