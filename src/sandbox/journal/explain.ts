// Works out what happened to an exchange: from its record, its request read again, the published checks and the ledger.
import { isMessaging } from '../../messaging/operations';
import { FAULTS, isStandard } from '../../payment/faults';
import {
  type PublishedCheck,
  type PublishedChecks,
  publishedChecks,
} from '../../payment/published-checks';
import type { Codec } from '../../soap/codec';
import type { Reading } from '../../soap/reading';
import { Rejection } from '../../soap/rejection';
import type { WireTermsOf } from '../../soap/wire-terms';
import type { Inquiry } from '../books/inquiry';
import { type DomainKey, routeOf } from '../routes';
import type { ViewOptions } from './exchange-view';
import { moneyStep, moneyText, transfersOf } from './explain-money';
import { priceStep } from './explain-price';
import type { ExplainedLine, ExplainedStep, Explanation, StepOutcome } from './explanation';
import type { JournalRecord } from './journal-record';
import { maskedAddresses } from './masking';
import { operationClause } from './operation-clauses';

export interface ExplainOptions {
  readonly codec: Codec;
  readonly wireTerms: WireTermsOf;
  readonly inquiry: Inquiry;
}

export type Explainer = (record: JournalRecord, options: ViewOptions) => Explanation;

/** Terms, and a reservation's rate, are those that hold now; the ledger may have been made another one meanwhile. */
export function createExplainer({ codec, wireTerms, inquiry }: ExplainOptions): Explainer {
  // What was proven once need not be proven again, and a nonce is good once.
  const reception = { termsOf: wireTerms, checkCredentials: () => undefined };
  return (record, { reveal = false }) => {
    const shown = (text: string): string => (reveal ? text : maskedAddresses(text));
    const read = codec.read(record.request, reception);
    const reading = read instanceof Rejection ? undefined : asRecorded(read, record);
    const key = reading && routeOf(reading.operation).key;
    const checks = key === undefined || isMessaging(key) ? NO_CHECKS : publishedChecks(key);
    const exchange: Exchange = {
      record,
      reading,
      key,
      checks,
      reached: reachedBy(record, checks),
      shown,
    };
    const transfers = transfersOf(inquiry, record, shown);
    return {
      id: record.id,
      at: record.at,
      sentence: sentenceOf(exchange, moneyText(transfers)),
      steps: [
        ...injectedStep(exchange),
        transportStep(exchange),
        messageStep(exchange),
        securityStep(exchange, wireTerms),
        shapeStep(exchange),
        checksStep(exchange, 'request', checks.request),
        checksStep(exchange, 'ledger', checks.ledger),
        ...priceStep(inquiry, reading),
        moneyStep(record, transfers),
        answerStep(exchange),
      ],
      transfers,
    };
  };
}

interface Exchange {
  readonly record: JournalRecord;
  /** Undefined for a request that was not understood. */
  readonly reading: Reading | undefined;
  readonly key: DomainKey | undefined;
  readonly checks: PublishedChecks;
  /** How far it came: a place in WAY. */
  readonly reached: Reached;
  readonly shown: (text: string) => string;
}

/** The steps that can refuse, in their order. */
const WAY = ['transport', 'message', 'security', 'shape', 'request', 'ledger'] as const;
type Way = (typeof WAY)[number];

interface Reached {
  /** How many steps of the way were passed. */
  readonly passed: number;
  /** Whether the next one refused; else nobody came to it. */
  readonly refused: boolean;
}

const NO_CHECKS: PublishedChecks = { request: [], ledger: [] };

/** Where a message tells no interface, the exchange found out by its reservation. */
function asRecorded(reading: Reading, { operation }: JournalRecord): Reading {
  const meant = [reading, ...reading.alternatives].find((each) => each.operation.key === operation);
  return meant === undefined ? reading : { ...reading, ...meant };
}

function reachedBy({ check, fault, injected }: JournalRecord, checks: PublishedChecks): Reached {
  if (check !== undefined) return { passed: WAY.indexOf(wayOf(check, checks)), refused: true };
  if (injected === undefined || fault === undefined) return { passed: WAY.length, refused: false };
  const passed = { 'before-parse': 0, 'before-decide': WAY.indexOf('request') } as const;
  const { stage } = injected;
  const isEarly = stage === 'before-parse' || stage === 'before-decide';
  return { passed: isEarly ? passed[stage] : WAY.length, refused: false };
}

function wayOf(check: string, { request }: PublishedChecks): Way {
  if (check === 'strictness' || check === 'header addresses') return 'shape';
  const step = WAY.find((each) => each === check);
  if (step !== undefined) return step;
  return request.some(({ name }) => name === check) ? 'request' : 'ledger';
}

function outcomeOf({ reached }: Exchange, step: Way): StepOutcome {
  const place = WAY.indexOf(step);
  if (place < reached.passed) return 'passed';
  return place === reached.passed && reached.refused ? 'refused' : 'not reached';
}

/** The reason of a refusal, at the step that it came from. */
function reasonAt(exchange: Exchange, step: Way): string {
  const { record, shown } = exchange;
  return outcomeOf(exchange, step) === 'refused' && record.detail !== undefined
    ? `; ${shown(record.detail)}`
    : '';
}

