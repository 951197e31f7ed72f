// Sandboxes over the admin API: which there are, new ones, forks, snapshots, resets and files of them.
import { z } from 'zod';
import { ConfigurationError } from '../../config/problem';
import { about, section, value } from '../../config/schema-words';
import { FaultRuleError } from '../../sandbox/faults/compile';
import { SCOPES, type Scope, SnapshotError, snapshotOf } from '../../sandbox/snapshot';
import { ClockError } from '../../sandbox/time/clock-state';
import { LedgerFileError } from '../../store/ledger-file-error';
import { type Admin, unknownSandbox, usable, usableLater } from '../admin';
import { type Endpoint, endpoint, Raw } from '../endpoint';
import { badRequest, notFound, Problem } from '../problem';
import { instant, named, sandboxName } from '../schemas';
import { shown } from '../shown';
import { snapshotsOf } from '../snapshots';

const sandbox = named(
  'Sandbox',
  z.strictObject({
    name: z.string(),
    isOpen: z.boolean().meta({ description: 'False while it only lies in its file.' }),
    url: z.string().optional().meta({ description: 'Where its SOAP services are.' }),
  }),
);

const snapshot = named(
  'Snapshot',
  z.strictObject({
    name: z.string(),
    sandbox: z.string().meta({ description: 'Whose it is.' }),
    at: instant.meta({ description: 'By the clock of the sandbox.' }),
    bytes: z.int(),
  }),
);

const nameParams = z.strictObject({ name: sandboxName });
const scopeText = value(
  z
    .string()
    .regex(
      new RegExp(`^(?:${['all', ...SCOPES].join('|')})(?:,(?:${['all', ...SCOPES].join('|')}))*$`),
    ),
  `all or some of ${SCOPES.join(', ')}, with commas between`,
);
const UNWRITTEN = 'Nothing has changed: put right what the sentence names, then send it again.';
const SANDBOX_FILE = 'application/octet-stream';

