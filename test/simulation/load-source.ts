// Loads src/ into a registry of modules of its own, perhaps with lines changed. Nothing is written to disk.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

const SOURCE = join(__dirname, '..', '..', 'src');

/** One textual change: `find` must be there exactly once. */
export interface Change {
  /** Below src/, for example `ledger/rating.ts`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

interface Loaded {
  exports: unknown;
}

const compiled = new Map<string, string>();

/** Gives a function that loads a module below src/ by its path, for example `sandbox/sandbox`. */
export function loadSource(changes: readonly Change[] = []): (path: string) => unknown {
  const registry = new Map<string, Loaded>();
  const outside = createRequire(__filename);

  function load(path: string): unknown {
    const known = registry.get(path);
    if (known) return known.exports;

    const module: Loaded = { exports: {} };
    registry.set(path, module);
    const run = new Function('exports', 'require', 'module', '__dirname', codeOf(path, changes));
    const require = (name: string) =>
      name.startsWith('.') ? load(`${join(dirname(path), name)}.ts`) : outside(name);
    run(module.exports, require, module, dirname(path));
    return module.exports;
  }

  return (path) => load(join(SOURCE, `${path}.ts`));
}

function codeOf(path: string, changes: readonly Change[]): string {
  const here = changes.filter(({ file }) => join(SOURCE, file) === path);
  if (here.length > 0) return compile(path, here.reduce(changed, readFileSync(path, 'utf8')));

  const code = compiled.get(path) ?? compile(path, readFileSync(path, 'utf8'));
  compiled.set(path, code);
  return code;
}

/** Throws when the text to change is not there exactly once: then the change is stale and proves nothing. */
function changed(text: string, { file, find, replace }: Change): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`stale: src/${file} has ${times} times, not once: ${find}`);
  return text.replace(find, () => replace);
}

function compile(path: string, text: string): string {
  return transformSync(text, {
    filename: relative(SOURCE, path),
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
    module: { type: 'commonjs' },
  }).code;
}
