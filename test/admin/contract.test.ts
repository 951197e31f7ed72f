// Every endpoint is called, and what goes there and comes back is held against the description that the emulator serves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../src/control/endpoint';
import { openApi } from '../../src/control/openapi';
import { ENDPOINTS } from '../../src/control/table';
import { createEmulator, type Emulator, virtualClock } from '../../src/emulator';
import { faultsOf, type JsonSchema } from './json-schema';
import { type AdminClient, type Answered, admin, FAN } from './support';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Record<string, { schema?: JsonSchema }>;
  };
  readonly responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
}

interface Description {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, JsonSchema> };
}

const START = Date.UTC(2026, 0, 31, 9, 30);
const ADDRESS = encodeURIComponent(FAN);

/** What has to have happened before a call makes sense. */
type Before = (client: AdminClient) => Promise<Record<string, string> | undefined>;

const charged: Before = async (client) => {
  await client.charge('1.50');
  return undefined;
};

const reserved: Before = async ({ emulator }) => {
  const charge = { description: ['Match'], amount: '10' } as never;
  const answer = await emulator
    .sandbox()
    .perform(
      'ReserveAmountCharging.reserveAmount',
      { endUserIdentifier: FAN, charge } as never,
      'shop',
    );
  return { id: (answer as { response: { result: string } }).response.result };
};

const registered: Before = async (client) => {
  await client.ask('POST /evidence', EVIDENCE);
  return undefined;
};

const EVIDENCE = { reference: 'proof-1', application: 'shop', subscribers: [FAN] };

const snapshot: Before = async (client) => {
  await client.ask('PUT /snapshots/before');
  return undefined;
};