function injectedStep({ record }: Exchange): readonly ExplainedStep[] {
  const { injected, transactions = [] } = record;
  if (injected === undefined) return [];
  const money = transactions.length > 0 ? 'the ledger was changed' : 'the ledger was not changed';
  return [
    {
      step: 'fault rule',
      outcome: 'noted',
      text: `${injected.rule} at ${injected.stage}: ${injected.action}; ${money}`,
      lines: [],
    },
  ];
}

function transportStep(exchange: Exchange): ExplainedStep {
  const { record, shown } = exchange;
  const { request } = record;
  const type = request.headers['content-type'] ?? 'no Content-Type';
  const text = `${request.bytes.length} bytes to ${shown(record.path)}, ${type}`;
  return {
    step: 'transport',
    outcome: outcomeOf(exchange, 'transport'),
    text: text + reasonAt(exchange, 'transport'),
    lines: [],
  };
}

function messageStep(exchange: Exchange): ExplainedStep {
  const { record, reading, key } = exchange;
  const soap = reading === undefined ? '' : `SOAP ${reading.soap}, `;
  const asked =
    record.operation === undefined
      ? 'no operation was found'
      : `${record.operation} of version ${record.version}`;
  return {
    step: 'message',
    outcome: outcomeOf(exchange, 'message'),
    text: `${soap}${asked}${reasonAt(exchange, 'message')}`,
    ...clauseOf(key === undefined ? undefined : operationClause(key)),
    lines: [],
  };
}

function securityStep(exchange: Exchange, wireTerms: WireTermsOf): ExplainedStep {
  const { record } = exchange;
  const { application } = record;
  const demands = application !== undefined && wireTerms(application).credentials !== undefined;
  const text =
    application === undefined
      ? 'the application is not known'
      : `the application is ${application}, ${demands ? '' : 'no '}credentials are required`;
  return {
    step: 'security',
    outcome: outcomeOf(exchange, 'security'),
    text: text + reasonAt(exchange, 'security'),
    lines: [],
  };
}

function shapeStep(exchange: Exchange): ExplainedStep {
  const { record, reading, shown } = exchange;
  const lines = record.deviations.map((deviation): ExplainedLine => {
    const { name, where, rule, clause } = deviation;
    return { outcome: 'noted', text: `${name} at ${shown(where)}: ${rule}`, ...clauseOf(clause) };
  });
  const parts = reading === undefined ? '' : `; it has ${partsOf(reading.message).join(', ')}`;
  const outcome = outcomeOf(exchange, 'shape');
  const letter = outcome === 'passed' ? 'to the letter' : 'no deviations';
  const deviations = lines.length === 0 ? letter : `deviations and notes: ${lines.length}`;
  return {
    step: 'shape',
    outcome,
    text: `${deviations}${parts}${reasonAt(exchange, 'shape')}`,
    lines,
  };
}

/** Those that were there: a decoded message has all that it could have. */
function partsOf(message: object): readonly string[] {
  return Object.entries(message)
    .filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0))
    .map(([name]) => name);
}

/** The checks of a step up to the one that refused. */
function checksStep(
  exchange: Exchange,
  step: 'request' | 'ledger',
  checks: readonly PublishedCheck[],
): ExplainedStep {
  const { record, shown } = exchange;
  const outcome = outcomeOf(exchange, step);
  const refusing = checks.findIndex(({ name }) => name === record.check);
  const isRefused = outcome === 'refused';
  const judged = outcome === 'not reached' ? [] : refusing < 0 ? checks : checks.slice(0, refusing);
  const lines = judged.map(({ name, clause }): ExplainedLine => {
    return { outcome: 'passed', text: name, ...clauseOf(clause) };
  });
  const refused = checks[refusing];
  const detail = shown(record.detail ?? '');
  if (isRefused && refused !== undefined) {
    const text = `${refused.name}: ${detail}`;
    lines.push({ outcome: 'refused', text, ...clauseOf(refused.clause) });
  }
  const beyond = isRefused && refused === undefined ? `; ${detail}` : '';
  return { step, outcome, text: `checks passed: ${judged.length}${beyond}`, lines };
}

function answerStep({ record }: Exchange): ExplainedStep {
  const { fault, status, response, injected } = record;
  const what = fault === undefined ? 'the response' : fault;
  const http = `HTTP ${status}`;
  const how = status === 0 ? ', nothing is answered' : what === http ? '' : `, ${http}`;
  const instead = injected !== undefined && fault !== undefined ? ', as the fault rule has it' : '';
  return {
    step: 'answer',
    outcome: fault === undefined ? 'passed' : injected === undefined ? 'refused' : 'noted',
    text: `${what}${how}, ${response.bytes.length} bytes${instead}`,
    ...clauseOf(fault !== undefined && isStandard(fault) ? FAULTS[fault].clause : undefined),
    lines: [],
  };
}

function sentenceOf({ record, shown }: Exchange, money: string): string {
  const { operation = 'A message', application = 'nobody known', fault, check, injected } = record;
  const about = `${operation} of ${application}`;
  if (injected !== undefined) {
    const answer = fault === undefined ? 'succeeded' : `was answered with ${fault}`;
    return `${about} ${answer} under the fault rule ${injected.rule}; ${money}.`;
  }
  if (fault === undefined) return `${about} succeeded; ${money}.`;
  const reason = record.detail === undefined ? '' : `: ${shown(record.detail)}`;
  return `${about} was refused with ${fault} by ${check ?? 'the service'}${reason}; ${money}.`;
}

function clauseOf(clause: string | undefined): { readonly clause?: string } {
  return clause === undefined || clause === '' ? {} : { clause };
}
