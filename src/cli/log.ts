// The log of a running emulator on standard error: a line an exchange, subscriber numbers masked. How lines get there
// without a charge waiting for a reader is in line-writer.ts.
import { pino } from 'pino';
import type { LogFormat, LogLevel } from '../config/configuration';
import { type Clock, type ExchangeRecord, isoTime, type Log } from '../emulator';
import type { Injected } from '../sandbox/faults/course';
import type { LostReceipt } from '../sandbox/messaging/receipts';
import { DEFAULT_SANDBOX } from '../sandbox/worlds';
import { type LineWriter, lineWriter } from './line-writer';
import { masked, maskedStack, maskedSubject } from './mask';

export interface ProcessLog extends Log {
  info(text: string): void;
  warn(text: string): void;
  /** Writes what is still waiting, as far as somebody reads it; never waits. Call it last. */
  flush(): void;
}

/** To the standard error of this process. */
export function createLog(level: LogLevel, format: LogFormat, clock: Clock): ProcessLog {
  const now = (): string => isoTime(clock.now());
  // Asking process.stderr for its number opens it, and that is what makes a pipe non-blocking.
  const descriptor = process.stderr.fd;
  const [entriesOf, noticeOf] =
    format === 'json' ? [jsonEntries, jsonNotice] : [textEntries, textNotice];
  const sink = lineWriter(descriptor, (lines) => noticeOf(lines, now()));
  return { ...entriesOf(level, sink, now), flush: sink.flush };
}

type Entries = Omit<ProcessLog, 'flush'>;

const SEVERITY = { debug: 20, info: 30, warn: 40, error: 50, silent: 99 } as const;

function textEntries(level: LogLevel, sink: LineWriter, now: () => string): Entries {
  const write = (severity: keyof typeof SEVERITY, text: () => string): void => {
    if (SEVERITY[severity] >= SEVERITY[level]) sink.write(`${now()} ${text()}\n`);
  };
  return {
    exchange: (record) => write('info', () => exchangeLine(record)),
    defect: (error, reference) => write('error', () => `error ${reference} ${reasonOf(error)}`),
    lostReceipt: (lost) => write('warn', () => `warning ${lostReceiptLine(lost)}`),
    info: (text) => write('info', () => text),
    warn: (text) => write('warn', () => `warning ${text}`),
  };
}

function jsonEntries(level: LogLevel, sink: LineWriter, now: () => string): Entries {
  const logger = pino({ level, base: null, timestamp: () => `,"time":"${now()}"` }, sink);
  return {
    exchange: (record) => {
      if (logger.isLevelEnabled('info')) logger.info(exchangeFields(record), 'exchange');
    },
    defect: (error, reference) => logger.error({ reference, reason: reasonOf(error) }, 'defect'),
    lostReceipt: (lost) => logger.warn(lostReceiptLine(lost)),
    info: (text) => logger.info(text),
    warn: (text) => logger.warn(text),
  };
}

function textNotice(lines: number, time: string): string {
  return `${time} warning ${missing(lines)}\n`;
}

/** By hand, as pino would: it stands in the middle of a portion. */
function jsonNotice(lines: number, time: string): string {
  return `${JSON.stringify({ level: SEVERITY.warn, time, dropped: lines, msg: missing(lines) })}\n`;
}

function missing(lines: number): string {
  return `Lines of the log that could not be written and are missing here: ${lines}.`;
}

/** `shop AmountCharging.chargeAmount tel:+4915*******78 SVC0270 "..." [path (WSDL 1.1 §3.8)] {magic: fault SVC0270, before-commit} 0.8ms` */
function exchangeLine(record: ExchangeRecord): string {
  const { application = '-', operation = '-', subject = '-', fault = 'ok', detail } = record;
  const reason = detail === undefined ? '' : ` "${masked(detail)}"`;
  const { deviations } = record;
  const lenient = deviations.length === 0 ? '' : ` [${deviationsText(deviations)}]`;
  const injected = record.injected === undefined ? '' : ` {${injectionText(record.injected)}}`;
  const milliseconds = tenths(record.milliseconds);
  const place = record.sandbox === DEFAULT_SANDBOX ? '' : `(${record.sandbox}) `;
  return `${place}${column(masked(application))} ${operation} ${column(maskedSubject(subject))} ${fault}${reason}${lenient}${injected} ${milliseconds}ms`;
}

/** Each name once, with its clause: `part.ns x3 (XML Schema 1 §3.3.2), soapaction (WS-I BP 1.1 R2745)`. */
function deviationsText(deviations: ExchangeRecord['deviations']): string {
  const counts = new Map<string, number>();
  const clauses = new Map<string, string>();
  for (const { name, clause } of deviations) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    clauses.set(name, clause);
  }
  return [...counts]
    .map(([name, count]) => `${name}${count > 1 ? ` x${count}` : ''} (${clauses.get(name)})`)
    .join(', ');
}

/** A name with spaces or quotes in quotes, as JSON: it must not look like several columns. */
function column(name: string): string {
  return /[\s"]/.test(name) ? JSON.stringify(name) : name;
}

/** Pino leaves out what is undefined. */
function exchangeFields(record: ExchangeRecord) {
  const { application, operation, subject, referenceCode, fault = 'ok', detail } = record;
  const { deviations, injected } = record;
  return {
    sandbox: record.sandbox === DEFAULT_SANDBOX ? undefined : record.sandbox,
    application: application === undefined ? undefined : masked(application),
    operation,
    subscriber: subject === undefined ? undefined : maskedSubject(subject),
    reference: referenceCode === undefined ? undefined : maskedSubject(referenceCode),
    outcome: fault,
    detail: detail === undefined ? undefined : masked(detail),
    deviations: deviations.length === 0 ? undefined : deviations.map(deviationFields),
    injected: injected && { ...injected, rule: masked(injected.rule) },
    milliseconds: tenths(record.milliseconds),
  };
}

/** `next-1: timeout, after-commit-before-reply`. */
function injectionText({ rule, stage, action }: Injected): string {
  return `${masked(rule)}: ${action}, ${stage}`;
}

function lostReceiptLine({ application, reference, subscriber, endpoint, reason }: LostReceipt) {
  const [place = ''] = endpoint.split('?', 1);
  const to = `${column(masked(application))} at ${masked(place)}`;
  return `delivery receipt of ${masked(reference)} for ${masked(subscriber)} not taken by ${to}: ${masked(reason)}`;
}

function deviationFields({ name, where, clause }: ExchangeRecord['deviations'][number]) {
  return { name, where: masked(where), clause };
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** The stack goes to the log alone. */
function reasonOf(error: unknown): string {
  return maskedStack(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
