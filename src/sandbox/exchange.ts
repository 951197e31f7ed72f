// One SOAP exchange without a server: bytes in, bytes out, and a record of what happened in between.
import { refuse } from '../ledger/refusal';
import type { Instant } from '../ledger/time';
import { isMessaging } from '../messaging/operations';
import { faultOf, invalidPart } from '../payment/faults';
import type { Codec } from '../soap/codec';
import type { Reading, Reception } from '../soap/reading';
import {
  HeaderFault,
  HttpRefusal,
  Rejection,
  type RejectionCause,
  ShapeFault,
  SoapFault,
} from '../soap/rejection';
import { contradictedAddress } from '../soap/request-header';
import { isDeviationFault } from '../soap/strictness';
import type { SoapRequest, SoapResponse } from '../soap/transport';
import { EXCHANGE_HEADER, type ExchangeRecord } from './exchange-record';
import { emptyEnvelope } from './faults/answers';
import { injectedCourse, injectedUnread, marking, type Step, type Steps } from './faults/course';
import type { Faults } from './faults/plan';
import { noted } from './journal/deviation-rules';
import { SUBJECT_PARTS, subjectOf, subscribersOf } from './message-subject';
import type { FindReservation, NamedReservation } from './named-reservation';
import { NO_TRANSACTIONS, type Perform } from './performing';
import { type Route, routeOf } from './routes';

export type Exchange = (request: SoapRequest) => Promise<SoapResponse>;

/** Tells whoever watches for defects, and gives the number that the client is told. */
export type ReportDefect = (error: unknown) => string;

export interface ExchangeOptions {
  /** The name of the sandbox. */
  readonly sandbox: string;
  /** Gives each exchange its id, once it is answered and before it is told of; undefined when nothing is kept. */
  readonly nextId: (() => string) | undefined;
  readonly codec: Codec;
  readonly reception: Reception;
  readonly perform: Perform;
  /** Tells of the reservation that a request names. */
  readonly findReservation: FindReservation;
  readonly faults: Faults;
  readonly now: () => Instant;
  /** Told of every exchange, also of one that was refused. */
  readonly onRecord: (record: ExchangeRecord) => void;
  readonly reportDefect: ReportDefect;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { sandbox, nextId, faults, now, onRecord } = options;
  return async (request) => {
    const started = performance.now();
    const at = now();
    const { response: answer, ...told } = faults.idle
      ? await read(options, request)
      : await readAmidFaults(options, request);
    const id = nextId?.();
    const response = id === undefined ? answer : identified(options, told, answer, id);
    onRecord({
      id,
      sandbox,
      at,
      path: withoutQuery(request.path),
      ...told,
      status: response.status,
      milliseconds: performance.now() - started,
      request,
      response,
    });
    return response;
  };
}

/** Tells the client under which id its exchange is kept, unless its answers are held to the letter. */
function identified(
  { reception }: ExchangeOptions,
  { application = ANONYMOUS }: Pick<ExchangeRecord, 'application'>,
  answer: SoapResponse,
  id: string,
): SoapResponse {
  if (reception.termsOf(application).strict) return answer;
  return { ...answer, headers: { ...answer.headers, [EXCHANGE_HEADER]: id } };
}

/** The name of an application that gives none. */
const ANONYMOUS = 'anonymous';

function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end < 0 ? path : path.slice(0, end);
}

type Told = Pick<ExchangeRecord, 'deviations' | 'response'> &
  Partial<Omit<ExchangeRecord, 'id' | 'sandbox' | 'request'>>;

async function read(options: ExchangeOptions, request: SoapRequest): Promise<Told> {
  const { codec, reception, reportDefect } = options;
  const reading = codec.read(request, reception);
  if (reading instanceof Rejection) return rejected(codec, reading);
  return answered(options, reading).catch((error: unknown) =>
    defective(codec, reading, reportDefect(error)),
  );
}

function rejected(codec: Codec, rejection: Rejection): Told {
  const { cause, operation, application, deviations, message } = rejection;
  const about = {
    ...(message !== undefined && subjectOf(message)),
    deviations,
    check: stepOf(cause),
    ...(application !== undefined && { application }),
    ...(operation !== undefined && { operation: operation.key, version: operation.version }),
  };
  if (cause instanceof ShapeFault) {
    if (operation === undefined) throw new Error('a ShapeFault belongs to an operation');
    const fault = faultOf(invalidPart(cause.part, cause.detail), rejection.profile);
    const response = codec.writeOperationFault(operation, fault, rejection);
    return { ...about, response, fault: fault.messageId, detail: cause.detail };
  }
  if (cause instanceof HeaderFault) {
    if (operation === undefined) throw new Error('a HeaderFault belongs to an operation');
    const response = codec.writeOperationFault(operation, cause.fault, rejection);
    return { ...about, response, fault: cause.fault.messageId, detail: cause.detail };
  }
  const response = codec.writeFault(cause, rejection.soap);
  if (cause instanceof HttpRefusal) {
    return {
      ...about,
      response,
      fault: `HTTP ${cause.status}`,
      detail: cause.detail ?? cause.text,
    };
  }
  return { ...about, response, fault: cause.code, detail: cause.detail ?? cause.text };
}

/** The step before the published checks that let a request get no further. */
function stepOf(cause: RejectionCause): string {
  if (cause instanceof ShapeFault) return 'shape';
  if (cause instanceof HttpRefusal) return cause.status === 401 ? 'security' : 'transport';
  if (cause instanceof SoapFault) return isDeviationFault(cause) ? 'strictness' : 'message';
  return 'security';
}

/** A request on its way to the operation that executes it. */
interface Task {
  readonly reading: Reading;
  readonly route: Route;
  readonly message: object;
  /** The numbers of what it has made so far. */
  readonly transactions: number[];
}

