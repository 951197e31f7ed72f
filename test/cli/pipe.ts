// A named pipe that a test holds, so that it decides who reads it and when.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

export interface Pipe {
  /** For whoever writes. */
  readonly descriptor: number;
  /** What is in it now; the pipe is empty then. */
  read(): string;
  /** Writes until it takes nothing more. */
  fill(): void;
  /** The reader goes away. */
  leave(): void;
  /** A reader comes, as the first one has. */
  join(): void;
  close(): void;
}

export function namedPipe(file: string): Pipe {
  execFileSync('mkfifo', [file]);
  const reading = (): number => openSync(file, O_RDONLY | O_NONBLOCK);
  let reader: number | undefined = reading();
  const descriptor = openSync(file, O_WRONLY | O_NONBLOCK);
  const leave = (): void => {
    if (reader !== undefined) closeSync(reader);
    reader = undefined;
  };
  return {
    descriptor,
    read: () => {
      const parts: Buffer[] = [];
      untilItWouldWait(() => {
        const part = Buffer.alloc(4096);
        const length = readSync(reader ?? -1, part);
        parts.push(part.subarray(0, length));
        return length > 0;
      });
      return Buffer.concat(parts).toString('utf8');
    },
    fill: () => {
      // Single bytes at last: a pipe takes a small write whole or not at all.
      for (const filling of ['.'.repeat(4096), '.']) {
        untilItWouldWait(() => writeSync(descriptor, filling) > 0);
      }
    },
    leave,
    join: () => {
      reader = reading();
    },
    close: () => {
      leave();
      closeSync(descriptor);
    },
  };
}

function untilItWouldWait(step: () => boolean): void {
  try {
    while (step());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
