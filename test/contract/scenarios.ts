// Requests that are wrong in one way or in several at once, composed from the rows of the published order of checks.
import { LEDGER_MATRIX } from '../../src/ledger/matrix';
import type { Terms } from '../../src/ledger/terms';
import { COLUMNS, columnsOf, MATRIX } from '../../src/payment/matrix';
import type { Operation } from '../../src/wsdl/schema';
import type { Fault } from '../support/answers';
import { has } from '../support/operations';
import type { Parts, PartValue } from '../support/requests';
import { sampleOf } from '../support/samples';
import { lenientTerms, type Reply } from '../support/test-sandbox';
import { kindOf, type PayerTrait } from './payers';
import type { PreparedLedger } from './prepared-ledger';
import { SHAPE, type Wrong, wrongOf } from './wrongs';

/** A row that an operation can be wrong by. */
export interface Row {
  readonly name: string;
  readonly wrong: Wrong;
}

/** The rows of an operation in the order in which they object: shape, the request's, the ledger's. */
export function rowsOf(operation: Operation): readonly Row[] {
  const requestRows = MATRIX.filter((row) =>
    columnsOf(row).some((column) => COLUMNS[column] === operation.key),
  );
  const kind = kindOf(operation);
  const ledgerRows = LEDGER_MATRIX.filter(({ commands }) =>
    commands.trim().split(/\s+/).includes(kind),
  );
  return [
    SHAPE,
    ...requestRows.map(({ name }) => name),
    ...ledgerRows.map(({ name }) => name),
  ].flatMap((name) => {
    const wrong = wrongOf(name, operation);
    return wrong === undefined ? [] : { name, wrong };
  });
}

export interface Scenario {
  readonly operation: Operation;
  readonly parts: Parts;
  readonly terms: Terms;
  readonly application: string | undefined;
  /** That of the first wrong. */
  readonly fault: Fault;
}

/** A request with all these wrongs; undefined when it cannot have them at the same time. */
export function scenarioOf(
  ledger: PreparedLedger,
  operation: Operation,
  wrongs: readonly [Wrong, ...Wrong[]],
): Scenario | undefined {
  const traits = new Set(
    wrongs.flatMap(({ payer }): PayerTrait[] => (payer === undefined ? [] : [payer])),
  );
  const payer = ledger.payer(operation, traits);
  if (payer === undefined) return undefined;
  const payerPath = ['endUserIdentifier', 'reservationIdentifier'].find((part) =>
    has(operation, part),
  );
  const changes = new Map<string, unknown>([[payerPath ?? 'splitInfo/0/endUserIdentifier', payer]]);
  const settled = new Set(traits.size > 0 ? changes.keys() : []);
  for (const { parts = {}, ...settings } of wrongs) {
    for (const [slot, value] of [...Object.entries(parts), ...settingsOf(settings)]) {
      if (isTaken(slot, value, changes, settled)) return undefined;
      changes.set(slot, value);
      settled.add(slot);
    }
  }
  const { terms, policy } = merged(wrongs);
  const base = lenientTerms(terms);
  return {
    operation,
    parts: withChanges(sampleOf(operation, firstReservation(operation)), changes),
    terms: { ...base, policy: { ...base.policy, ...policy } },
    application: wrongs.find(({ application }) => application)?.application,
    fault: wrongs[0].fault,
  };
}

export function send(ledger: PreparedLedger, scenario: Scenario): Promise<Reply> {
  ledger.setTerms(scenario.terms);
  const { operation, parts, application } = scenario;
  return ledger.ask(operation.key, parts, application === undefined ? {} : { application });
}

/** Settings that two wrongs may want differently, as slots beside the parts. */
function settingsOf({
  terms,
  policy,
  application,
  sign,
}: Omit<Wrong, 'parts'>): [string, unknown][] {
  return [...Object.entries({ ...terms, ...policy, application, sign })]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [`#${name}`, value]);
}

/** By the slot itself, or by one that holds it or is held by it. */
function isTaken(
  slot: string,
  value: unknown,
  changes: ReadonlyMap<string, unknown>,
  settled: ReadonlySet<string>,
): boolean {
  return [...settled].some((other) => {
    if (other === slot) return changes.get(other) !== value;
    return other.startsWith(`${slot}/`) || slot.startsWith(`${other}/`);
  });
}

function merged(wrongs: readonly Wrong[]): Pick<Wrong, 'terms' | 'policy'> {
  return {
    terms: Object.assign({}, ...wrongs.map(({ terms }) => terms)),
    policy: Object.assign({}, ...wrongs.map(({ policy }) => policy)),
  };
}

function firstReservation(operation: Operation): Parts {
  return has(operation, 'reservationIdentifier') ? { reservationIdentifier: '' } : {};
}

function withChanges(parts: Parts, changes: ReadonlyMap<string, unknown>): Parts {
  const changed = structuredClone(parts) as Record<string, PartValue>;
  for (const [slot, value] of changes) {
    if (slot.startsWith('#')) continue;
    const names = slot.split('/');
    const last = names.pop() ?? '';
    const owner = names.reduce<Record<string, PartValue>>(
      (at, name) => at[name] as Record<string, PartValue>,
      changed,
    );
    if (value === undefined) delete owner[last];
    else owner[last] = value as PartValue;
  }
  return changed;
}
