// Answers that are no true ones: pages, broken documents, answers that never arrive whole. Decides nothing.
import { STATUS_CODES } from 'node:http';
import { FAULT_LIMITS } from '../../limits';
import { envelopeAround } from '../../soap/encode';
import type { SoapVersion } from '../../soap/names';
import { type Delivery, type SoapResponse, xmlResponse } from '../../soap/transport';
import type { Deed } from './outcomes';
import type { Waits } from './waits';

/** What stands for an answer where nothing has been decided yet. */
export function emptyEnvelope(soap: SoapVersion): SoapResponse {
  return xmlResponse(200, envelopeAround('', soap), soap);
}

/** HTTP without SOAP; `body` is `html`, `empty` or the text. */
export function httpAnswer({ status, body }: Deed & { readonly does: 'http' }): SoapResponse {
  if (body === 'empty') return answerOf(status, undefined, '');
  if (body === 'html') return answerOf(status, 'text/html; charset=utf-8', page(status));
  return answerOf(status, 'text/plain; charset=utf-8', body);
}

/** A true answer as the deed leaves it; `duringReply`: only once half of it is on its way. */
export function spoilt(
  answer: SoapResponse,
  deed: Deed,
  duringReply: boolean,
  waits: Waits,
): SoapResponse {
  const half = Math.floor(answer.bytes.length / 2);
  const bytes = duringReply ? half : undefined;
  const outgoing = duringReply ? answer : NO_ANSWER;
  switch (deed.does) {
    case 'malformed':
      return withBody(answer, crossed(answer.bytes));
    case 'truncated':
      return withBody(answer, answer.bytes.subarray(0, half));
    case 'half':
      return delivered(answer, { how: 'close', bytes: half });
    case 'reset':
      return delivered(outgoing, { how: 'reset', bytes });
    case 'stall': {
      const wait = () => waits.begin(FAULT_LIMITS.stallMs);
      return delivered(outgoing, { how: 'stall', bytes, wait });
    }
    case 'dribble': {
      const wait = () => waits.begin(deed.everyMs);
      return delivered(answer, { how: 'dribble', bytes: deed.bytes, wait });
    }
    default:
      return answer;
  }
}

/** The true answer with a pause in its middle. */
export function paused(answer: SoapResponse, delayMs: number, waits: Waits): SoapResponse {
  const bytes = Math.floor(answer.bytes.length / 2);
  return delivered(answer, { how: 'pause', bytes, wait: () => waits.begin(delayMs) });
}

/** Status 0: none is ever sent. */
const NO_ANSWER: SoapResponse = { status: 0, headers: {}, bytes: Buffer.alloc(0) };

function delivered(answer: SoapResponse, delivery: Delivery): SoapResponse {
  return { ...answer, delivery };
}

const LAST_TAGS = '</soapenv:Body></soapenv:Envelope>';
const CROSSED_TAGS = '</soapenv:Envelope></soapenv:Body>';

/** No XML any more, and as long as before where it ends as our answers do. */
function crossed(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  const broken = text.endsWith(LAST_TAGS)
    ? text.slice(0, -LAST_TAGS.length) + CROSSED_TAGS
    : `${text}<`;
  return Buffer.from(broken, 'utf8');
}

function withBody(answer: SoapResponse, bytes: Buffer): SoapResponse {
  const headers = { ...answer.headers, 'Content-Length': String(bytes.length) };
  return { ...answer, headers, bytes };
}

function answerOf(status: number, type: string | undefined, text: string): SoapResponse {
  const bytes = Buffer.from(text, 'utf8');
  const headers = {
    ...(type !== undefined && { 'Content-Type': type }),
    'Content-Length': String(bytes.length),
  };
  return { status, headers, bytes };
}

/** What a proxy or a front end says: for a success, that somebody should sign in. */
function page(status: number): string {
  const reason = status < 400 ? 'Sign in to the network' : (STATUS_CODES[status] ?? 'Error');
  const title = status < 400 ? reason : `${status} ${reason}`;
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}