/** Operation, call, status; a body, and what comes before. `{id}` in a call is what came before. */
const CALLS: readonly (readonly [string, string, number, unknown?, Before?])[] = [
  ['getVersion', 'GET /version', 200],
  ['getHealth', 'GET /health', 200],
  ['shutdown', 'POST /shutdown', 409],
  ['listSandboxes', 'GET /sandboxes', 200],
  ['createSandbox', 'POST /sandboxes', 201, { name: 'mine' }],
  ['createSandbox', 'POST /sandboxes', 201, { name: 'mine', from: 'default' }],
  ['createSandbox', 'POST /sandboxes', 201, { name: 'mine', snapshot: 'before' }, snapshot],
  ['createSandbox', 'POST /sandboxes', 409, { name: 'default' }],
  ['createSandbox', 'POST /sandboxes', 404, { name: 'mine', snapshot: 'never' }],
  ['createSandbox', 'POST /sandboxes', 404, { name: 'mine', from: 'never' }],
  ['getSandbox', 'GET /sandboxes/default', 200],
  ['getSandbox', 'GET /sandboxes/never', 404],
  ['deleteSandbox', 'DELETE /sandboxes/never', 404],
  ['deleteSandbox', 'DELETE /sandboxes/default', 409],
  [
    'deleteSandbox',
    'DELETE /sandboxes/mine',
    204,
    undefined,
    async (client) => {
      await client.ask('POST /sandboxes', { name: 'mine' });
      return undefined;
    },
  ],
  ['reset', 'POST /reset', 204, undefined, charged],
  ['reset', 'POST /reset?scope=journal,faults', 204],
  ['listSnapshots', 'GET /snapshots', 200, undefined, snapshot],
  ['takeSnapshot', 'PUT /snapshots/before', 201],
  ['restoreSnapshot', 'POST /snapshots/before/restore', 204, undefined, snapshot],
  ['restoreSnapshot', 'POST /snapshots/never/restore', 404],
  ['deleteSnapshot', 'DELETE /snapshots/before', 204, undefined, snapshot],
  ['deleteSnapshot', 'DELETE /snapshots/never', 404],
  ['exportSandbox', 'GET /export', 200],
  ['importSandbox', 'POST /import', 400, Buffer.from('this is no sandbox')],
  ['getClock', 'GET /clock', 200],
  ['moveClock', 'PUT /clock', 200, { action: 'advance', ms: 1_000 }],
  ['moveClock', 'PUT /clock', 200, { action: 'freeze' }],
  ['moveClock', 'PUT /clock', 200, { action: 'scale', factor: 60 }],
  ['moveClock', 'PUT /clock', 200, { action: 'offset', ms: 5 }],
  ['moveClock', 'PUT /clock', 200, { action: 'reset' }],
  [
    'moveClock',
    'PUT /clock',
    200,
    { action: 'advance', duration: { metric: 'Hour', units: 1 } },
    reserved,
  ],
  ['moveClock', 'PUT /clock', 409, { action: 'set', at: '2001-01-01T00:00:00Z' }],
  ['listFaults', 'GET /faults', 200],
  ['replaceFaults', 'PUT /faults', 200, [{ then: { outcome: 'timeout' }, probability: 0.5 }]],
  [
    'addFault',
    'POST /faults',
    201,
    { match: { amount: '5.00' }, then: { fault: { code: 'SVC0270' } } },
  ],
  ['clearFaults', 'DELETE /faults', 204],
  ['forceNext', 'POST /faults/next', 201, { outcome: 'fault-500' }],
  ['deleteFault', 'DELETE /faults/never', 404],
  [
    'deleteFault',
    'DELETE /faults/mine',
    204,
    undefined,
    async (client) => {
      await client.ask('POST /faults', { id: 'mine', then: { outcome: 'empty' } });
      return undefined;
    },
  ],
  ['listFaultProfiles', 'GET /fault-profiles', 200],
  ['useFaultProfile', 'POST /fault-profiles/ambiguous/use', 200],
  ['getMagic', 'GET /magic', 200],
  ['setMagic', 'PUT /magic', 200, { enabled: false }],
  [
    'listRequests',
    'GET /requests?operation=chargeAmount&fault=false&limit=5',
    200,
    undefined,
    charged,
  ],
  ['deleteRequests', 'DELETE /requests', 204],
  ['waitForRequests', 'GET /requests/wait?count=1', 200, undefined, charged],
  ['waitForRequests', 'GET /requests/wait?timeoutMs=0', 200],
  ['getRequest', 'GET /requests/default-000001', 200, undefined, charged],
  ['getRequest', 'GET /requests/default-999999', 404],
  ['explainRequest', 'GET /requests/default-000001/explain', 200, undefined, charged],
  ['explainRequest', 'GET /requests/default-000001/explain?format=text', 200, undefined, charged],
  ['explainRequest', 'GET /requests/default-999999/explain', 404],
  ['verify', 'POST /verify', 200, { question: 'exactlyOnce', reference: 'ref' }, charged],
  ['verify', 'POST /verify', 200, { question: 'net', subscriber: FAN, amount: '1.50' }, charged],
  ['verify', 'POST /verify', 200, { question: 'noOpenHolds' }, reserved],
  ['verify', 'POST /verify', 200, { question: 'invariants' }],
  ['audit', 'GET /audit', 200, undefined, reserved],
  ['listSubscribers', 'GET /subscribers?limit=1&reveal=true', 200],
  [
    'createSubscriber',
    'POST /subscribers',
    201,
    { subscriber: 'tel:+15550199', status: 'barred', wallets: [{ currency: 'JPY', balance: '5' }] },
  ],
  ['createSubscriber', 'POST /subscribers', 409, { subscriber: FAN }],
  ['getSubscriber', `GET /subscribers/${ADDRESS}`, 200],
  ['getSubscriber', 'GET /subscribers/tel:+1999', 404],
  [
    'changeSubscriber',
    `PATCH /subscribers/${ADDRESS}`,
    200,
    { status: 'barred', creditLimit: '5' },
  ],
  ['changeSubscriber', 'PATCH /subscribers/tel:+1999', 404, { status: 'barred' }],
  ['topUp', `POST /subscribers/${ADDRESS}/top-up`, 200, { amount: '5.00' }],
  ['withdraw', `POST /subscribers/${ADDRESS}/withdraw`, 200, { amount: '5.00', currency: 'EUR' }],
  ['withdraw', `POST /subscribers/${ADDRESS}/withdraw`, 409, { amount: '500.00' }],
  ['getStatement', `GET /subscribers/${ADDRESS}/statement`, 200, undefined, charged],
  ['getStatement', `GET /subscribers/${ADDRESS}/statement?format=csv`, 200, undefined, charged],
  ['forceNextOfSubscriber', `POST /subscribers/${ADDRESS}/next`, 201, { outcome: 'timeout' }],
  ['listReservations', 'GET /reservations?state=all', 200, undefined, reserved],
  ['getReservation', 'GET /reservations/{id}', 200, undefined, reserved],
  ['getReservation', 'GET /reservations/123', 404],
  ['releaseReservation', 'POST /reservations/{id}/release', 200, undefined, reserved],
  ['expireReservation', 'POST /reservations/{id}/expire', 200, undefined, reserved],
  ['expireReservation', 'POST /reservations/123/expire', 404],
  ['listTransactions', `GET /transactions?subscriber=${ADDRESS}`, 200, undefined, charged],
  ['listBill', 'GET /bill', 200, undefined, charged],
  ['getSettlement', 'GET /settlement', 200, undefined, charged],
  ['getSettlement', 'GET /settlement?format=csv', 200, undefined, charged],
  ['getPolicies', 'GET /policies', 200],
  ['setPolicies', 'PUT /policies', 200, { maximumAmountPerTransaction: { EUR: '2' } }],
  ['getTariffs', 'GET /tariffs', 200],
  ['setTariffs', 'PUT /tariffs', 200, [{ unit: 'songs', price: '0.99' }]],
  ['getPrices', 'GET /prices', 200],
  ['setPrices', 'PUT /prices', 200, [{ code: 'QUIZ', amount: '1.50' }]],
  ['listApplications', 'GET /applications', 200, undefined, charged],
  ['getApplication', 'GET /applications/shop', 200, undefined, charged],
  ['setApplication', 'PUT /applications/shop', 200, { references: { duplicates: 'reject' } }],
  [
    'deleteApplication',
    'DELETE /applications/shop',
    204,
    undefined,
    async (client) => {
      await client.ask('PUT /applications/shop', {});
      return undefined;
    },
  ],
  ['deleteApplication', 'DELETE /applications/shop', 404],
  ['listEvidence', 'GET /evidence', 200, undefined, registered],
  ['registerEvidence', 'POST /evidence', 201, EVIDENCE],
  ['registerEvidence', 'POST /evidence', 409, { ...EVIDENCE, application: 'other' }, registered],
  ['getEvidence', 'GET /evidence/proof-1', 200, undefined, registered],
  ['getEvidence', 'GET /evidence/never', 404],
  ['deliverEvidence', 'POST /evidence/proof-1/deliver', 200, { outcome: 'impossible' }, registered],
  ['deliverEvidence', 'POST /evidence/never/deliver', 404, { outcome: 'impossible' }],
  ['getDeliveryRules', 'GET /evidence-rules', 200],
  ['setDeliveryRules', 'PUT /evidence-rules', 204, [{ address: 'tel:+1555*', outcome: 'never' }]],
];

