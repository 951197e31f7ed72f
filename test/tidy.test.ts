// The house rules that a formatter cannot see: who imports whom, what is banned where, what must be fresh.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');

interface Source {
  /** Relative to src, with forward slashes. */
  readonly file: string;
  readonly layer: string;
  readonly text: string;
}

const SOURCES: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((path) => path.split(sep).join('/'))
  .map((file) => ({ file, layer: layerOf(file), text: readFileSync(join(SRC, file), 'utf8') }));

/** Who may import whom; `limits` is a leaf that all may read, the others are for those named. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  limits: [],
  'package-version': [],
  html: [],
  ledger: [],
  wsdl: [],
  soap: ['wsdl'],
  store: ['ledger'],
  payment: ['ledger'],
  messaging: ['ledger', 'payment'],
  sandbox: ['store', 'payment', 'messaging', 'soap', 'wsdl', 'ledger'],
  config: ['ledger', 'payment', 'messaging', 'soap', 'sandbox'],
  control: ['html', 'sandbox', 'config', 'store', 'payment', 'ledger'],
  http: ['html', 'sandbox', 'soap', 'wsdl'],
  emulator: [
    'package-version',
    'http',
    'control',
    'sandbox',
    'config',
    'soap',
    'wsdl',
    'store',
    'payment',
    'ledger',
  ],
  cli: [
    'package-version',
    'emulator',
    'control',
    'config',
    'http',
    'sandbox',
    'store',
    'payment',
    'soap',
    'wsdl',
    'ledger',
  ],
};

/** Types that describe another layer's data, without a line of its code. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  payment: ['wsdl'],
  messaging: ['wsdl'],
};

describe('imports go one way', () => {
  test.each(SOURCES.map((source) => [source.file, source] as const))('%s', (_file, source) => {
    const wrong = importsOf(source).filter(({ layer, typeOnly }) => {
      if (layer === source.layer || layer === 'limits') return false;
      if (typeOnly && MAY_IMPORT_TYPES[source.layer]?.includes(layer)) return false;
      return !MAY_IMPORT[source.layer]?.includes(layer);
    });
    expect(wrong).toEqual([]);
  });
});

describe('banned', () => {
  const BANS: readonly (readonly [string, RegExp, (file: string) => boolean])[] = [
    [
      'the system time: take a clock',
      /\bDate\.now\b|\bnew Date\(\s*\)/,
      not('sandbox/time/clock.ts'),
    ],
    ['Math.random: take ids and seeds', /\bMath\.random\b/, always],
    [
      'floating point near money',
      /\bparseFloat\b|\bNumber\(|\.toFixed\(/,
      within('ledger', 'payment'),
    ],
    ['left-over marks', /\b(?:TODO|FIXME|XXX|HACK)\b/, always],
    ['the any type', /[:<,(]\s*any\b(?!\s*[a-z])/, always],
    ['default exports', /\bexport default\b/, always],
    ['printing: write to the given streams', /\bconsole\./, always],
  ];

  test.each(BANS)('%s', (_reason, pattern, applies) => {
    const found = SOURCES.filter(({ file }) => applies(file)).flatMap(({ file, text }) =>
      text
        .split('\n')
        .map((line, index) => ({ at: `${file}:${index + 1}`, line }))
        .filter(({ line }) => pattern.test(line.replace(/^\s*(?:\/\/|\/?\*).*$/, ''))),
    );
    expect(found).toEqual([]);
  });

  test('paths of one machine, in whatever is committed', () => {
    const path = new RegExp(['/wor', 'k/|/ro', 'ot/|/hom', 'e/\\w'].join(''));
    const files = ['src', 'test', 'docs', 'bench', 'fixtures', 'wsdl'].flatMap(textsBelow);
    const rootFiles = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:md|json|js)$/.test(entry.name))
      .map(({ name }) => ({ file: name, text: readFileSync(join(ROOT, name), 'utf8') }));
    const found = [...files, ...rootFiles].filter(({ text }) => path.test(text));
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  test('temporary folders that a test makes and does not remove', () => {
    const leaky = textsBelow('test').filter(
      ({ file, text }) =>
        file !== 'test/tidy.test.ts' && text.includes('mkdtempSync(') && !text.includes('rmSync('),
    );
    expect(leaky.map(({ file }) => file)).toEqual([]);
  });

  test('operations named in src/soap', () => {
    const operations =
      /\b(?:charge(?:Amount|Volume|Split\w+|Reservation)|refund\w+|reserve[A-Z]\w+|getAmount|releaseReservation|send(?:Sms|Message)|get(?:Sms|Message)DeliveryStatus|notify\w+Receipt)\b/;
    const named = SOURCES.filter(({ layer }) => layer === 'soap').filter(({ text }) =>
      operations.test(text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
    );
    expect(named.map(({ file }) => file)).toEqual([]);
  });

  test('XML in src/payment, src/messaging and src/ledger', () => {
    const without = ['payment', 'messaging', 'ledger'];
    const xml = SOURCES.filter(({ layer }) => without.includes(layer)).filter(({ text }) =>
      /<\/?\w+:\w+|xmlns|saxes|Envelope/.test(text),
    );
    expect(xml.map(({ file }) => file)).toEqual([]);
  });
});

describe('every source file', () => {
  test.each(SOURCES.map((source) => [source.file, source] as const))('%s', (_file, { text }) => {
    expect(text).toMatch(/^(?:#!.*\n)?\/\/ \S/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(200);
  });

  test('every exported value is used somewhere else', () => {
    const all = [...SOURCES, ...testSources()];
    const unused = SOURCES.filter(({ file }) => !file.endsWith('.generated.ts')).flatMap((source) =>
      exportsOf(source.text)
        .filter((name) => !all.some((other) => other.file !== source.file && mentions(other, name)))
        .map((name) => `${source.file}: ${name}`),
    );
    expect(unused).toEqual([]);
  });
});

function layerOf(file: string): string {
  return (file.split('/')[0] ?? '').replace(/\.ts$/, '');
}

function importsOf({ file, text }: Source): { layer: string; typeOnly: boolean }[] {
  const pattern =
    /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'(\.[^']*)'|\bimport\('(\.[^']*)'\)/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const target = join(file, '..', match[2] ?? match[3] ?? '');
    const clause = match[0];
    const typeOnly = match[1] !== undefined || /\{\s*(?:type \w+,?\s*)+\}/.test(clause);
    return { layer: layerOf(relative('.', target).split(sep).join('/')), typeOnly };
  });
}

function exportsOf(text: string): string[] {
  const pattern = /^export (?:abstract )?(?:async )?(?:const|function\*?|class) (\w+)/gm;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

function mentions({ text }: { readonly text: string }, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function textsBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      file: relative(ROOT, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }));
}

function testSources(): { file: string; text: string }[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') || file.endsWith('.js'))
    .map((file) => ({ file: `test/${file}`, text: readFileSync(join(__dirname, file), 'utf8') }));
}

function always(): boolean {
  return true;
}

function not(...files: readonly string[]) {
  return (file: string) => !files.includes(file);
}

function within(...layers: readonly string[]) {
  return (file: string) => layers.includes(layerOf(file));
}
