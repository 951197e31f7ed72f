// The grammar of endUserIdentifier and its one normal form (TS 29.199-1: tel, sip, short, aliases).

export interface Address {
  /** The normal form: two identifiers are the same account exactly when these are equal. */
  readonly address: string;
  /** What was lenient in reading it. */
  readonly deviation?: 'address.scheme';
}

const BARE = /^\+?\d{3,15}$/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(.+)$/;
const TELEPHONE = /^\+?\d{3,15}$/;
const VISUAL_SEPARATORS = /[-.()]/g;
const SIP = /^[A-Za-z0-9._~!$&'+,;=%-]+@[A-Za-z0-9.-]+(:\d{1,5})?$/;
const SHORT = /^\d{1,15}$/;
/** What a subscriber's alias may hold: no wildcard, no query, and not the `//` of a locator. */
const ALIAS = /^[A-Za-z0-9._~!$&'+,;=:@%-][A-Za-z0-9._~!$&'+,;=:@%/-]*$/;

/**
 * Reads an identifier, outer white space already gone. Address parameters (`;phone-context=...`) are not part
 * of the address and are dropped. With a country code, national numbers become international ones.
 * Undefined for what names no single subscriber: another form, a scheme alone, wildcards, a locator.
 */
export function normaliseAddress(text: string, countryCode?: string): Address | undefined {
  if (BARE.test(text)) {
    return { address: `tel:${international(text, countryCode)}`, deviation: 'address.scheme' };
  }
  const match = SCHEME.exec(text);
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2];
  if (scheme === undefined || rest === undefined) return undefined;

  const address = schemeAddress(scheme, rest, countryCode);
  return address === undefined ? undefined : { address: `${scheme}:${address}` };
}

function schemeAddress(scheme: string, rest: string, countryCode?: string): string | undefined {
  switch (scheme) {
    case 'tel': {
      const number = withoutParameters(rest).replace(VISUAL_SEPARATORS, '');
      return TELEPHONE.test(number) ? international(number, countryCode) : undefined;
    }
    case 'sip':
    case 'sips': {
      const uri = withoutParameters(rest);
      return SIP.test(uri) ? withLowerCaseHost(uri) : undefined;
    }
    case 'short':
      return SHORT.test(rest) ? rest : undefined;
    default:
      return ALIAS.test(rest) ? rest : undefined;
  }
}

function withoutParameters(text: string): string {
  const start = text.indexOf(';');
  return start === -1 ? text : text.slice(0, start);
}

function withLowerCaseHost(uri: string): string {
  const host = uri.indexOf('@') + 1;
  return uri.slice(0, host) + uri.slice(host).toLowerCase();
}

/** Only a configured country code makes the national and the international form one account. */
function international(number: string, countryCode: string | undefined): string {
  if (countryCode === undefined || number.startsWith('+')) return number;
  if (number.startsWith('00')) return `+${number.slice(2)}`;
  if (number.startsWith('0')) return `+${countryCode}${number.slice(1)}`;
  return number.startsWith(countryCode) ? `+${number}` : number;
}
