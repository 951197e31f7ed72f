// What is wrong with a configuration, as sentences: where it stands, what it says, what is meant.

/** One thing wrong. `path` is as a person writes it: `policies.ReservationDuration.metric`, or '' for the whole. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  /** What was probably meant, as a sentence of its own; the message says it too. */
  readonly hint?: string;
}

/** Takes note of something wrong with the value at a path. */
export type Report = (path: readonly PropertyKey[], message: string) => void;

/** The same report for what lies below `prefix`. */
export function below(report: Report, ...prefix: PropertyKey[]): Report {
  return (path, message) => report([...prefix, ...path], message);
}

/** A configuration that cannot be used. Its message has one line a problem. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    /** The file, variable or option at fault. */
    readonly source: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => `${source}: ${sentence(problem)}`).join('\n'));
  }
}

/** A file that is not there, or cannot be read. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** `applications.shop`, `subscribers[0].address`; a name that is no plain word stands in brackets and quotes. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** A value as found, short enough for a line: `"Minite"`, `the number 50.1`, `a list`. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section';
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** The one of `names` that `word` was probably meant to be. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

function sentence({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && a[row - 2] === b[column - 1] && a[row - 1] === b[column - 2];
      line[column] = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = line;
  }
  return last[b.length] ?? 0;
}
