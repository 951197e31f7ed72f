// A real SOAP call to a running emulator or any other gateway: charge, refund or reserve an amount.
import { maskedAddresses } from '../sandbox/journal/masking';
import { maskedHeaders, maskedMessage } from '../sandbox/journal/message-masking';
import { textOf } from './admin-client';
import { millisecondsOf } from './duration';
import { EXIT, type ExitCode, UsageError } from './exit-code';
import { call, type HttpAnswer, NoAnswer } from './http-call';
import { print } from './print';
import { readAnswer, type SoapCall, soapCall } from './soap-call';
import { type Flags, targetOf } from './target';
import type { Terminal } from './terminal';

const OPERATIONS = {
  charge: { key: 'AmountCharging.chargeAmount', done: 'was charged' },
  refund: { key: 'AmountCharging.refundAmount', done: 'was refunded' },
  reserve: { key: 'ReserveAmountCharging.reserveAmount', done: 'has reserved' },
} as const;

/** `accepted` and `refused` are answers; without one it is `unknown` whether it was done, or it was `not sent`. */
interface Outcome {
  readonly outcome: 'accepted' | 'refused' | 'unknown' | 'not sent';
  readonly sentence: string;
  readonly status?: number;
  readonly fault?: { readonly code: string; readonly text: string };
  readonly reservationIdentifier?: string;
  readonly exchange?: string;
  readonly milliseconds: number;
}

const CODES: Readonly<Record<Outcome['outcome'], ExitCode>> = {
  accepted: EXIT.ok,
  refused: EXIT.serverRejected,
  unknown: EXIT.other,
  'not sent': EXIT.cannotConnect,
};

export async function charge(
  verb: keyof typeof OPERATIONS,
  [subscriber, amount, currency]: readonly [string, string | undefined, string | undefined],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { key, done } = OPERATIONS[verb];
  const version = textOf(flags, 'version') ?? 'v4_0';
  const reference = textOf(flags, 'reference');
  if (reference === undefined && verb !== 'reserve') {
    throw new UsageError(`A ${verb} needs --reference, the code by which it is known afterwards.`);
  }
  const description = textOf(flags, 'description') ?? 'Test charge';
  const code = textOf(flags, 'code');
  const asked = { subscriber, amount, currency, code, description, reference };
  const request = soapCall(version, key, asked);
  const url = serviceUrl(targetOf(flags, terminal).url, request.path);
  const show = (text: string): string => (flags.reveal === true ? text : maskedAddresses(text));
  const price = [amount, currency, code].filter((part) => part !== undefined).join(' ');
  const under = reference === undefined ? '' : ` under reference ${reference}`;
  const success = `${show(subscriber)} ${done} ${price}${under}`;
  const headers = { ...request.headers, ...credentials(flags) };
  const lines: string[] = [];
  if (flags.verbose === true) {
    lines.push(`POST ${url}`, ...messageLines(headers, request.bytes, subscriber, flags), '');
  }

  const started = performance.now();
  const timeoutMs = millisecondsOf(textOf(flags, 'timeout') ?? '60s');
  const answer = await call({ method: 'POST', url, headers, body: request.bytes, timeoutMs }).catch(
    (error: unknown) => {
      if (error instanceof NoAnswer) return error;
      throw error;
    },
  );
  const milliseconds = Math.round(performance.now() - started);
  const doubt = doubtOf(reference);
  const outcome =
    answer instanceof NoAnswer
      ? unanswered(answer, url, milliseconds, doubt)
      : { ...outcomeOf(answer, request, success, doubt), ...exchangeOf(answer), milliseconds };
  if (flags.verbose === true && !(answer instanceof NoAnswer)) {
    const received = messageLines(answer.headers, answer.bytes, subscriber, flags);
    lines.push(`HTTP ${answer.status}`, ...received, '');
  }
  tell(outcome, lines, flags, terminal);
  return CODES[outcome.outcome];
}

/** An address without a path is that of an emulator; another one is that of the service itself. */
function serviceUrl(url: string, path: string): string {
  const { pathname } = new URL(url);
  return /^\/(?:s\/[^/]+)?$/.test(pathname) ? url.replace(/\/$/, '') + path : url;
}

/** By HTTP Basic, which every gateway takes that takes any. */
function credentials(flags: Flags): Readonly<Record<string, string>> {
  const application = textOf(flags, 'application');
  if (application === undefined) return {};
  const pair = `${application}:${textOf(flags, 'password') ?? ''}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

type Judged = Omit<Outcome, 'milliseconds'>;

function outcomeOf(
  { status, headers, bytes }: HttpAnswer,
  { response }: SoapCall,
  success: string,
  doubt: string,
): Judged {
  const said = readAnswer(bytes, headers['content-type']);
  if (said.kind === 'fault') {
    const { code, text } = said;
    const sentence = `Refused with ${code}${text === '' ? '' : `: ${text}`}`;
    return { outcome: 'refused', sentence, status, fault: { code, text } };
  }
  if (said.kind === 'response' && said.name === response && status === 200) {
    const { result } = said;
    if (result === undefined) return { outcome: 'accepted', sentence: `${success}.`, status };
    const sentence = `${success}: reservation ${result}.`;
    return { outcome: 'accepted', sentence, status, reservationIdentifier: result };
  }
  const what = `HTTP ${status} without a ${response}`;
  // Who refuses the request itself has not executed it.
  if (status >= 400 && status < 500) {
    return { outcome: 'refused', sentence: `Refused with ${what}.`, status };
  }
  return { outcome: 'unknown', sentence: `The answer is ${what}: ${doubt}`, status };
}

function unanswered(
  { reason, maySent }: NoAnswer,
  url: string,
  milliseconds: number,
  doubt: string,
): Outcome {
  const { origin } = new URL(url);
  if (maySent) {
    return { outcome: 'unknown', sentence: `No answer (${reason}): ${doubt}`, milliseconds };
  }
  const advice = 'start an emulator with "parlayx-emulator serve", or name the gateway with --url.';
  const sentence = `Nothing answers at ${origin} (${reason}), so nothing was sent: ${advice}`;
  return { outcome: 'not sent', sentence, milliseconds };
}

function doubtOf(reference: string | undefined): string {
  const question = 'whether it was done is unknown';
  if (reference === undefined) return `${question}.`;
  return `${question}; ask with "parlayx-emulator verify exactly-once --reference ${reference}".`;
}

function exchangeOf({ headers }: HttpAnswer): Pick<Outcome, 'exchange'> {
  const id = headers['x-parlayx-exchange'];
  return typeof id === 'string' ? { exchange: id } : {};
}

function tell(outcome: Outcome, lines: readonly string[], flags: Flags, terminal: Terminal): void {
  const { sentence, milliseconds, exchange } = outcome;
  const where = exchange === undefined ? '' : `, exchange ${exchange}`;
  const isDone = outcome.outcome === 'accepted';
  print(terminal, flags, outcome, isDone ? [...lines, sentence] : lines);
  if (flags.json === true) return;
  if (!isDone) terminal.err(sentence);
  terminal.err(`${milliseconds} ms${where}`);
}

function messageLines(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  bytes: Buffer,
  subscriber: string,
  flags: Flags,
): string[] {
  const options = { reveal: flags.reveal === true, subscribers: [subscriber] };
  return [
    ...Object.entries(maskedHeaders(headers, options)).map(([name, value]) => `${name}: ${value}`),
    '',
    maskedMessage(bytes.toString('utf8'), options),
  ];
}
