// The published order of checks: operations by checks. The first refusal from top to bottom is the answer.
// Before these come transport, envelope, security and shape (src/soap); after them the ledger (src/ledger/checks.ts).
import type { Refusal } from '../ledger/refusal';
import type { OperationKey } from '../wsdl/operations.generated';
import { billingTextPacked } from './billing-text';
import * as checks from './checks';
import type { Reading } from './reading';

/** The columns: two letters an operation. */
export const COLUMNS = {
  CA: 'AmountCharging.chargeAmount',
  RA: 'AmountCharging.refundAmount',
  SA: 'AmountCharging.chargeSplitAmount',
  CV: 'VolumeCharging.chargeVolume',
  GA: 'VolumeCharging.getAmount',
  RV: 'VolumeCharging.refundVolume',
  SV: 'VolumeCharging.chargeSplitVolume',
  AR: 'ReserveAmountCharging.reserveAmount',
  AA: 'ReserveAmountCharging.reserveAdditionalAmount',
  AC: 'ReserveAmountCharging.chargeReservation',
  AL: 'ReserveAmountCharging.releaseReservation',
  VG: 'ReserveVolumeCharging.getAmount',
  VR: 'ReserveVolumeCharging.reserveVolume',
  VA: 'ReserveVolumeCharging.reserveAdditionalVolume',
  VC: 'ReserveVolumeCharging.chargeReservation',
  VL: 'ReserveVolumeCharging.releaseReservation',
} as const satisfies Record<string, OperationKey>;

export interface MatrixRow {
  readonly name: string;
  readonly check: checks.RequestCheck;
  /** Columns, separated by white space. */
  readonly operations: string;
  /** The faults it can answer. */
  readonly faults: string;
}

// biome-ignore format: the columns are the documentation
export const MATRIX: readonly MatrixRow[] = [
  { name: 'endUserIdentifier is an address', check: checks.endUserIdentifierValid,    operations: 'CA RA    CV GA RV    AR          VG VR         ', faults: 'SVC0002 endUserIdentifier' },
  { name: 'splitInfo names distinct payers', check: checks.splitInfoValid,            operations: '      SA          SV                              ', faults: 'SVC0002 splitInfo' },
  { name: 'charge within bounds',            check: checks.chargeWithinBounds,        operations: 'CA RA SA             AR AA AC                     ', faults: 'SVC0002 charge' },
  { name: 'volume above zero',               check: checks.volumePositive,            operations: '         CV GA RV SV             VG VR    VC      ', faults: 'SVC0002 volume' },
  { name: 'billingText within bounds',       check: checks.billingTextWithinBounds,   operations: '         CV    RV SV                VR VA VC      ', faults: 'SVC0002 billingText' },
  { name: 'billingText of the profile',      check: billingTextPacked,                operations: 'CA RA                AR    AC                     ', faults: 'SVC0002 billingText' },
  { name: 'referenceCode within bounds',     check: checks.referenceCodeWithinBounds, operations: 'CA RA SA CV    RV SV       AC             VC      ', faults: 'SVC0002 referenceCode' },
  { name: 'confirmationRefs within bounds',  check: checks.confirmationRefsInBounds,  operations: 'CA RA SA                                       ', faults: 'SVC0002 confirmationRefs' },
  { name: 'parameters distinct',             check: checks.parametersDistinct,        operations: '         CV GA RV SV             VG VR            ', faults: 'SVC0002 parameters' },
  { name: 'SplitChargingAvailable',          check: checks.splitAvailable,            operations: '      SA          SV                              ', faults: 'POL0251' },
  { name: 'MaximumEndUserIdentifier',        check: checks.payersWithinMaximum,       operations: '      SA          SV                              ', faults: 'POL0250 splitInfo' },
  { name: 'MaximumDescriptions',             check: checks.descriptionsWithinMaximum, operations: 'CA RA SA             AR AA AC                     ', faults: 'POL0012 charge' },
  { name: 'MaximumConfirmationRefs',         check: checks.confirmationRefsInNumber,  operations: 'CA RA SA                                       ', faults: 'POL0252 confirmationRefs' },
  { name: 'percentages sum to 100',          check: checks.percentagesComplete,       operations: '      SA          SV                              ', faults: 'SVC0271' },
  { name: 'charging information',            check: checks.chargingInformationValid,  operations: 'CA RA SA             AR                           ', faults: 'SVC0007' },
  { name: 'charging information, signed',    check: checks.adjustmentValid,           operations: '                        AA                        ', faults: 'SVC0007' },
  { name: 'charging information, partial',   check: checks.partialChargeValid,        operations: '                           AC                     ', faults: 'SVC0007' },
  { name: 'a tariff rates the volume',       check: checks.volumeRatable,             operations: '         CV GA RV SV             VG VR            ', faults: 'SVC0001 NO_TARIFF, SVC0002 volume' },
];

/** The columns that a row is marked in. */
export function columnsOf({ operations }: MatrixRow): readonly (keyof typeof COLUMNS)[] {
  return operations.trim().split(/\s+/) as (keyof typeof COLUMNS)[];
}

const ROWS_OF: ReadonlyMap<string, readonly MatrixRow[]> = new Map(
  (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((column) => [
    COLUMNS[column],
    MATRIX.filter((row) => columnsOf(row).includes(column)),
  ]),
);

/** The first refusal that a request meets before the ledger is asked. */
export function firstRequestRefusal(key: OperationKey, reading: Reading): Refusal | undefined {
  for (const { check, name } of ROWS_OF.get(key) ?? []) {
    const refusal = check(reading);
    if (refusal !== undefined) return refusal.by(name);
  }
  return undefined;
}
