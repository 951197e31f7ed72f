// The bytes of a message as text for people, whatever encoding and form they have. Never throws; masks nothing by itself.
import { decodeText } from '../../soap/charset';
import { isMultipart } from '../../soap/mime';

/**
 * `show` is asked to mask each text. A multipart message shows its parts one by one; what is no text is told by its size.
 */
export function messageText(
  bytes: Uint8Array,
  contentType: string | undefined,
  show: (text: string) => string,
): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isMultipart(contentType)) return textOf(buffer, contentType, show);
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]*))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  if (delimiter === '--') return size(buffer, 'a multipart message without a boundary');
  const [before = '', ...parts] = buffer.toString('latin1').split(delimiter);
  const shown = parts.map((part) => {
    if (part.startsWith('--')) return '--\r\n';
    return `\r\n${partText(Buffer.from(part.replace(/^[ \t]*\r?\n/, ''), 'latin1'), show)}\r\n`;
  });
  return show(before) + shown.map((part) => delimiter + part).join('');
}

function partText(part: Buffer, show: (text: string) => string): string {
  const lines = part.toString('latin1');
  const end = /\r?\n\r?\n/.exec(lines);
  if (end === null) return show(lines.trimEnd());
  const headers = lines.slice(0, end.index);
  const content = part.subarray(end.index + end[0].length, lines.replace(/\r?\n$/, '').length);
  const header = (name: string): string | undefined =>
    new RegExp(`^${name}\\s*:\\s*([^\\r\\n]*(?:\\r?\\n[ \\t]+[^\\r\\n]*)*)`, 'im').exec(
      headers,
    )?.[1];
  const type = header('content-type');
  const encoding = header('content-transfer-encoding')?.trim() ?? 'binary';
  const body = /^(?:7bit|8bit|binary)$/i.test(encoding)
    ? textOf(content, type, show)
    : size(content, `${type ?? 'a part'} in ${encoding}`);
  return `${show(headers)}\r\n\r\n${body}`;
}

function textOf(
  bytes: Buffer,
  contentType: string | undefined,
  show: (text: string) => string,
): string {
  const text = decoded(bytes, contentType);
  // A secret could hide from a reader of text in what is none.
  return hasControls(text) ? size(bytes, contentType ?? 'not text') : show(text);
}

/** Of ASCII, besides tabs and line breaks. */
function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return true;
  }
  return false;
}

function size({ length }: Buffer, what: string): string {
  return `[${what}, ${length} bytes]`;
}

/** What cannot be read by the rules is read as far as it can be: it was refused for that very reason. */
function decoded(bytes: Buffer, contentType: string | undefined): string {
  try {
    return decodeText(bytes, contentType);
  } catch {
    const zeros = bytes.subarray(0, 64).filter((byte) => byte === 0).length;
    if (zeros === 0) return bytes.toString('latin1');
    // UTF-16 and UTF-32 of ASCII are that with zeros between, in whichever order.
    return bytes
      .toString('latin1')
      .replaceAll('\0', '')
      .replace(/^\xff\xfe|^\xfe\xff/, '');
  }
}
