// The log of a running emulator on standard error: a line an exchange, subscriber numbers masked. Written in the
// background, so that a charge does not wait for a terminal; flushed at the end.
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { LogFormat, LogLevel } from '../config/configuration';
import { type Clock, type ExchangeRecord, isoTime, type Log } from '../emulator';
import { masked } from './mask';

export interface ProcessLog extends Log {
  info(text: string): void;
  warn(text: string): void;
  /** Writes what is still waiting. Call it last. */
  flush(): void;
}

/** What may wait to be written when nobody reads; beyond it lines are dropped, never the service slowed. */
const WAITING_BYTES = 16 * 1024 * 1024;

export function createLog(level: LogLevel, format: LogFormat, clock: Clock): ProcessLog {
  const stream = destination({ fd: 2, sync: false, maxLength: WAITING_BYTES });
  stream.on('error', () => {});
  const flush = (): void => {
    try {
      stream.flushSync();
    } catch {
      // Whoever read it is gone; there is nobody left to tell.
    }
  };
  const now = (): string => isoTime(clock.now());
  const entries =
    format === 'json' ? jsonEntries(level, stream, now) : textEntries(level, stream, now);
  return { ...entries, flush };
}

type Entries = Omit<ProcessLog, 'flush'>;

const SEVERITY = { debug: 20, info: 30, warn: 40, error: 50, silent: 99 } as const;

function textEntries(level: LogLevel, stream: DestinationStream, now: () => string): Entries {
  const write = (severity: keyof typeof SEVERITY, text: () => string): void => {
    if (SEVERITY[severity] >= SEVERITY[level]) stream.write(`${now()} ${text()}\n`);
  };
  return {
    exchange: (record) => write('info', () => exchangeLine(record)),
    defect: (error, reference) => write('error', () => `error ${reference} ${reasonOf(error)}`),
    info: (text) => write('info', () => text),
    warn: (text) => write('warn', () => `warning ${text}`),
  };
}

function jsonEntries(level: LogLevel, stream: DestinationStream, now: () => string): Entries {
  const logger: Logger = pino({ level, base: null, timestamp: () => `,"time":"${now()}"` }, stream);
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
  const {
    application = '-',
    operation = '-',
    subscriber = '-',
    outcome,
    detail,
  } = exchangeFields(record);
  const reason = detail === undefined ? '' : ` "${detail}"`;
  const deviations = record.deviations.map(({ name }) => name).join(' ');
  return (
    `${application} ${operation} ${subscriber} ${outcome}${reason}` +
    `${deviations === '' ? '' : ` [${deviations}]`} ${record.milliseconds.toFixed(1)}ms`
  );
}

function exchangeFields(record: ExchangeRecord) {
  const { application, operation, subject, fault, detail, deviations, milliseconds } = record;
  return {
    ...(application !== undefined && { application: masked(application) }),
    ...(operation !== undefined && { operation }),
    ...(subject !== undefined && { subscriber: masked(subject) }),
    outcome: fault ?? 'ok',
    ...(detail !== undefined && { detail: masked(detail) }),
    ...(deviations.length > 0 && { deviations: deviations.map(({ name }) => name) }),
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

/** The stack goes to the log alone. */
function reasonOf(error: unknown): string {
  return masked(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
