// The file beside a ledger that holds the uses of nonces, a line of JSON each: on the disk before anything is done for
// the request that used one. Knows nothing of what makes a nonce good.
import { readFileSync, renameSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asLedgerFileError, LedgerFileError, notNonces, textOf } from './ledger-file-error';

interface Use {
  readonly application: string;
  readonly created: number;
  readonly nonce?: string;
}

/** The first line: marks a file as ours. */
const HEAD = '["nonces of a ledger",1]';

/** It is made when there is something to write. */
export class NonceFile {
  readonly #path: string;
  readonly #recorded: readonly Use[];
  #handle: FileHandle | undefined;
  /** What is not on the disk yet, in order. */
  #waiting: string[] = [];
  /** Whether what waits is to be the whole of the file. */
  #isWhole = false;
  #appended = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #isClosed = false;

  /** For the ledger at `ledger`. Throws LedgerFileError when another kind of file is beside it, or none can be read. */
  constructor(ledger: string) {
    this.#path = `${ledger}.nonces`;
    this.#recorded = usesIn(this.#path);
  }

  /** As they were when it was opened, in order. */
  recorded(): readonly Use[] {
    return this.#recorded;
  }

  append(use: Use): void {
    if (this.#isClosed) return;
    this.#waiting.push(lineOf(use));
    this.#appended += 1;
  }

  replace(uses: Iterable<Use>): void {
    if (this.#isClosed) return;
    this.#waiting = [HEAD, ...Array.from(uses, lineOf)];
    this.#isWhole = true;
    this.#appended += 1;
  }

  /** Resolves once all of before is on the disk; undefined when it is. Those who wait together share one write. */
  settled(): Promise<void> | undefined {
    return this.#written < this.#appended ? this.#until(this.#appended) : undefined;
  }

  /** Writes what waits and lets go of the file; rejects when it cannot be written. Of later uses nothing comes. */
  async close(): Promise<void> {
    this.#isClosed = true;
    try {
      await this.settled();
    } finally {
      await this.#handle?.close();
      this.#handle = undefined;
    }
  }

  async #until(appended: number): Promise<void> {
    while (this.#written < appended) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    const [lines, isWhole, upTo] = [this.#waiting, this.#isWhole, this.#appended];
    this.#waiting = [];
    this.#isWhole = false;
    try {
      if (isWhole) await this.#begin(lines);
      else if (this.#handle === undefined && this.#recorded.length === 0)
        await this.#begin([HEAD, ...lines]);
      else await this.#add(lines);
      this.#written = upTo;
    } catch (error) {
      // A whole file that was asked for in the meantime has these in it.
      if (!this.#isWhole) {
        this.#waiting = [...lines, ...this.#waiting];
        this.#isWhole = isWhole;
      }
      throw asLedgerFileError(error, this.#path);
    }
  }

  async #add(lines: readonly string[]): Promise<void> {
    this.#handle ??= await open(this.#path, 'a');
    await this.#handle.appendFile(textOfLines(lines));
    await this.#handle.datasync();
  }

  /** Beside it first: whoever is killed half-way has the old one. */
  async #begin(lines: readonly string[]): Promise<void> {
    const beside = `${this.#path}.new`;
    const handle = await open(beside, 'w');
    try {
      await handle.appendFile(textOfLines(lines));
      await handle.datasync();
      renameSync(beside, this.#path);
    } catch (error) {
      await handle.close();
      throw error;
    }
    await this.#handle?.close();
    this.#handle = handle;
    await syncFolder(dirname(this.#path));
  }
}

function usesIn(path: string): readonly Use[] {
  const [head, ...lines] = readLines(path);
  if (head === undefined) return [];
  if (head !== HEAD) throw new LedgerFileError(notNonces(path));
  return lines.flatMap(useOf);
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (textOf(error, 'code') === 'ENOENT') return [];
    throw asLedgerFileError(error, path);
  }
}

/** A power cut can leave half a line, which nobody was answered for. */
function useOf(line: string): readonly Use[] {
  try {
    const [application, created, nonce] = JSON.parse(line);
    return [{ application, created, ...(nonce !== undefined && { nonce }) }];
  } catch {
    return [];
  }
}

function lineOf({ application, created, nonce }: Use): string {
  return JSON.stringify(
    nonce === undefined ? [application, created] : [application, created, nonce],
  );
}

/** Each begins a line, so that half a line before it spoils nothing. */
function textOfLines(lines: readonly string[]): string {
  return lines.map((line) => `\n${line}`).join('');
}

/** A name is on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