let description: Description;

beforeAll(() => {
  description = JSON.parse(JSON.stringify(openApi(ENDPOINTS, '1.0.0')));
});

test('the description that is served is that of the table', async () => {
  const { ask } = await admin();
  const { json, type } = await ask('GET /openapi.json');
  expect(type).toBe('application/json');
  expect(json.paths).toEqual(description.paths);
  expect(json.components).toEqual(description.components);
});

test('every endpoint is called below, except those that have tests of their own', () => {
  const called = new Set(CALLS.map(([id]) => id));
  const missing = ENDPOINTS.map(({ id }) => id).filter((id) => !called.has(id));
  expect(missing).toEqual(['followEvents']);
});

describe('as described', () => {
  const cases = CALLS.map(
    (row) => [`${row[0]}: ${row[1]} is answered with ${row[2]}`, row] as const,
  );
  test.each(cases)('%s', async (_name, [id, call, status, body, before]) => {
    const client = await admin({ clock: virtualClock(START) });
    const found = (await before?.(client)) ?? {};
    const made = call.replace(/\{(\w+)\}/g, (_all, name: string) => found[name] ?? '');
    const answer = await client.ask(made, body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
    const operation = operationOf(id);
    expect(requestFaults(operation, made, body)).toEqual([]);
    expect(answerFaults(operation, answer)).toEqual([]);
  });
});

/** What keeps a call from anything that the endpoint does: where it is asked, with which headers, and the status. */
interface Trouble {
  readonly what: string;
  readonly status: number;
  readonly of: (endpoint: Endpoint) => boolean;
  readonly prefix?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const TROUBLES: readonly Trouble[] = [
  { what: 'a strange query', status: 400, of: () => true, query: '?strange=1' },
  { what: 'no token', status: 401, of: ({ open }) => !open, headers: { Authorization: '' } },
  {
    what: 'a page of another origin',
    status: 403,
    of: ({ method }) => method !== 'GET',
    headers: { Origin: 'https://attacker.example' },
  },
  {
    what: 'a sandbox that is not there',
    status: 404,
    of: ({ asks, ofSandbox, takesBody }) => asks && ofSandbox && !takesBody,
    prefix: '/s/never',
  },
  {
    what: 'a ledger that cannot be opened',
    status: 503,
    // A snapshot is looked for before the sandbox that it is for.
    of: ({ id, ofSandbox, takesBody }) => ofSandbox && !takesBody && id !== 'restoreSnapshot',
    prefix: '/s/broken',
  },
  {
    what: 'a body where there is none',
    status: 400,
    of: ({ takesBody }) => !takesBody,
    headers: JSON_TYPE,
    body: '{}',
  },
  {
    what: 'a body of another type',
    status: 415,
    of: ({ takesBody }) => takesBody,
    headers: { 'Content-Type': 'text/plain' },
    body: '{}',
  },
  {
    what: 'a body that is too large',
    status: 413,
    of: ({ takesBody, bodyType }) => takesBody && bodyType === undefined,
    headers: JSON_TYPE,
    body: JSON.stringify('x'.repeat(1_100_000)),
  },
  {
    what: 'a body that is no JSON',
    status: 400,
    of: ({ takesBody, bodyType }) => takesBody && bodyType === undefined,
    headers: JSON_TYPE,
    body: '{',
  },
  { what: 'another host', status: 421, of: () => true, headers: { Host: 'attacker.example' } },
];

describe('what keeps a call from its endpoint is described, with a hint', () => {
  const adminToken = 'letters-and-digits-1';
  let emulator: Emulator;
  const data = mkdtempSync(join(tmpdir(), 'parlayx-contract-'));
  beforeAll(async () => {
    writeFileSync(join(data, 'broken.db'), 'this is no ledger');
    emulator = await createEmulator({ adminToken, data });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(data, { recursive: true });
  });

  /** fetch sends no Host of the caller's. */
  const sent = (port: number, trouble: Trouble, endpoint: Endpoint) => {
    const { prefix = '', query = '', headers = {}, body } = trouble;
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_all, name) => EXAMPLES[name] ?? 'x');
    const options = {
      host: '127.0.0.1',
      port,
      method: endpoint.method,
      path: `${prefix}/__admin/v1${path}${query}`,
      headers: {
        Authorization: `Bearer ${adminToken}`,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
        ...headers,
      },
    };
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      asked.on('error', reject).end(body);
    });
  };
  const EXAMPLES: Readonly<Record<string, string>> = {
    subscriber: ADDRESS,
    reservationIdentifier: '123',
    name: 'flaky',
  };

  test.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s',
    async (id, endpoint) => {
      const { responses } = operationOf(id);
      for (const trouble of TROUBLES.filter((each) => each.of(endpoint))) {
        const { status, text } = await sent(emulator.port, trouble, endpoint);
        expect([trouble.what, status]).toEqual([trouble.what, trouble.status]);
        expect(Object.keys(responses)).toContain(String(status));
        expect(JSON.parse(text).hint).toMatch(/^[A-Z].{8,}[.?]$/);
      }
    },
  );
});

