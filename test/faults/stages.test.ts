// Every stage with every action that it takes: what a client on a real socket gets, and what the ledger did.
import { describe, expect, test } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { type Deed, STAGES_OF } from '../../src/sandbox/faults/outcomes';
import { type FaultAction, STAGES, type Stage } from '../../src/sandbox/faults/rule';
import { responseDocument } from '../support/answers';
import { operationOf } from '../support/operations';
import { CHARGE, type Client, request, type Served, send, serve, until } from './support';

const LONG = 600_000;
const ANSWER = responseDocument(operationOf(CHARGE));
const HALF = ANSWER.slice(0, Math.floor(ANSWER.length / 2));
const EMPTY = ANSWER.replace(/<soapenv:Body>.*<\/soapenv:Body>/, '<soapenv:Body></soapenv:Body>');

/** How each deed is asked for. */
const ACTIONS: Readonly<Record<Deed['does'], FaultAction>> = {
  pass: { delay: { fixed: LONG } },
  fault: { fault: { code: 'SVC0270' } },
  http: { http: { status: 503 } },
  malformed: { outcome: 'malformed' },
  truncated: { outcome: 'truncated' },
  half: { outcome: 'half' },
  stall: { outcome: 'timeout' },
  reset: { outcome: 'reset' },
  duplicate: { outcome: 'duplicate' },
  dribble: { dribble: { bytes: 20, everyMs: LONG } },
};

/** What comes back and how it ends; `true` stands for the whole answer that the stage has. */
type Seen = (client: Client, served: Served, stage: Stage) => Promise<void>;

const SEEN: Readonly<Record<Deed['does'], Seen>> = {
  pass: async (client, { faults }, stage) => {
    await until(() => faults.waits.count === 1);
    if (stage === 'during-reply') await until(() => client.body() === HALF);
    else expect(client.text()).toBe('');
    faults.release();
    await client.answered();
    expect([statusOf(client), client.body()]).toEqual([200, ANSWER]);
  },
  fault: async (client) => {
    await client.answered();
    expect(statusOf(client)).toBe(500);
    expect(client.body()).toContain('<messageId>SVC0270</messageId>');
    expect(XMLValidator.validate(client.body())).toBe(true);
  },
  http: async (client) => {
    await client.answered();
    expect(statusOf(client)).toBe(503);
    expect(client.text()).toContain('Content-Type: text/html; charset=utf-8\r\n');
    expect(client.body()).toContain('<h1>503 Service Unavailable</h1>');
  },
  malformed: async (client, _served, stage) => {
    await client.answered();
    expect([statusOf(client), client.body().length]).toEqual([200, whole(stage).length]);
    expect(XMLValidator.validate(client.body())).not.toBe(true);
  },
  truncated: async (client, _served, stage) => {
    await client.answered();
    expect([statusOf(client), client.body()]).toEqual([200, half(whole(stage))]);
    expect(client.ended()).toBeUndefined();
  },
  half: async (client, _served, stage) => {
    expect(await client.over()).toBe('closed');
    expect([statusOf(client), client.body()]).toEqual([200, half(whole(stage))]);
    expect(client.text()).toContain(`Content-Length: ${whole(stage).length}\r\n`);
  },
  stall: async (client, { faults }, stage) => {
    await until(() => faults.waits.count === 1);
    if (stage === 'during-reply') await until(() => client.body() === HALF);
    expect(client.ended()).toBeUndefined();
    faults.release();
    expect(await client.over()).toBe('closed');
    expect(client.body()).toBe(stage === 'during-reply' ? HALF : '');
  },
  reset: async (client, _served, stage) => {
    expect(await client.over()).toBe('reset');
    expect(client.body()).toBe(stage === 'during-reply' ? HALF : '');
  },
  duplicate: async (client) => {
    await client.answered();
    expect([statusOf(client), client.body()]).toEqual([200, ANSWER]);
  },
  dribble: async (client, { faults }) => {
    for (let drops = 1; drops <= 3; drops += 1) {
      await until(() => client.body().length === drops * 20 && faults.waits.count === 1);
      faults.release();
    }
    await until(() => {
      faults.release();
      return client.body() === ANSWER;
    });
  },
};

const COMBINATIONS = STAGES.flatMap((stage) =>
  (Object.keys(ACTIONS) as Deed['does'][])
    .filter((does) => STAGES_OF[does].includes(stage))
    .map((does) => [stage, does, chargesAt(stage, does)] as const),
);

