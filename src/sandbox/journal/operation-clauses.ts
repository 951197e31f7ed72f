// Where the standard defines each operation.
import type { DomainKey } from '../routes';

const CLAUSES: Readonly<Record<DomainKey, string>> = {
  'AmountCharging.chargeAmount': 'TS 29.199-6, 8.1.1',
  'AmountCharging.refundAmount': 'TS 29.199-6, 8.1.2',
  'AmountCharging.chargeSplitAmount': 'TS 29.199-6, 8.1.3',
  'VolumeCharging.chargeVolume': 'TS 29.199-6, 8.2.1',
  'VolumeCharging.getAmount': 'TS 29.199-6, 8.2.2',
  'VolumeCharging.refundVolume': 'TS 29.199-6, 8.2.3',
  'VolumeCharging.chargeSplitVolume': 'TS 29.199-6, 8.2.4',
  'ReserveAmountCharging.reserveAmount': 'TS 29.199-6, 8.3.1',
  'ReserveAmountCharging.reserveAdditionalAmount': 'TS 29.199-6, 8.3.2',
  'ReserveAmountCharging.chargeReservation': 'TS 29.199-6, 8.3.3',
  'ReserveAmountCharging.releaseReservation': 'TS 29.199-6, 8.3.4',
  'ReserveVolumeCharging.getAmount': 'TS 29.199-6, 8.4.1',
  'ReserveVolumeCharging.reserveVolume': 'TS 29.199-6, 8.4.2',
  'ReserveVolumeCharging.reserveAdditionalVolume': 'TS 29.199-6, 8.4.3',
  'ReserveVolumeCharging.chargeReservation': 'TS 29.199-6, 8.4.4',
  'ReserveVolumeCharging.releaseReservation': 'TS 29.199-6, 8.4.5',
  'SendSms.sendSms': 'TS 29.199-4',
  'SendSms.getSmsDeliveryStatus': 'TS 29.199-4',
  'SendMessage.sendMessage': 'TS 29.199-5',
  'SendMessage.getMessageDeliveryStatus': 'TS 29.199-5',
};

export function operationClause(key: DomainKey): string {
  return CLAUSES[key];
}
