// Envelopes as clients write them: every freedom that XML leaves them is an option here. Knows no client and no value.

export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XSD = 'http://www.w3.org/2001/XMLSchema';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';

/** Declarations of toolkits that type every leaf. */
export const TYPED_ENVELOPE = ` xmlns:xsi="${XSI}" xmlns:xsd="${XSD}" SOAP-ENV:encodingStyle="${ENCODING}"`;

/** An element by its local name, with escaped text or fields of its own. */
export type Field = readonly [name: string, content: string | readonly Field[]];

/** How an operation and what is below it are written. */
export interface Style {
  /** Of the operation and its parts; '' for a default namespace. */
  readonly prefix?: string;
  /** Of the fields below a part; they have none when it is absent. */
  readonly fieldPrefix?: string;
  /** In every field below a part, with a space in front. */
  readonly fieldAttributes?: string;
  /** In every leaf, by its content, with a space in front. */
  readonly leafAttributes?: (content: string) => string;
  /** In the start tag of the operation beside its namespace. */
  readonly attributes?: string;
  /** The namespace is declared further out. */
  readonly declaredOutside?: boolean;
}

/** The message element of `operation`; a namespace of '' is none at all. */
export function message(
  operation: string,
  namespace: string,
  parts: readonly Field[],
  style: Style = {},
): string {
  const { prefix = 'loc', attributes = '', declaredOutside = false } = style;
  const name = namespace === '' ? operation : tagOf(prefix, operation);
  const declaration =
    namespace === '' || declaredOutside ? '' : ` ${xmlnsOf(prefix)}="${namespace}"`;
  const partPrefix = namespace === '' ? '' : prefix;
  const inside = parts.map((part) => written(part, partPrefix, '', style)).join('');
  return `<${name}${declaration}${attributes}>${inside}</${name}>`;
}

/** How the envelope around a message is written. */
export interface EnvelopeStyle {
  readonly namespace?: string;
  readonly prefix?: string;
  /** Of Header and Body, bound to the same namespace, when it is another one. */
  readonly innerPrefix?: string;
  /** Everything in front of the root. */
  readonly before?: string;
  readonly after?: string;
  /** In the start tag of Envelope, with a space in front. */
  readonly attributes?: string;
  /** The header blocks; '' for an empty Header, absent for none. */
  readonly header?: string | undefined;
}

export function envelope(body: string, style: EnvelopeStyle = {}): string {
  const { namespace = SOAP_1_1, prefix = 'soapenv', before = '', after = '' } = style;
  const { innerPrefix = prefix, attributes = '', header } = style;
  const second = innerPrefix === prefix ? '' : ` ${xmlnsOf(innerPrefix)}="${namespace}"`;
  const head =
    header === undefined
      ? ''
      : `<${tagOf(innerPrefix, 'Header')}>${header}</${tagOf(innerPrefix, 'Header')}>`;
  const name = tagOf(prefix, 'Envelope');
  const inside = `${head}<${tagOf(innerPrefix, 'Body')}>${body}</${tagOf(innerPrefix, 'Body')}>`;
  const start = `<${name} ${xmlnsOf(prefix)}="${namespace}"${second}${attributes}>`;
  return `${before}${start}${inside}</${name}>${after}`;
}

/** The same document with a line and an indent for every element. */
export function pretty(text: string, indent = '    '): string {
  let level = 0;
  return text
    .replace(/>(?=<)/g, '>\n')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) level -= 1;
      const indented = indent.repeat(level) + line;
      if (/^<[^/?!][^>]*[^/]>$/.test(line)) level += 1;
      return indented;
    })
    .join('\n');
}

/** With single quotes around every attribute. */
export function singleQuoted(text: string): string {
  return text.replace(/="([^"']*)"/g, "='$1'");
}

function written([name, content]: Field, prefix: string, more: string, style: Style): string {
  const { fieldPrefix = '', fieldAttributes = '', leafAttributes } = style;
  const tag = tagOf(prefix, name);
  if (typeof content === 'string') {
    return `<${tag}${more}${leafAttributes?.(content) ?? ''}>${content}</${tag}>`;
  }
  const inside = content.map((each) => written(each, fieldPrefix, fieldAttributes, style));
  return `<${tag}${more}>${inside.join('')}</${tag}>`;
}

function tagOf(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function xmlnsOf(prefix: string): string {
  return prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
}
