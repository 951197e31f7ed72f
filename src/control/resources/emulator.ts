// The emulator as a whole over the admin API: version, health, stopping.
import { z } from 'zod';
import { isoTime } from '../../sandbox/time/clock';
import { type Endpoint, endpoint } from '../endpoint';
import { conflict, Problem } from '../problem';
import { instant, named } from '../schemas';

const health = named(
  'Health',
  z.strictObject({
    status: z.enum(['ready', 'not ready']),
    reasons: z.array(z.string()).meta({ description: 'What keeps it from being ready.' }),
    startedAt: instant,
    uptimeMs: z.int(),
    sandboxes: z.int(),
  }),
);

const ON_IT = 'Stop it there, or end its process with SIGTERM.';

export const EMULATOR_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'getVersion',
    method: 'GET',
    path: '/version',
    tag: 'emulator',
    summary: 'Which version this is, of the package and of this interface.',
    answer: z.strictObject({ name: z.string(), version: z.string(), api: z.literal('v1') }),
    open: true,
    ofEmulator: true,
    handle: ({ host }) => ({ name: 'parlayx-payment-emulator', version: host.version, api: 'v1' }),
  }),
  endpoint({
    id: 'getHealth',
    method: 'GET',
    path: '/health',
    tag: 'emulator',
    summary: 'Whether it is ready, and if not, why not.',
    answer: health,
    ofEmulator: true,
    handle: ({ host }) => {
      const reasons = host.reasons();
      return {
        status: reasons.length === 0 ? 'ready' : 'not ready',
        reasons,
        startedAt: isoTime(host.startedAt),
        uptimeMs: host.now() - host.startedAt,
        sandboxes: host.worlds.list().length,
      };
    },
  }),
  endpoint({
    id: 'shutdown',
    method: 'POST',
    path: '/shutdown',
    tag: 'emulator',
    summary: 'Stops the emulator cleanly; only from the machine that it runs on.',
    status: 202,
    refusals: { 409: 'It lives in a program, which has to close it.' },
    ofEmulator: true,
    handle: ({ host, isLocal }) => {
      if (!isLocal)
        throw new Problem(403, 'Only the machine that it runs on may stop it.', { hint: ON_IT });
      if (host.shutdown === undefined) {
        throw conflict('This emulator lives in a program.', 'Call close() there.');
      }
      host.shutdown();
      return undefined;
    },
  }),
];
