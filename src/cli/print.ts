// Results of commands on standard output: lines for a person, or JSON on demand.
import type { Flags } from './target';
import type { Terminal } from './terminal';

export function print(
  { out }: Pick<Terminal, 'out'>,
  flags: Flags,
  value: object,
  lines: readonly string[],
): void {
  if (flags.json === true) out(JSON.stringify(value, undefined, 2));
  else for (const line of lines) out(line);
}