async function answered(options: ExchangeOptions, understood: Reading): Promise<Told> {
  const { codec, findReservation, faults } = options;
  const { alternatives } = understood;
  const reading = alternatives.length === 0 ? understood : settled(understood, findReservation);
  const route = routeOf(reading.operation);
  const message = route.request(reading.message);
  const contradiction = contradictionIn(reading, message, findReservation);
  if (contradiction !== undefined) {
    return { ...rejected(codec, contradiction), check: 'header addresses' };
  }

  const task = { reading, route, message, transactions: [] };
  return faults.idle ? (await execute(options, task)).told : answeredAmidFaults(options, task);
}

async function execute(
  options: ExchangeOptions,
  task: Task,
  rehearsed = false,
): Promise<Step<Told>> {
  const { codec, perform } = options;
  const { reading, route, message } = task;
  const { operation, application } = reading;
  const outcome = await perform(
    route.key,
    message as never,
    application,
    reading,
    operation.version,
    rehearsed,
  );
  if (outcome.transactions !== undefined) task.transactions.push(...outcome.transactions);
  const { transactions = NO_TRANSACTIONS } = outcome;
  const moved = transactions.length > 0;
  const about = aboutOf(task, outcome.notes);
  if ('fault' in outcome) {
    const response = codec.writeOperationFault(operation, route.fault(outcome.fault), reading);
    const { detail, check = 'service' } = outcome.refusal;
    const fault = outcome.fault.messageId;
    return { told: { ...about, response, fault, detail, check }, refused: true, moved };
  }
  const answer = route.response(outcome.response);
  const response = codec.writeResponse(operation, answer, reading);
  return { told: { ...about, response }, refused: false, moved };
}

function aboutOf({ reading, message, transactions }: Task, notes: readonly string[]) {
  const { operation, application, attachments } = reading;
  return {
    application,
    operation: operation.key,
    version: operation.version,
    ...subjectOf(message),
    ...(attachments > 0 && { attachments }),
    deviations: [...reading.deviations, ...notes.map((name) => noted(name, message))],
    transactions,
  };
}

/** What happens to a request before anybody has read it. */
async function readAmidFaults(options: ExchangeOptions, request: SoapRequest): Promise<Told> {
  const { faults } = options;
  const injection = faults.beforeParse();
  if (injection === undefined) return read(options, request);
  const instead = await injectedUnread(injection, emptyEnvelope('1.1'), faults.waits).finally(
    injection.end,
  );
  if (instead !== undefined) return { deviations: [], ...instead };
  return { injected: marking(injection), ...(await read(options, request)) };
}

/** What happens to a request that has been read and may be executed. */
async function answeredAmidFaults(options: ExchangeOptions, task: Task): Promise<Told> {
  const { faults, findReservation } = options;
  const { reading, message } = task;
  const { operation, application } = reading;
  const injection = faults.choose({
    operation: operation.key,
    version: operation.version,
    application,
    message,
    reservation: () => findReservation(message, application),
  });
  if (injection === undefined) return (await execute(options, task)).told;
  return injectedCourse(injection, stepsOf(options, task), faults.waits).finally(injection.end);
}

function stepsOf(options: ExchangeOptions, task: Task): Steps<Told> {
  const { codec } = options;
  const { reading, route, message } = task;
  return {
    undecided: () => ({ ...aboutOf(task, []), response: emptyEnvelope(reading.soap) }),
    execute: () => execute(options, task),
    rehearse: isMessaging(route.key) ? undefined : () => execute(options, task, true),
    writeFault: (fault, hasOwnText) => {
      const profile = hasOwnText ? { ...reading.profile, texts: {} } : reading.profile;
      return codec.writeOperationFault(reading.operation, route.fault(fault), {
        ...reading,
        profile,
      });
    },
    part: SUBJECT_PARTS.find((part) => part in message) ?? 'endUserIdentifier',
  };
}

/** Where the message alone does not tell its interface, the one that made the reservation does. */
function settled(reading: Reading, findReservation: FindReservation): Reading {
  const reservation = findReservation(reading.message, reading.application);
  if (reservation === undefined) return reading;
  const { interfaceName } = reservation;
  const meant = [reading, ...reading.alternatives].find(
    ({ operation }) => operation.interfaceName === interfaceName,
  );
  return meant === undefined ? reading : { ...reading, ...meant };
}

/** A gateway that reads OA and FA of its header takes no charge of another subscriber. */
function contradictionIn(
  reading: Reading,
  message: object,
  findReservation: FindReservation,
): Rejection | undefined {
  const { profile, requestHeaders, application } = reading;
  if (profile.headerAddresses === 'ignored' || requestHeaders.length === 0) return undefined;
  const subscribers = subscribersOf(message) ?? ownerOf(findReservation(message, application));
  if (subscribers === undefined) return undefined;
  const cause = contradictedAddress(requestHeaders, subscribers);
  return cause && new Rejection(cause, { ...reading, message });
}

/** Of a reservation that is closed nothing is disclosed, not even by a fault of the header. */
function ownerOf(reservation: NamedReservation | undefined): readonly string[] | undefined {
  return reservation?.isOpen ? [reservation.subscriber] : undefined;
}

/** Something went wrong that nobody foresaw: SVC0001 with a number to look for in the log. */
function defective(codec: Codec, reading: Reading, number: string): Told {
  const { operation, application, deviations, profile } = reading;
  const fault = faultOf(refuse('internal_error', 'a defect of the emulator', number), profile);
  return {
    application,
    operation: operation.key,
    version: operation.version,
    deviations,
    response: codec.writeOperationFault(operation, fault, reading),
    fault: fault.messageId,
    detail: `defect ${number}, see the log`,
    check: 'service',
  };
}
