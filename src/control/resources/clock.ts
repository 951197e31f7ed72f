// The clock of a sandbox over the admin API.
import { z } from 'zod';
import { about, section, value } from '../../config/schema-words';
import { TIME_METRICS } from '../../ledger/time';
import { CLOCK_LIMITS } from '../../limits';
import { ClockError } from '../../sandbox/time/clock-state';
import type { Fired } from '../../sandbox/time/sandbox-clock';
import type { Admin } from '../admin';
import { type Endpoint, endpoint } from '../endpoint';
import { badRequest, conflict, type Problem } from '../problem';
import { instant, moment, named } from '../schemas';
import { shown } from '../shown';

const clock = named(
  'Clock',
  z.strictObject({
    mode: z.enum(['real', 'offset', 'frozen', 'scaled']),
    now: instant,
    offsetMs: z.int().meta({ description: 'How far it is from the clock of the process.' }),
    factor: z.number().meta({ description: 'How fast it runs; 0 when frozen.' }),
    nextDue: instant.optional().meta({ description: 'When something falls due next.' }),
  }),
);

const moved = named(
  'ClockMoved',
  z.strictObject({
    clock,
    fired: z
      .array(z.strictObject({ at: instant, kind: z.string(), id: z.string() }))
      .meta({ description: 'What fell due on the way, in order; all of it has been done.' }),
  }),
);

const milliseconds = value(z.int().min(0), 'whole milliseconds of 0 or more');
const duration = section({
  metric: value(z.enum(TIME_METRICS), `one of ${TIME_METRICS.join(', ')}`),
  units: value(z.int().min(1), 'a whole number of 1 or more'),
});

const move = section({
  action: about(
    value(
      z.enum(['freeze', 'set', 'offset', 'scale', 'advance', 'reset']),
      'one of freeze, set, offset, scale, advance, reset',
    ),
    'What the clock does. `reset` goes back to real time.',
  ),
  at: about(moment, 'With set, and perhaps freeze: the instant; now when absent.').optional(),
  ms: about(milliseconds, 'With advance or offset.').optional(),
  duration: about(duration, 'With advance, instead of ms.').optional(),
  factor: about(
    value(z.number().min(CLOCK_LIMITS.slowest).max(CLOCK_LIMITS.fastest), 'how many times as fast'),
    'With scale.',
  ).optional(),
});

type Move = z.output<typeof move>;

/** What an action needs, and what it may have. */
const PARTS: Readonly<Record<Move['action'], { needs: string; takes: readonly string[] }>> = {
  freeze: { needs: '', takes: ['at'] },
  set: { needs: 'at', takes: ['at'] },
  offset: { needs: 'ms', takes: ['ms'] },
  scale: { needs: 'factor', takes: ['factor'] },
  advance: { needs: 'ms or duration', takes: ['ms', 'duration'] },
  reset: { needs: '', takes: [] },
};

export const CLOCK_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'getClock',
    method: 'GET',
    path: '/clock',
    tag: 'clock',
    summary: 'What time it is in the sandbox and how time runs there.',
    answer: clock,
    handle: ({ sandbox }) => shown(sandbox.clock.status(), true),
  }),
  endpoint({
    id: 'moveClock',
    method: 'PUT',
    path: '/clock',
    tag: 'clock',
    summary: 'Moves the clock, and answers once everything that fell due on the way has been done.',
    body: move,
    answer: moved,
    refusals: { 409: 'The clock only moves forward.' },
    handle: async (admin, { body }) => {
      const fired = await movedBy(admin, body);
      return shown({ clock: admin.sandbox.clock.status(), fired }, true);
    },
  }),
];

async function movedBy({ sandbox }: Admin, body: Move): Promise<readonly Fired[]> {
  refuseParts(body);
  const { clock: moving } = sandbox;
  const at = body.at === undefined ? undefined : Date.parse(body.at);
  try {
    switch (body.action) {
      case 'freeze':
        return await moving.freeze(at);
      case 'set':
        return await moving.set(at ?? moving.now());
      case 'offset':
        return await moving.offset(body.ms ?? 0);
      case 'scale':
        return await moving.scale(body.factor ?? 1);
      case 'advance':
        return await moving.advance(body.ms ?? body.duration ?? 0);
      case 'reset':
        moving.reset();
        return [];
    }
  } catch (error) {
    if (error instanceof ClockError)
      throw conflict(
        error.message,
        'GET /clock tells what it shows; the action reset takes it back.',
      );
    throw error;
  }
}

function refuseParts({ action, ...parts }: Move): void {
  const { needs, takes } = PARTS[action];
  const given = Object.entries(parts)
    .filter(([, part]) => part !== undefined)
    .map(([name]) => name);
  const strange = given.find((name) => !takes.includes(name));
  if (strange === undefined && (needs === '' || given.length === 1)) return;
  const expected = needs === '' ? takes.join(' ') || 'nothing else' : `exactly ${needs}`;
  throw misfit(strange ?? 'action', action, expected);
}

function misfit(part: string, action: string, expected: string): Problem {
  return badRequest(`body.${part}: the action ${action} takes ${expected}.`, {
    hint: `Send the action ${action} with ${expected}.`,
    path: `body.${part}`,
  });
}
