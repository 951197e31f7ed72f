// Messages and headers as people may see them: secrets never, subscriber numbers only when asked for. It works on the
// text, not on the XML, because what is looked at most is what could not be read.
import { addressPattern, maskedAddresses } from './masking';

export interface MaskOptions {
  /** Whether subscribers may be seen. Secrets are not shown to anybody. */
  readonly reveal: boolean;
  /** How the request itself names its subscribers, which is masked wherever it stands. */
  readonly subscribers?: readonly string[];
}

const HIDDEN = '***';

/** The headers with those that hold secrets hidden. */
export function maskedHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  { reveal }: MaskOptions,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const text = typeof value === 'string' ? value : value.join(', ');
      return [[name, headerText(name.toLowerCase(), text, reveal)]];
    }),
  );
}

function headerText(name: string, text: string, reveal: boolean): string {
  // The scheme is often what is wrong.
  if (name.endsWith('authorization'))
    return `${/^\w+(?= )/.exec(text)?.[0] ?? ''} ${HIDDEN}`.trim();
  if (SECRET_HEADER.test(name)) return HIDDEN;
  return reveal || PUBLIC_HEADER.test(name) ? text : maskedAddresses(text);
}

const SECRET_HEADER = /cookie|password|secret|token|wsse|session|api-?key|credential/;
const PUBLIC_HEADER =
  /^(?:accept.*|connection|content-.*|date|host|keep-alive|soapaction|transfer-encoding|user-agent|x-parlayx-exchange)$/;

/** The text of a message with its secrets hidden. */
export function maskedMessage(text: string, options: MaskOptions): string {
  const safe = text
    .replace(SECRET_ELEMENT, `$1${HIDDEN}$2`)
    .replace(SECRET_ATTRIBUTE, `$1"${HIDDEN}"`);
  return options.reveal ? safe : withoutSubscribers(safe, options.subscribers ?? []);
}

const SECRET_NAME =
  '[\\w.-]*(?:password|passwd|passphrase|secret|nonce|binarysecuritytoken)[\\w.-]*';
const PREFIX = '(?:[^\\s<>:/&="\']+:)?';

/**
 * From the start tag to the end tag of the same kind, or to the end of a message that breaks off; also where a whole
 * message stands escaped in another one. No part looks past the next tag, so no message takes longer than its length.
 */
const SECRET_ELEMENT = new RegExp(
  `((?:<|&lt;)${PREFIX}${SECRET_NAME}(?=[\\s>&/<]|$)[^<>&]*(?:(?<!/)>|(?<!/)&gt;|(?=<|&(?!gt;))|$))` +
    `[\\s\\S]*?((?:<|&lt;)/${PREFIX}${SECRET_NAME}\\s*(?:>|&gt;)|$)`,
  'gi',
);

const SECRET_ATTRIBUTE = new RegExp(
  `((?<![\\w.-])${SECRET_NAME}\\s*=\\s*)(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\\s"'<>]+)`,
  'gi',
);

/** Sections, comments, tags and what stands between them; each may break off at the end. */
const TOKENS =
  /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<\/?([^\s<>/]*)[^<>]*(?:>|(?=<)|$)|[^<]+/g;

/** What never names a subscriber, by local name in lower case: kept readable. */
const PUBLIC_ELEMENTS: ReadonlySet<string> = new Set([
  'amount',
  'code',
  'confirmationrefs',
  'correlator',
  'created',
  'currency',
  'expires',
  'faultcode',
  'messageid',
  'percent',
  'requestidentifier',
  'reservationidentifier',
  'result',
  'serviceid',
  'spid',
  'timestamp',
  'username',
  'volume',
]);

/** Numbers in it are mostly not those of subscribers; an address and the subscribers of the request are hidden. */
const REFERENCES: ReadonlySet<string> = new Set(['referencecode']);

function withoutSubscribers(text: string, subscribers: readonly string[]): string {
  const addresses = addressPattern(subscribers);
  let element = '';
  return text.replace(TOKENS, (token, name?: string) => {
    if (token.startsWith('</')) {
      element = '';
      return token;
    }
    if (name !== undefined) {
      element = name.slice(name.indexOf(':') + 1).toLowerCase();
      return token.replace(ATTRIBUTE, (attribute, start: string, value: string) =>
        start.toLowerCase().startsWith('xmlns') || /^["'](?:https?|urn):/i.test(value)
          ? attribute
          : `${start}${maskedAddresses(value)}`,
      );
    }
    if (PUBLIC_ELEMENTS.has(element)) return token;
    return REFERENCES.has(element) ? maskedAddresses(token, addresses) : maskedAddresses(token);
  });
}

const ATTRIBUTE = /((?<![^\s"'])[^\s=<>"']+\s*=\s*)("[^"]*(?:"|$)|'[^']*(?:'|$))/g;
