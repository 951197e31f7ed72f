// The header block RequestSOAPHeader, which the gateways of some vendors read beside the standard: its fields, the
// password in it, and the addresses that it repeats.
import { trimmed } from './lexical';
import { HEADER_FAULTS } from './profiles';
import { HeaderFault } from './rejection';
import { md5Hex, NO_PASSWORD, sameSecret } from './secrets';
import type { CredentialTerms } from './wire-terms';
import type { XmlElement } from './xml';

/** Where gateways put it; clients that build envelopes by hand leave it in none. */
const NAMESPACES: ReadonlySet<string> = new Set([
  '',
  'http://www.huawei.com.cn/schema/common/v2_1',
  'http://www.csapi.org/schema/parlayx/common/v3_1',
]);

export function isRequestHeader({ local, namespace }: XmlElement): boolean {
  return local === 'RequestSOAPHeader' && NAMESPACES.has(namespace);
}

/** SVC0901 unless spPassword is MD5(spId + password + timeStamp) in hex of either case, or the password itself. */
export function checkRequestHeader(
  headers: readonly XmlElement[],
  terms: CredentialTerms,
  now: number,
): HeaderFault | undefined {
  const password = terms.password ?? NO_PASSWORD;
  const { fields, hasDoubles } = fieldsOf(headers);
  const spId = fields.get('spId') ?? '';
  const given = fields.get('spPassword') ?? '';
  const timeStamp = fields.get('timeStamp') ?? '';

  const isDigest = sameSecret(given.toLowerCase(), md5Hex(spId + password + timeStamp));
  const isPlain = sameSecret(given, password);
  const cause = causeOf(given.toLowerCase(), spId, password, timeStamp);
  if (hasDoubles) return doubled();
  if (spId === '') return wrong('password', 'there is no spId');
  if (terms.password === undefined) return wrong('password', 'the application has no password');
  if (given === '') return wrong('password', 'there is no spPassword');
  if (!isDigest && !isPlain) return wrong('password', cause);

  const { timeStampWindowMs } = terms;
  if (timeStampWindowMs === undefined) return undefined;
  const at = instantOf(timeStamp);
  if (at === undefined) return wrong('password', 'the timeStamp is not yyyyMMddHHmmss');
  if (Math.abs(now - at) <= timeStampWindowMs) return undefined;
  return wrong('password', 'the timeStamp is too far from now (UTC)');
}

/**
 * SVC0905 when OA or FA is there and is none of the subscribers charged, or when it cannot be told because a header or
 * a field is there twice. Numbers are compared by their digits, national with international ones by those that both
 * have; other addresses by their text, without regard to case and without parameters.
 */
export function contradictedAddress(
  headers: readonly XmlElement[],
  subscribers: readonly string[],
): HeaderFault | undefined {
  const { fields, hasDoubles } = fieldsOf(headers);
  if (hasDoubles) return doubled();
  for (const [field, kind] of REPEATED_ADDRESSES) {
    const value = fields.get(field) ?? '';
    if (value === '' || subscribers.some((subscriber) => isSameAddress(value, subscriber)))
      continue;
    const detail = `${field} ${JSON.stringify(value.slice(0, 40))} is not a subscriber charged`;
    return wrong(kind, detail, repeatable(value));
  }
  return undefined;
}

/**
 * What an answer may repeat of an address: as much of its digits as a number has, or of another one as much as a
 * subscriber's may be long, and nothing that clients look for anywhere in an answer.
 */
function repeatable(value: string): string {
  if (!NUMBER.test(value)) {
    const text = value.slice(0, 64).replace(/[^\w.@:+-]/g, '');
    return RESULTS.test(text) ? '' : text;
  }
  const digits = value.slice(0, 64).replace(/\D/g, '').slice(0, 15);
  if (RESULTS.test(digits)) return digits.slice(-2);
  return value.startsWith('+') ? `+${digits}` : digits;
}

/** Words and result codes that some clients take for a success, or for a failure, wherever they stand. */
const RESULTS = /22007201|22007330|response|faultstring/i;

