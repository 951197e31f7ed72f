// Which of the published checks an operation passes through, in their order, and where the standard has each rule.
import { commandsOf, LEDGER_MATRIX, type LedgerRow } from '../ledger/matrix';
import type { CheckedCommand } from '../ledger/situation';
import type { OperationKey } from '../wsdl/operations.generated';
import { FAULTS, isStandard } from './faults';
import { COLUMNS, columnsOf, MATRIX } from './matrix';

export type Column = keyof typeof COLUMNS;

export interface PublishedCheck {
  readonly name: string;
  readonly clause: string;
}

/** The checks of the request, then those of the ledger. */
export interface PublishedChecks {
  readonly request: readonly PublishedCheck[];
  readonly ledger: readonly PublishedCheck[];
}

export function publishedChecks(key: OperationKey): PublishedChecks {
  const isMarked = (column: Column): boolean => COLUMNS[column] === key;
  return {
    request: MATRIX.filter((row) => columnsOf(row).some(isMarked)).map(published),
    ledger: LEDGER_MATRIX.filter((row) => ledgerColumnsOf(row).some(isMarked)).map(published),
  };
}

/** The operations whose commands a row of the ledger judges. */
export function ledgerColumnsOf(row: LedgerRow): readonly Column[] {
  const { part } = row;
  const columns = commandsOf(row).flatMap((kind) => COLUMNS_OF[kind]);
  return part === undefined ? columns : columns.filter((column) => judges(column, part));
}

/** Which operations a kind of command stands for. */
const COLUMNS_OF: Readonly<Record<CheckedCommand['kind'], readonly Column[]>> = {
  charge: ['CA', 'SA', 'CV', 'SV'],
  refund: ['RA', 'RV'],
  quote: ['GA', 'VG'],
  reserve: ['AR', 'VR'],
  enlarge: ['AA', 'VA'],
  capture: ['AC', 'VC'],
  release: ['AL', 'VL'],
};

/** Whether an operation has that part: then it is bounded by some row of the request. */
function judges(column: Column, part: string): boolean {
  return MATRIX.some((row) => row.faults.endsWith(part) && columnsOf(row).includes(column));
}

function published({ name, faults }: { readonly name: string; readonly faults: string }) {
  return { name, clause: CLAUSES.get(name) ?? clauseOfFault(faults) };
}

/** Where a rule is defined; of the others, where their fault is. */
const CLAUSES: ReadonlyMap<string, string> = new Map([
  ['endUserIdentifier is an address', 'TS 29.199-1, addresses'],
  ['splitInfo names distinct payers', 'TS 29.199-6, 7.2'],
  ['referenceCode within bounds', 'TS 29.199-6, 8.1.1.1'],
  ['parameters distinct', 'TS 29.199-6, 8.4.2.1'],
  ['SplitChargingAvailable', 'TS 29.199-6, 10'],
  ['MaximumEndUserIdentifier', 'TS 29.199-6, 10'],
  ['MaximumDescriptions', 'TS 29.199-6, 10'],
  ['MaximumConfirmationRefs', 'TS 29.199-6, 10'],
  ['percentages sum to 100', 'TS 29.199-6, 7.2'],
  ['charging information', 'TS 29.199-6, 8.1.1.1'],
  ['charging information, signed', 'TS 29.199-6, 8.3.2.1'],
  ['charging information, partial', 'TS 29.199-6, 8.3.3.1'],
  ['a tariff rates the volume', 'TS 29.199-6, 8.2.2'],
  ['reference code unused', 'TS 29.199-6, 8.1.1'],
  ['reservation open', 'TS 29.199-6, 8.3 and 8.4'],
  ['priced in its currency', 'TS 29.199-6, 8.3.2.1 and 8.3.3.1'],
  ['within the reservation', 'TS 29.199-6, 8.3.2 and 8.3.3'],
]);

function clauseOfFault(faults: string): string {
  const [code = ''] = /^\w+/.exec(faults) ?? [];
  return isStandard(code) ? FAULTS[code].clause : '';
}