export const SANDBOX_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listSandboxes',
    method: 'GET',
    path: '/sandboxes',
    tag: 'sandboxes',
    summary: 'The sandboxes that there are, by name.',
    answer: z.strictObject({ sandboxes: z.array(sandbox) }),
    ofEmulator: true,
    handle: ({ host }) => ({
      sandboxes: host.worlds.list().map(({ name }) => told(host, name)),
    }),
  }),
  endpoint({
    id: 'createSandbox',
    method: 'POST',
    path: '/sandboxes',
    tag: 'sandboxes',
    summary: 'Makes a sandbox: as after the seed, or a fork of another one or of a snapshot.',
    body: section({
      name: sandboxName,
      from: about(
        sandboxName,
        'The sandbox that it begins as; as after the seed when absent.',
      ).optional(),
      snapshot: about(sandboxName, 'A snapshot that it begins as, instead.').optional(),
    }),
    status: 201,
    answer: sandbox,
    refusals: {
      404: 'There is nothing to begin from.',
      409: 'There is one of that name.',
      503: 'There are too many sandboxes.',
    },
    ofEmulator: true,
    handle: ({ host }, { body }) => {
      const { name, from, snapshot: taken } = body;
      if (from !== undefined && taken !== undefined) {
        throw badRequest('A sandbox begins as another one or as a snapshot, not as both.', {
          hint: 'Leave out body.from or body.snapshot.',
          path: 'body.snapshot',
        });
      }
      const origin = taken === undefined ? from : snapshotNamed(host, taken);
      usable(host.worlds, () => host.worlds.create(name, origin));
      return told(host, name);
    },
  }),
  endpoint({
    id: 'getSandbox',
    method: 'GET',
    path: '/sandboxes/{name}',
    tag: 'sandboxes',
    summary: 'One sandbox.',
    params: nameParams,
    answer: sandbox,
    refusals: { 404: 'There is no such sandbox.' },
    ofEmulator: true,
    handle: ({ host }, { params }) => {
      if (host.worlds.has(params.name)) return told(host, params.name);
      throw unknownSandbox(host.worlds, params.name);
    },
  }),
  endpoint({
    id: 'deleteSandbox',
    method: 'DELETE',
    path: '/sandboxes/{name}',
    tag: 'sandboxes',
    summary: 'Removes a sandbox with its file, once what is in progress there has finished.',
    params: nameParams,
    refusals: { 404: 'There is no such sandbox.', 409: 'The default one stays.' },
    ofEmulator: true,
    handle: async ({ host }, { params }) => {
      await usableLater(host.worlds, host.worlds.remove(params.name));
      return undefined;
    },
  }),
  endpoint({
    id: 'reset',
    method: 'POST',
    path: '/reset',
    tag: 'sandboxes',
    summary: 'Takes the sandbox back to what it was after the seed; at once and whole.',
    query: z.strictObject({ scope: about(scopeText, 'all when absent.').optional() }),
    handle: (admin, { query }) => {
      const scopes = query.scope?.split(',') as Scope[] | undefined;
      written(() => admin.sandbox.reset(scopes));
      return undefined;
    },
  }),
  endpoint({
    id: 'listSnapshots',
    method: 'GET',
    path: '/snapshots',
    tag: 'snapshots',
    summary: 'The snapshots that are kept, of all sandboxes, in memory.',
    answer: z.strictObject({ snapshots: z.array(snapshot) }),
    ofEmulator: true,
    handle: ({ host }) => shown({ snapshots: snapshotsOf(host).list() }, true),
  }),
  endpoint({
    id: 'takeSnapshot',
    method: 'PUT',
    path: '/snapshots/{name}',
    tag: 'snapshots',
    summary: 'Keeps the sandbox as it is now under a name, in the place of what had that name.',
    params: nameParams,
    status: 201,
    answer: snapshot,
    refusals: { 409: 'Too many are kept.' },
    handle: ({ host, sandbox: { snapshot: take } }, { params }) =>
      shown(snapshotsOf(host).keep(params.name, take()), true),
  }),
  endpoint({
    id: 'restoreSnapshot',
    method: 'POST',
    path: '/snapshots/{name}/restore',
    tag: 'snapshots',
    summary: 'Makes the sandbox what was kept under the name, whichever sandbox that was.',
    params: nameParams,
    refusals: { 404: 'There is no such snapshot.' },
    handle: (admin, { params }) => {
      const wanted = snapshotNamed(admin.host, params.name);
      written(() => admin.sandbox.restore(wanted));
      return undefined;
    },
  }),
  endpoint({
    id: 'deleteSnapshot',
    method: 'DELETE',
    path: '/snapshots/{name}',
    tag: 'snapshots',
    summary: 'Forgets a snapshot.',
    params: nameParams,
    refusals: { 404: 'There is no such snapshot.' },
    ofEmulator: true,
    handle: ({ host }, { params }) => {
      snapshotNamed(host, params.name);
      snapshotsOf(host).forget(params.name);
      return undefined;
    },
  }),
  endpoint({
    id: 'exportSandbox',
    method: 'GET',
    path: '/export',
    tag: 'snapshots',
    summary: 'The sandbox as one file, which holds subscriber numbers in full.',
    otherTypes: [SANDBOX_FILE],
    handle: (admin) =>
      new Raw(SANDBOX_FILE, admin.sandbox.exportFile(), `${admin.sandbox.name}.parlayx.db`),
  }),
  endpoint({
    id: 'importSandbox',
    method: 'POST',
    path: '/import',
    tag: 'snapshots',
    summary: 'Makes the sandbox what a file of an export says; it must balance.',
    bodyType: SANDBOX_FILE,
    refusals: { 400: 'It is no sandbox, or does not balance.', 413: 'The file is too large.' },
    handle: (admin, { file }) => {
      const taken = admin.sandbox;
      const bare = { sandbox: taken.name, takenAt: taken.clock.now() };
      const imported = believed([LedgerFileError, ClockError], () => snapshotOf(file, bare));
      const strange = [SnapshotError, FaultRuleError, ConfigurationError];
      written(() => believed(strange, () => taken.restore(imported)));
      return undefined;
    },
  }),
];

function told({ worlds }: Admin['host'], name: string): object {
  const isOpen = worlds.list().some((each) => each.name === name && each.isOpen);
  return { name, isOpen, ...(isOpen && { url: worlds.get(name).url }) };
}

function snapshotNamed(host: Admin['host'], name: string) {
  const found = snapshotsOf(host).find(name);
  if (found !== undefined) return found;
  throw notFound(`There is no snapshot ${name}.`, 'GET /snapshots lists them.');
}

/** What a file says is no sandbox: one of these errors, with a sentence for a person. */
function believed<T>(strange: readonly (new (...args: never) => Error)[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!strange.some((each) => error instanceof each)) throw error;
    throw badRequest((error as Error).message, {
      hint: 'Send what GET /export gave, or the file of a ledger that was closed.',
      path: 'body',
    });
  }
}

/** What the store refuses is for a person. */
function written(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof LedgerFileError)) throw error;
    throw new Problem(503, error.message, { hint: UNWRITTEN });
  }
}
