// Writes lines to a file descriptor in portions and never waits for a reader: what cannot be written is dropped
// and counted. It knows nothing of what the lines say.
import { writeSync } from 'node:fs';

export interface LineWriter {
  /** Takes a line with its line feed at the end. Never throws. */
  write(line: string): void;
  /** Writes as much of what is waiting as the descriptor takes at once. Never throws, never waits. */
  flush(): void;
}

/** A portion is written when it is so large or so old, whichever comes first. */
const PORTION = { characters: 16 * 1024, ms: 50 } as const;

/** A full pipe is tried again so soon: a reader that keeps up then gets 64 kB, what a pipe holds, each time. */
const RETRY_MS = 5;

/** What may wait for a reader; beyond it lines are dropped, never the service slowed. */
const WAITING_MAX = 4 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);
const LINE_FEED = 0x0a;

/**
 * A writer to a descriptor that does not block, as a pipe under `process.stderr`, or blocks only for a moment, as a file.
 * `noticeOf` makes the line that tells how many were dropped; it is written as soon as there is somebody to tell.
 */
export function lineWriter(
  descriptor: number,
  noticeOf: (droppedLines: number) => string,
): LineWriter {
  let waiting = '';
  let waitingLines = 0;
  /** What is being written, and how many lines are lost if it is not: its own and those its notice tells of. */
  let portion = NOTHING;
  let portionLines = 0;
  let dropped = 0;
  let midLine = false;
  let full = false;
  let due: NodeJS.Timeout | undefined;

  const writeOut = (): void => {
    clearTimeout(due);
    due = undefined;
    try {
      full = false;
      while (portion.length > 0 || waiting !== '' || dropped > 0) {
        if (portion.length === 0) nextPortion();
        const written = writeSync(descriptor, portion);
        portionLines -= linesIn(portion, written);
        midLine = portion[written - 1] !== LINE_FEED;
        portion = portion.subarray(written);
      }
    } catch (error) {
      if (isFull(error)) waitForReader();
      else dropAll();
    }
  };

  const nextPortion = (): void => {
    portion = Buffer.from(dropped === 0 ? waiting : waiting + noticeOf(dropped));
    portionLines = waitingLines + dropped;
    waiting = '';
    waitingLines = 0;
    dropped = 0;
  };

  const waitForReader = (): void => {
    full = true;
    due = setTimeout(writeOut, RETRY_MS).unref();
  };

  const dropAll = (): void => {
    dropped += portionLines + waitingLines;
    portion = NOTHING;
    waiting = midLine ? '\n' : '';
    waitingLines = 0;
  };

  return {
    write: (line) => {
      // Once lines are missing, the notice comes before any further line, so that it stands where they are missing.
      if (dropped > 0 || waiting.length + portion.length >= WAITING_MAX) {
        dropped += 1;
      } else {
        waiting += line;
        waitingLines += 1;
      }
      if (waiting.length >= PORTION.characters && !full) writeOut();
      else if (due === undefined) due = setTimeout(writeOut, PORTION.ms).unref();
    },
    flush: writeOut,
  };
}

function linesIn(bytes: Buffer, end: number): number {
  let lines = 0;
  let at = bytes.indexOf(LINE_FEED);
  while (at !== -1 && at < end) {
    lines += 1;
    at = bytes.indexOf(LINE_FEED, at + 1);
  }
  return lines;
}

function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}
