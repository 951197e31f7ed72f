// The interface files that come with the emulator: where they lie, how much must be in them, and which of their
// extensions are told of.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledRelease, joined, loadRelease, versionIn } from './catalogue';
import { CONFIRMATION_REFS, withoutConfirmationRefs } from './confirmation-refs';
import type { Catalogue } from './schema';
import { WsdlError } from './xml';

/** The root of the package: src/wsdl and dist/wsdl both lie two folders below it. */
export const PACKAGE_ROOT = join(__dirname, '..', '..');

interface Release {
  /** Below wsdl/. */
  readonly folder: string;
  readonly version: string;
  readonly interfaces: readonly string[];
  readonly operations: number;
  /** How many operations of applications it describes, which the emulator calls. */
  readonly callbacks: number;
}

const AMOUNTS = ['AmountCharging', 'ReserveAmountCharging'];
const PAYMENT = [...AMOUNTS, 'VolumeCharging', 'ReserveVolumeCharging'];

/** Interfaces that applications offer (TS 29.199-4, TS 29.199-5). */
const CALLBACKS: ReadonlySet<string> = new Set(['SmsNotification', 'MessageNotification']);

/**
 * What each release holds, the newest of a family first: TS 29.199-6 clause 8 has 16 operations in four interfaces. 2.1
 * cannot split yet; 2.0 charges amounts alone, at once in both of its interfaces. Of messaging there is what it takes to
 * send and to learn of the delivery.
 */
// biome-ignore format: one row a release
const RELEASES: readonly [Release, ...Release[]] = [
  { folder: 'v4_0', version: 'v4_0', interfaces: PAYMENT, operations: 16, callbacks: 0 },
  { folder: 'v3_1', version: 'v3_1', interfaces: PAYMENT, operations: 16, callbacks: 0 },
  { folder: 'v2_1', version: 'v2_1', interfaces: PAYMENT, operations: 14, callbacks: 0 },
  { folder: 'v2_0', version: 'v2_0', interfaces: AMOUNTS, operations: 8, callbacks: 0 },
  { folder: 'messaging/v4_0', version: 'v4_0', interfaces: ['SendSms', 'SendMessage'], operations: 4, callbacks: 2 },
  { folder: 'messaging/v3_1', version: 'v3_1', interfaces: ['SendSms', 'SendMessage'], operations: 4, callbacks: 2 },
  { folder: 'messaging/v2_2', version: 'v2_2', interfaces: ['SendSms'], operations: 2, callbacks: 1 },
];

const [NEWEST] = RELEASES;

export interface PackagedOptions {
  /** The versions of Payment whose amount operations have confirmationRefs; 4.0 alone when absent. */
  readonly confirmationRefs?: readonly string[];
  /** Whether the newest of Payment, too, is compiled only when something is asked of it; false when absent. */
  readonly later?: boolean;
}

/**
 * The catalogue of all packaged releases. The newest of Payment is compiled at once, unless `later`; each of the others
 * when something is asked that only it can answer, and then held to what it must have, like the first. Throws WsdlError
 * when a folder, or a file of what is compiled at once, is missing or damaged, and later does whoever asks for another
 * one that is.
 */
export function loadPackagedCatalogue({
  confirmationRefs = CONFIRMATION_REFS.default,
  later = false,
}: PackagedOptions = {}): Catalogue {
  const edit = withoutConfirmationRefs(confirmationRefs);
  const compiled = new Map<Release, CompiledRelease>();
  const compile = (release: Release): CompiledRelease => {
    const known = compiled.get(release);
    if (known !== undefined) return known;
    const directory = packagedDirectory(release.folder);
    const found = loadRelease(directory, { callbackInterfaces: CALLBACKS, edit });
    assertComplete(release.folder, found);
    compiled.set(release, found);
    return found;
  };
  let all: Catalogue | undefined;
  const whole = (): Catalogue => {
    all ??= joined(RELEASES.map(compile));
    return all;
  };
  const parts = new Map<Release, Catalogue>();
  const partOf = (release: Release): Catalogue => {
    const known = parts.get(release);
    if (known !== undefined) return known;
    const part = joined([compile(release)]);
    parts.set(release, part);
    return part;
  };
  /** What the first release of that version says that says anything. */
  const firstOf = <T>(version: string | undefined, ask: (part: Catalogue) => T | undefined) => {
    for (const release of RELEASES) {
      const answer = release.version === version ? ask(partOf(release)) : undefined;
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  for (const { folder } of RELEASES) packagedDirectory(folder);
  if (!later) compile(NEWEST);

  return {
    get services() {
      return whole().services;
    },
    get operations() {
      return whole().operations;
    },
    get callbacks() {
      return whole().callbacks;
    },
    get documents() {
      return whole().documents;
    },
    servicesOf: (version) =>
      RELEASES.filter((release) => release.version === version).flatMap(
        (release) => compile(release).services,
      ),
    byElement: (namespace, localName) =>
      firstOf(versionIn(namespace), (part) => part.byElement(namespace, localName)),
    byKey: (version, key) => firstOf(version, (part) => part.byKey(version, key)),
    byLocalName: (localName) => whole().byLocalName(localName),
  };
}

/** The folder of one release, for example `v4_0` or `messaging/v4_0`. */
export function packagedDirectory(folder: string): string {
  const directory = join(PACKAGE_ROOT, 'wsdl', folder);
  if (existsSync(directory)) return directory;
  throw new WsdlError(`The folder ${directory} with the interface files is missing; reinstall.`);
}

/** Throws WsdlError unless the packaged release in `folder` has as many services and operations as it should. */
export function assertComplete(
  folder: string,
  compiled: Pick<Catalogue, 'services' | 'operations' | 'callbacks'>,
): void {
  const release = RELEASES.find((each) => each.folder === folder);
  if (release === undefined) throw new WsdlError(`There is no release ${folder}.`);
  const { version, interfaces, operations, callbacks } = release;
  const ofRelease = (each: { readonly version: string; readonly interfaceName: string }) =>
    each.version === version && interfaces.includes(each.interfaceName);
  const found = [
    compiled.services.filter(ofRelease).length,
    compiled.operations.filter(ofRelease).length,
    compiled.callbacks.length,
  ];
  const expected = [interfaces.length, operations, callbacks];
  if (found.join() === expected.join()) return;
  throw new WsdlError(
    `The interface files of ${folder} hold ${counted(found)} instead of ${counted(expected)}; ` +
      `restore the files of wsdl/${folder}.`,
  );
}

function counted([services = 0, operations = 0, callbacks = 0]: readonly number[]): string {
  return `${services} services, ${operations} operations and ${callbacks} calls to applications`;
}
