// An exchange as people get to see it: one line of it, or all with both messages. Secrets are never in it, subscribers
// only for those who ask.
import type { Instant } from '../../ledger/time';
import type { JournalRecord } from './journal-record';
import { maskedAddresses, maskedReference } from './masking';
import { type MaskOptions, maskedHeaders, maskedMessage } from './message-masking';
import { messageText } from './message-text';

export interface DeviationView {
  readonly name: string;
  readonly where: string;
  readonly clause: string;
}

/** One line of the journal. */
export interface ExchangeSummary {
  readonly id: string;
  readonly sandbox: string;
  readonly at: Instant;
  readonly milliseconds: number;
  readonly path: string;
  readonly application?: string;
  /** `Interface.operation`. */
  readonly operation?: string;
  readonly version?: string;
  /** Whom or what the request names: subscribers, a reservation, a message. Masked. */
  readonly subject?: string;
  readonly reference?: string;
  /** Of HTTP. */
  readonly status: number;
  readonly fault?: string;
  /** The reason behind the fault. Masked. */
  readonly detail?: string;
  /** What refused: a row of the published checks, or the step before them. */
  readonly check?: string;
  /** What was put up with or worth a note, where, and the clause that it breaks, in the order met. */
  readonly deviations: readonly DeviationView[];
  /** The transactions that it made, by number. */
  readonly transactions: readonly number[];
  readonly injected?: JournalRecord['injected'];
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export interface MessageView {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An exchange with both of its messages. */
export interface ExchangeView extends ExchangeSummary {
  readonly request: MessageView;
  readonly response: MessageView;
}

export interface ViewOptions {
  /** Shows subscribers in full; secrets stay hidden. */
  readonly reveal?: boolean;
}

/** `subscribers`, beside those that the request names itself, are whom it is about. */
export function summaryOf(
  record: JournalRecord,
  { reveal = false }: ViewOptions,
  subscribers: readonly string[],
): ExchangeSummary {
  const shown = (text: string): string => (reveal ? text : maskedAddresses(text));
  const { application, operation, version, referenceCode, fault, check, injected } = record;
  const { subject, detail, transactions = [] } = record;
  const known = reveal ? [] : [...subscribers, ...namedIn(record)];
  return {
    id: record.id,
    sandbox: record.sandbox,
    at: record.at,
    milliseconds: record.milliseconds,
    path: shown(record.path),
    ...(application !== undefined && { application }),
    ...(operation !== undefined && { operation }),
    ...(version !== undefined && { version }),
    ...(subject !== undefined && {
      subject: namesReservation(record) ? subject : shown(subject),
    }),
    ...(referenceCode !== undefined && {
      reference: reveal ? referenceCode : maskedReference(referenceCode, known),
    }),
    status: record.status,
    ...(fault !== undefined && { fault }),
    ...(detail !== undefined && { detail: shown(detail) }),
    ...(check !== undefined && { check }),
    deviations: record.deviations.map(({ name, where, clause }) => ({
      name,
      where: shown(where),
      clause,
    })),
    transactions,
    ...(injected !== undefined && { injected }),
    requestBytes: record.request.bytes.length,
    responseBytes: record.response.bytes.length,
  };
}

/** As `summaryOf`, with both messages. */
export function viewOf(
  record: JournalRecord,
  { reveal = false }: ViewOptions,
  subscribers: readonly string[],
): ExchangeView {
  const { request, response } = record;
  const options: MaskOptions = { reveal, subscribers: [...subscribers, ...namedIn(record)] };
  const show = (text: string): string => maskedMessage(text, options);
  return {
    ...summaryOf(record, { reveal }, subscribers),
    request: {
      headers: maskedHeaders(request.headers, options),
      body: messageText(request.bytes, request.headers['content-type'], show),
    },
    response: {
      headers: maskedHeaders(response.headers, options),
      body: messageText(response.bytes, response.headers['Content-Type'], show),
    },
  };
}

/** As they are written in the request. */
function namedIn(record: JournalRecord): readonly string[] {
  const { subject } = record;
  return subject === undefined || namesReservation(record) ? [] : subject.split(' ');
}

/** Whether the subject of an exchange is a reservation and no subscriber. */
export function namesReservation({ operation }: Pick<JournalRecord, 'operation'>): boolean {
  return operation !== undefined && /Reservation$|\.reserveAdditional/.test(operation);
}
