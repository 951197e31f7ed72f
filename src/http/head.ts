// The head of a request, as bytes: where it ends, and how one is mended whose lines are not as RFC 9112 has them.
// Decides nothing that the body depends on.

/** A head in which every line is as it must be, and what was done to get there. */
export interface MendedHead {
  readonly bytes: Buffer;
  /** `line 5`, counted from the request line: what was left out, joined or ended anew. */
  readonly mended: readonly string[];
}

/** The length of the head at the beginning of `bytes`, its empty line included; undefined while it is not all there. */
export function headLength(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(LF, emptyLines(bytes)); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1;
    if (bytes[next] === LF) return next + 1;
  }
  return undefined;
}

/** Whether what has come so far can become a request, as TLS cannot. */
export function canBegin(bytes: Buffer): boolean {
  return BEGINNING.test(bytes.toString('latin1', 0, 64));
}

/**
 * The head with every line that cannot be read left out, a folded line joined to the one before (RFC 9112 clause 5.2),
 * white space before a colon dropped, and every line ended with CR LF. Undefined when there is nothing to mend, and for
 * what must not be: a request line that is none, and a line at fault that is, or could be taken for, one of those that
 * say where the body ends. The parser refuses that.
 */
export function mendedHead(head: Buffer): MendedHead | undefined {
  const text = head.toString('latin1');
  if (WELL_FORMED.test(text)) return undefined;

  const [requestLine = '', ...lines] = text.replace(/^[\r\n]+/, '').split('\n');
  if (!REQUEST_LINE.test(requestLine)) return undefined;
  const mended = new Set<string>(requestLine.endsWith('\r') ? [] : ['line 1']);
  const kept: string[] = [withoutReturn(requestLine)];
  for (const [index, ended] of lines.slice(0, -2).entries()) {
    const line = withoutReturn(ended);
    const isField = FIELD_LINE.test(line);
    if (!isField || ended === line) mended.add(`line ${index + 2}`);
    if (isField) {
      kept.push(line);
      continue;
    }
    if (isAboutBody(line)) return undefined;
    const [, name, value] = SPACED_LINE.exec(line) ?? [];
    const [, continued] = FOLDED_LINE.exec(line) ?? [];
    if (name !== undefined) kept.push(`${name}:${value}`);
    else if (continued !== undefined && kept.length > 1) {
      const before = kept.pop() ?? '';
      if (isAboutBody(before)) return undefined;
      kept.push(`${before} ${continued}`);
    }
  }
  return { bytes: Buffer.from(`${kept.join('\r\n')}\r\n\r\n`, 'latin1'), mended: [...mended] };
}

const LF = 0x0a;
const CR = 0x0d;

/** How many bytes of empty lines are before the request line: they are none of the head's (RFC 9112 clause 2.2). */
function emptyLines(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === LF || bytes[at] === CR) at += 1;
  return at;
}

const NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const VALUE = '[\\t\\x20-\\x7e\\x80-\\xff]*';
const WELL_FORMED = new RegExp(`^(?:\\r\\n)*[^\\r\\n]+\\r\\n(?:${NAME}:${VALUE}\\r\\n)*\\r\\n$`);
const BEGINNING = /^[\r\n]*(?:[A-Za-z-]*$|[A-Za-z-]+ )/;
const REQUEST_LINE = /^[A-Za-z-]+ [^\r\n]+ HTTP\/1\.[01]\r?$/;
const FIELD_LINE = new RegExp(`^${NAME}:${VALUE}$`);
const SPACED_LINE = new RegExp(`^(${NAME})[ \\t]+:(${VALUE})$`);
const FOLDED_LINE = new RegExp(`^[ \\t]+(${VALUE})$`);

/** Generously: by the letters of the whole line. */
function isAboutBody(line: string): boolean {
  return /contentlength|transferencoding/i.test(line.replace(/[^A-Za-z]/g, ''));
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