describe('a charge', () => {
  test.each(COMBINATIONS)('%s: %s, charged %d times', async (stage, does, charges) => {
    const served = await serve({
      faults: { rules: [{ id: 'the-rule', at: stage, then: ACTIONS[does], times: 1 }] },
    });
    const client = send(served.port, request());
    await SEEN[does](client, served, stage);
    expect(served.charges()).toBe(charges);
    expect(served.faults.rules()).toMatchObject([{ matched: 1, injected: 1 }]);

    client.socket.destroy();
    const next = send(served.port, request());
    await next.answered();
    expect([next.body(), served.charges()]).toEqual([ANSWER, charges + 1]);
    next.socket.destroy();
    await served.close();
  });

  test('all stages and actions are there', () => {
    expect(COMBINATIONS).toHaveLength(39);
  });
});

describe('a client that gives up', () => {
  test.each(STAGES)('ends a stall %s', async (at) => {
    const served = await serve({ faults: { rules: [{ at, then: { outcome: 'timeout' } }] } });
    const client = send(served.port, request());
    await until(() => served.faults.waits.count === 1);
    client.socket.destroy();
    await until(() => served.faults.waits.count === 0);
    await served.close();
  });
});

describe('what the business refuses is answered as itself', () => {
  const broke = { description: 'Too much', currency: 'EUR', amount: '5000.00' };

  test.each([
    ['before-commit', 'fault', 'SVC0270'],
    ['before-commit', 'reset', 'SVC0270'],
    ['after-commit-before-reply', 'http', 'SVC0270'],
    ['after-commit-before-reply', 'reset', 'SVC0270'],
  ] as const)('%s: %s is not reached', async (at, does, code) => {
    const served = await serve({ faults: { rules: [{ at, then: ACTIONS[does], times: 1 }] } });
    const refused = await served.env.ask(CHARGE, {
      endUserIdentifier: 'tel:+15550100',
      charge: broke,
      referenceCode: 'broke',
    });
    expect([refused.record.fault, refused.record.injected]).toEqual([code, undefined]);
    expect(served.faults.rules()).toMatchObject([{ matched: 1, injected: 0 }]);
    await served.close();
  });

  test('and what is no valid request as well', async () => {
    const rule = { then: { outcome: 'reset' } } as const;
    const { env } = await serve({ faults: { rules: [rule] } });
    const reply = await env.ask(CHARGE, {
      endUserIdentifier: 'nobody at all',
      charge: broke,
      referenceCode: 'x',
    });
    expect([reply.record.fault, reply.record.injected]).toEqual(['SVC0002', undefined]);
  });
});

test('answers of requests before it on the same connection go out whole', async () => {
  const served = await serve({
    faults: { rules: [{ then: { outcome: 'reset' }, match: { nth: 2 } }] },
  });
  const client = send(served.port, request() + request());
  expect(await client.over()).toBe('reset');
  expect([client.body(), served.charges()]).toEqual([ANSWER, 2]);
});

test('a stop lets go of delays and stalls, and answers what was delayed', async () => {
  const served = await serve({
    faults: {
      rules: [
        { then: { outcome: 'timeout' }, times: 1 },
        { then: { delay: { fixed: LONG } }, at: 'before-commit' },
      ],
    },
  });
  const stalled = send(served.port, request());
  await until(() => served.faults.waits.count === 1);
  const delayed = send(served.port, request());
  await until(() => served.faults.waits.count === 2);
  await served.close();
  expect([await stalled.over(), stalled.text()]).toEqual(['closed', '']);
  await delayed.answered();
  expect([delayed.body(), served.charges()]).toEqual([ANSWER, 2]);
});

/** before-commit: never; after it once; a duplicate twice; what only waits is a charge like any other. */
function chargesAt(stage: Stage, does: Deed['does']): number {
  if (does === 'pass') return 1;
  if (does === 'duplicate') return 2;
  return stage === 'after-commit-before-reply' || stage === 'during-reply' ? 1 : 0;
}

/** What would be answered at that stage if nothing happened: before anything is judged, an envelope without a message. */
function whole(stage: Stage): string {
  return stage === 'before-parse' || stage === 'before-decide' ? EMPTY : ANSWER;
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function statusOf(client: Client): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(client.text())?.[1]);
}
