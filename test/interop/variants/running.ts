// Sends a row: through the engine in this process, or over a socket to a whole emulator. Each time to a fresh ledger.
import { resolveConfiguration } from '../../../src/config/resolve';
import { createEmulator, type ExchangeRecord, virtualClock } from '../../../src/emulator';
import { formatMicros } from '../../../src/ledger/money';
import type { RecordedTransaction } from '../../../src/store/journal';
import type { Ledger } from '../../../src/store/ledger';
import { rawClient } from '../../http/support';
import { openTestSandbox, START } from '../../support/test-sandbox';
import type { HttpMessage, Variant } from './variant';

/** What came of a row. */
export interface Outcome {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly record: ExchangeRecord;
  /** The transactions of the row itself, as `kind amount currency subscriber`; wallets made on demand left out. */
  readonly ledger: readonly string[];
  readonly billed: readonly string[];
  /** Whether anything at all has changed. */
  readonly changed: boolean;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** With `strict`, what comes before the row is still understood leniently: the row itself is judged. */
export async function inProcess(variant: Variant, { strict = false } = {}): Promise<Outcome> {
  const { termsOf, wireTermsOf } = resolveConfiguration({
    source: 'variant',
    input: variant.configuration ?? {},
  });
  let isOpening = true;
  const env = openTestSandbox({
    terms: termsOf,
    wire: (application) => ({ ...wireTermsOf(application), strict: strict && !isOpening }),
  });
  let record: ExchangeRecord | undefined;
  const send = async ({ path, headers, body, mendedHeaders }: HttpMessage): Promise<Answered> => {
    const named = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    // What a row does not send, the sandbox must not add.
    const reply = await env.post(body, {
      path,
      headers: { 'content-type': undefined, soapaction: undefined, ...named },
      ...(mendedHeaders && { mendedHeaders }),
    });
    record = reply.record;
    return { ...reply, headers: lowerCase(Object.entries(reply.headers)) };
  };
  const outcome = await outcomeOf(variant, send, env.sandbox.ledger, () => {
    isOpening = false;
    return record;
  });
  await env.close();
  return outcome;
}

export async function overHttp(variant: Variant): Promise<Outcome> {
  const defects: unknown[] = [];
  let record: ExchangeRecord | undefined;
  const emulator = await createEmulator({
    configuration: variant.configuration ?? {},
    clock: virtualClock(START),
    log: {
      exchange: (each) => {
        record = each;
      },
      defect: (error) => defects.push(error),
    },
  });
  try {
    const outcome = await outcomeOf(
      variant,
      (message) => sendRaw(emulator.port, message),
      emulator.sandbox().ledger,
      () => record,
    );
    const found = [...defects, ...emulator.sandbox().ledger.audit()];
    if (found.length > 0) throw new Error(`found ${found.join(', ')}`);
    return outcome;
  } finally {
    await emulator.close();
  }
}

/** The request as it goes over the wire. */
export function requestBytes({ path, http, headers, body }: HttpMessage): Buffer {
  const bytes = Buffer.from(body as string);
  const lines = [
    `POST ${path} HTTP/${http ?? '1.1'}`,
    'Host: payment.example:8310',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** `latest` is asked after each exchange for its record. */
async function outcomeOf(
  variant: Variant,
  send: (message: HttpMessage) => Promise<Answered>,
  ledger: Ledger,
  latest: () => ExchangeRecord | undefined,
): Promise<Outcome> {
  if (variant.earlier !== undefined) await send(variant.earlier);
  let reservation = '';
  if (variant.opening !== undefined) {
    const { text } = await send(variant.opening);
    [, reservation = ''] = /<ns1:result>(\d{1,30})<\/ns1:result>/.exec(text) ?? [];
    if (reservation === '') throw new Error(`nothing was reserved: ${text}`);
  }
  latest();
  const before = ledger.digest();
  const opened = ledger.read.counts().transactions;
  const answered = await send(variant.request(reservation));
  const record = latest();
  if (record === undefined) throw new Error('an exchange leaves a record');
  return {
    ...answered,
    record,
    ledger: ledger.read
      .transactions({ after: opened })
      .filter(({ kind }) => kind !== 'provision')
      .map(described),
    billed: ledger.read.billEntries().flatMap(({ texts }) => texts),
    changed: ledger.digest() !== before,
  };
}

async function sendRaw(port: number, message: HttpMessage): Promise<Answered> {
  const client = rawClient(port).send(requestBytes(message));
  const whole = /<\/soapenv:Envelope>$/;
  const staysOpen = message.headers.some(([, value]) => /keep-alive/i.test(value));
  const raw = await (message.http === '1.0' && !staysOpen
    ? client.closed()
    : client.received(whole));
  client.socket.destroy();
  const [head = '', text = ''] = raw
    .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
    .split(/\r\n\r\n(.*)$/s);
  const [first = '', ...lines] = head.split('\r\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: lowerCase(lines.map((line) => line.split(/: (.*)/) as unknown as [string, string])),
    text: Buffer.from(text, 'latin1').toString(),
  };
}

/** The money that left or reached a subscriber; where nothing was posted, what is held or let go. */
function described({ kind, transfers }: RecordedTransaction): string {
  const posted = transfers.filter(({ layer }) => layer === 'posted');
  const moved = posted.length > 0 ? posted : transfers;
  const [{ currency = '', debit = undefined, credit = undefined } = {}] = moved;
  const amount = moved.reduce((sum, each) => sum + each.amount, 0n);
  const owner = debit?.kind === 'subscriber' ? debit.owner : credit?.owner;
  return `${kind} ${formatMicros(amount, 0)} ${currency} ${owner}`;
}

function lowerCase(headers: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}
