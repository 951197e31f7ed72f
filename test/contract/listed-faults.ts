// What clause 8 of TS 29.199-6 lists under "Referenced faults", operation by operation, and the faults proposed with
// confirmationRefs where an operation has that part. Nothing else may be answered.
import type { MessageId } from '../support/answers';

/** On every operation, by TS 29.199-1. */
const COMMON = ['SVC0001', 'SVC0002', 'POL0001'] as const;

const CONFIRMATION = ['POL0252', 'POL0253'] as const;

// biome-ignore format: one row an operation
const FURTHER: Readonly<Record<string, readonly MessageId[]>> = {
  'AmountCharging.chargeAmount':                      ['SVC0007', 'SVC0270', 'POL0012', ...CONFIRMATION],                                  // 8.1.1
  'AmountCharging.refundAmount':                      ['SVC0007', 'SVC0270', 'POL0012', ...CONFIRMATION],                                  // 8.1.2
  'AmountCharging.chargeSplitAmount':                 ['SVC0007', 'SVC0270', 'SVC0271', 'POL0012', 'POL0250', 'POL0251', ...CONFIRMATION], // 8.1.3
  'VolumeCharging.chargeVolume':                      ['SVC0270'],                                                        // 8.2.1
  'VolumeCharging.getAmount':                         [],                                                                 // 8.2.2
  'VolumeCharging.refundVolume':                      ['SVC0270'],                                                        // 8.2.3
  'VolumeCharging.chargeSplitVolume':                 ['SVC0270', 'SVC0271', 'POL0250', 'POL0251'],                       // 8.2.4
  'ReserveAmountCharging.reserveAmount':              ['SVC0007', 'POL0012'],                                             // 8.3.1
  'ReserveAmountCharging.reserveAdditionalAmount':    ['SVC0007', 'POL0012'],                                             // 8.3.2
  'ReserveAmountCharging.chargeReservation':          ['SVC0007', 'SVC0270', 'POL0012'],                                  // 8.3.3
  'ReserveAmountCharging.releaseReservation':         [],                                                                 // 8.3.4
  'ReserveVolumeCharging.getAmount':                  [],                                                                 // 8.4.1
  'ReserveVolumeCharging.reserveVolume':              [],                                                                 // 8.4.2
  'ReserveVolumeCharging.reserveAdditionalVolume':    [],                                                                 // 8.4.3
  'ReserveVolumeCharging.chargeReservation':          ['SVC0270'],                                                        // 8.4.4
  'ReserveVolumeCharging.releaseReservation':         [],                                                                 // 8.4.5
};

/** Throws for an operation that is not in the table. */
export function listedFaults(key: string): readonly MessageId[] {
  const further = FURTHER[key];
  if (further === undefined) throw new Error(`no faults listed for ${key}: see its clause`);
  return [...COMMON, ...further];
}
