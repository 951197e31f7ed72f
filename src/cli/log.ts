// The log of a running emulator on standard error: a line an exchange, subscriber numbers masked. Written in the
// background and in portions, so that a charge does not wait for a terminal; flushed at the end.
import { destination, pino } from 'pino';
import type { LogFormat, LogLevel } from '../config/configuration';
import { type Clock, type ExchangeRecord, isoTime, type Log } from '../emulator';
import { masked } from './mask';

export interface ProcessLog extends Log {
  info(text: string): void;
  warn(text: string): void;
  /** Writes what is still waiting. Call it last. */
  flush(): void;
}

/** A portion is written when it is so large or so old, whichever comes first. */
const PORTION = { bytes: 8 * 1024, ms: 50 } as const;

/** What may wait to be written when nobody reads; beyond it lines are dropped, never the service slowed. */
const WAITING_BYTES = 16 * 1024 * 1024;

export function createLog(level: LogLevel, format: LogFormat, clock: Clock): ProcessLog {
  const sink = createSink();
  const now = (): string => isoTime(clock.now());
  const entries = format === 'json' ? jsonEntries(level, sink, now) : textEntries(level, sink, now);
  return { ...entries, flush: sink.flush };
}

type Entries = Omit<ProcessLog, 'flush'>;

interface Sink {
  write(line: string): void;
  flush(): void;
}

function createSink(): Sink {
  const stream = destination({
    fd: 2,
    sync: false,
    minLength: PORTION.bytes,
    maxLength: WAITING_BYTES,
  });
  stream.on('error', () => {});
  let due: NodeJS.Timeout | undefined;
  const writePortion = (): void => {
    due = undefined;
    stream.flush(() => {});
  };
  return {
    write: (line) => {
      stream.write(line);
      if (due === undefined) due = setTimeout(writePortion, PORTION.ms).unref();
    },
    flush: () => {
      try {
        stream.flushSync();
      } catch {
        // Whoever read it is gone; there is nobody left to tell.
      }
    },
  };
}

const SEVERITY = { debug: 20, info: 30, warn: 40, error: 50, silent: 99 } as const;

function textEntries(level: LogLevel, sink: Sink, now: () => string): Entries {
  const write = (severity: keyof typeof SEVERITY, text: () => string): void => {
    if (SEVERITY[severity] >= SEVERITY[level]) sink.write(`${now()} ${text()}\n`);
  };
  return {
    exchange: (record) => write('info', () => exchangeLine(record)),
    defect: (error, reference) => write('error', () => `error ${reference} ${reasonOf(error)}`),
    info: (text) => write('info', () => text),
    warn: (text) => write('warn', () => `warning ${text}`),
  };
}

function jsonEntries(level: LogLevel, sink: Sink, now: () => string): Entries {
  const logger = pino({ level, base: null, timestamp: () => `,"time":"${now()}"` }, sink);
  return {
    exchange: (record) => {
      if (logger.isLevelEnabled('info')) logger.info(exchangeFields(record), 'exchange');
    },
    defect: (error, reference) => logger.error({ reference, reason: reasonOf(error) }, 'defect'),
    info: (text) => logger.info(text),
    warn: (text) => logger.warn(text),
  };
}

/** `shop AmountCharging.chargeAmount tel:+4915*******78 SVC0270 "..." [content-type] 0.8ms` */
function exchangeLine(record: ExchangeRecord): string {
  const { application = '-', operation = '-', subject = '-', fault = 'ok', detail } = record;
  const reason = detail === undefined ? '' : ` "${masked(detail)}"`;
  const { deviations } = record;
  const lenient = deviations.length === 0 ? '' : ` [${deviations.map(nameOf).join(' ')}]`;
  const milliseconds = tenths(record.milliseconds);
  return `${masked(application)} ${operation} ${masked(subject)} ${fault}${reason}${lenient} ${milliseconds}ms`;
}

function exchangeFields(record: ExchangeRecord) {
  const { application, operation, subject, fault, detail, deviations, milliseconds } = record;
  return {
    ...(application !== undefined && { application: masked(application) }),
    ...(operation !== undefined && { operation }),
    ...(subject !== undefined && { subscriber: masked(subject) }),
    outcome: fault ?? 'ok',
    ...(detail !== undefined && { detail: masked(detail) }),
    ...(deviations.length > 0 && { deviations: deviations.map(nameOf) }),
    milliseconds: tenths(milliseconds),
  };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** The stack goes to the log alone. */
function reasonOf(error: unknown): string {
  return masked(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