const REPEATED_ADDRESSES = [
  ['OA', 'originatingAddress'],
  ['FA', 'feeAddress'],
] as const;

const NUMBER = /^(?:tel:)?\s*([+\d][\d().\s-]*)(?:;.*)?$/i;

/** Fewer digits are too few to tell a subscriber by. */
const SUBSCRIBER_DIGITS = 7;

function isSameAddress(text: string, subscriber: string): boolean {
  const [one, other] = [NUMBER.exec(text)?.[1], NUMBER.exec(subscriber)?.[1]];
  if (one !== undefined && other !== undefined) return isSameNumber(one, other);
  return one === other && bare(text) === bare(subscriber);
}

/** Without the parameters that are no part of an address. */
function bare(address: string): string {
  return trimmed(address.split(';', 1)[0] ?? '').toLowerCase();
}

function isSameNumber(text: string, number: string): boolean {
  const [one, other] = [significantDigits(text), significantDigits(number)];
  if (one === other) return true;
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.length >= SUBSCRIBER_DIGITS && longer.endsWith(shorter);
}

function significantDigits(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+/, '');
}

/** SVC0901 for a request without a header, where a gateway expects one. */
export function missingPassword(detail: string): HeaderFault {
  return wrong('password', detail);
}

function doubled(): HeaderFault {
  return wrong('parameters', 'a header or a field of it is there twice');
}

function wrong(
  kind: keyof typeof HEADER_FAULTS,
  detail: string,
  ...variables: readonly string[]
): HeaderFault {
  const { code, text } = HEADER_FAULTS[kind];
  return new HeaderFault(
    { exception: 'ServiceException', messageId: code, text, variables },
    detail,
  );
}

/**
 * A bag by local name, as gateways read it: clients qualify some fields, all or none, in any order. Of several the
 * first, and whether there are.
 */
function fieldsOf(headers: readonly XmlElement[]): {
  readonly fields: ReadonlyMap<string, string>;
  readonly hasDoubles: boolean;
} {
  const [header, ...others] = headers;
  const fields = new Map<string, string>();
  let hasDoubles = others.length > 0;
  for (const { local, text } of header?.children ?? []) {
    if (fields.has(local)) hasDoubles = true;
    else fields.set(local, trimmed(text));
  }
  return { fields, hasDoubles };
}

/**
 * The usual mistake behind a wrong digest, for the record: a clock read twice, say. All are tried whichever it is, so
 * that the time taken does not tell.
 */
function causeOf(given: string, spId: string, password: string, timeStamp: string): string {
  let cause = 'spPassword is not the digest of spId, password and timeStamp';
  const tried: readonly (readonly [string, string])[] = [
    [spId + password, 'the digest was made without the timeStamp'],
    [spId + md5Hex(password) + timeStamp, 'the digest was made from the MD5 of the password'],
    ...SECONDS.map((seconds): [string, string] => [
      spId + password + timeStampAfter(timeStamp, seconds),
      `the digest was made with a timeStamp ${Math.abs(seconds)} s ${seconds < 0 ? 'before' : 'after'} the one in the header`,
    ]),
  ];
  for (const [text, found] of tried) if (sameSecret(given, md5Hex(text))) cause = found;
  return cause;
}

const SECONDS: readonly number[] = [-3, -2, -1, 1, 2, 3];

const TIME_STAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

/** yyyyMMddHHmmss, UTC; undefined for anything else. */
function instantOf(timeStamp: string): number | undefined {
  const iso = timeStamp.replace(TIME_STAMP, '$1-$2-$3T$4:$5:$6Z');
  const instant = iso === timeStamp ? Number.NaN : Date.parse(iso);
  return Number.isNaN(instant) ? undefined : instant;
}

function timeStampAfter(timeStamp: string, seconds: number): string {
  const instant = (instantOf(timeStamp) ?? 0) + seconds * 1_000;
  return new Date(instant).toISOString().slice(0, 19).replace(/\D/g, '');
}
