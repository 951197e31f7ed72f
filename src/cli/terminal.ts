// What a command may touch of the process around it, so that a test can stand in its place.

export interface Terminal {
  /** For machines: results. */
  out(line: string): void;
  /** For people: banners, warnings, errors. */
  err(line: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The real one. A reader that has gone away is no reason to stop. */
export function processTerminal(): Terminal {
  const ignore = (): void => {};
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    environment: process.env,
  };
}