describe('the document holds together', () => {
  test('every reference leads somewhere and every operation has its own name', () => {
    const text = JSON.stringify(description);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    const unknown = references.filter(([, name = '']) => !(name in description.components.schemas));
    expect(unknown).toEqual([]);
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every schema is used', () => {
    const text = JSON.stringify(description);
    const unused = Object.keys(description.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  test('the parameters of each path are those in it', () => {
    for (const [path, item] of Object.entries(description.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(item)) {
        expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(
          inPath,
        );
      }
    }
  });
});

function operations(): readonly Operation[] {
  return Object.values(description.paths).flatMap((item) => Object.values(item));
}

function operationOf(id: string): Operation {
  const operation = operations().find(({ operationId }) => operationId === id);
  if (operation === undefined) throw new Error(`${id} is not described`);
  return operation;
}

function requestFaults(operation: Operation, call: string, body: unknown): string[] {
  const { schemas } = description.components;
  const query = new URLSearchParams(call.split('?')[1] ?? '');
  const described = operation.parameters.filter((each) => each.in === 'query');
  const strange = [...query.keys()].filter((name) => !described.some((each) => each.name === name));
  const wrong = described.flatMap(({ name, schema }) => {
    const value = query.get(name);
    if (value === null) return [];
    const typed = schema.type === 'integer' ? Number(value) : value;
    return faultsOf(typed, schema, schemas, name);
  });
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (body instanceof Uint8Array) return [...strange, ...wrong];
  if (schema === undefined) return [...strange, ...wrong];
  return [...strange, ...wrong, ...faultsOf(body, schema, schemas, 'body')];
}

function answerFaults(operation: Operation, { status, type, json }: Answered): string[] {
  const response = operation.responses[status];
  if (response === undefined) return [`${status} is not described`];
  if (response.content === undefined) return type === '' ? [] : [`${type} is not described`];
  const content = response.content[type];
  if (content === undefined) return [`${type} is not described`];
  return json === undefined ? [] : faultsOf(json, content.schema, description.components.schemas);
}
