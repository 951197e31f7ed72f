// Generated from wsdl/ by `npm run generate`; do not edit. One interface a message and a data type.
import type { Decimal } from './schema';

/** ChargingInformation of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface ChargingInformation {
  readonly description: readonly string[];
  readonly currency?: string;
  readonly amount?: Decimal;
  readonly code?: string;
}

/** SplitType of http://www.csapi.org/schema/parlayx/payment/v4_0. */
export interface SplitType {
  readonly endUserIdentifier: string;
  readonly percent: number;
}

/** NameValuePair of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface NameValuePair {
  readonly name: string;
  readonly value: string;
  readonly description?: string;
}

/** ServiceException of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface ServiceException {
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** PolicyException of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface PolicyException {
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** The request of AmountCharging.chargeAmount. */
export interface ChargeAmountRequest {
  readonly endUserIdentifier: string;
  readonly charge: ChargingInformation;
  readonly referenceCode: string;
  readonly confirmationRefs: readonly string[];
}

/** The response of AmountCharging.chargeAmount. */
export type ChargeAmountResponse = Readonly<Record<string, never>>;

/** The request of AmountCharging.refundAmount. */
export interface RefundAmountRequest {
  readonly endUserIdentifier: string;
  readonly charge: ChargingInformation;
  readonly referenceCode: string;
  readonly confirmationRefs: readonly string[];
}

/** The response of AmountCharging.refundAmount. */
export type RefundAmountResponse = Readonly<Record<string, never>>;

/** The request of AmountCharging.chargeSplitAmount. */
export interface ChargeSplitAmountRequest {
  readonly splitInfo: readonly SplitType[];
  readonly charge: ChargingInformation;
  readonly referenceCode: string;
  readonly confirmationRefs: readonly string[];
}

/** The response of AmountCharging.chargeSplitAmount. */
export type ChargeSplitAmountResponse = Readonly<Record<string, never>>;

/** The request of ReserveAmountCharging.reserveAmount. */
export interface ReserveAmountRequest {
  readonly endUserIdentifier: string;
  readonly charge: ChargingInformation;
}

/** The response of ReserveAmountCharging.reserveAmount. */
export interface ReserveAmountResponse {
  readonly result: string;
}

/** The request of ReserveAmountCharging.reserveAdditionalAmount. */
export interface ReserveAdditionalAmountRequest {
  readonly reservationIdentifier: string;
  readonly charge: ChargingInformation;
}

/** The response of ReserveAmountCharging.reserveAdditionalAmount. */
export type ReserveAdditionalAmountResponse = Readonly<Record<string, never>>;

/** The request of ReserveAmountCharging.chargeReservation. */
export interface ReserveAmountChargingChargeReservationRequest {
  readonly reservationIdentifier: string;
  readonly charge: ChargingInformation;
  readonly referenceCode: string;
}

/** The response of ReserveAmountCharging.chargeReservation. */
export type ReserveAmountChargingChargeReservationResponse = Readonly<Record<string, never>>;

/** The request of ReserveAmountCharging.releaseReservation. */
export interface ReserveAmountChargingReleaseReservationRequest {
  readonly reservationIdentifier: string;
}

/** The response of ReserveAmountCharging.releaseReservation. */
export type ReserveAmountChargingReleaseReservationResponse = Readonly<Record<string, never>>;

/** The request of ReserveVolumeCharging.getAmount. */
export interface ReserveVolumeChargingGetAmountRequest {
  readonly endUserIdentifier: string;
  readonly volume: bigint;
  readonly parameters: readonly NameValuePair[];
}

/** The response of ReserveVolumeCharging.getAmount. */
export interface ReserveVolumeChargingGetAmountResponse {
  readonly result: ChargingInformation;
}

/** The request of ReserveVolumeCharging.reserveVolume. */
export interface ReserveVolumeRequest {
  readonly endUserIdentifier: string;
  readonly volume: bigint;
  readonly billingText: string;
  readonly parameters: readonly NameValuePair[];
}

/** The response of ReserveVolumeCharging.reserveVolume. */
export interface ReserveVolumeResponse {
  readonly result: string;
}

/** The request of ReserveVolumeCharging.reserveAdditionalVolume. */
export interface ReserveAdditionalVolumeRequest {
  readonly reservationIdentifier: string;
  readonly volume: bigint;
  readonly billingText: string;
}

/** The response of ReserveVolumeCharging.reserveAdditionalVolume. */
export type ReserveAdditionalVolumeResponse = Readonly<Record<string, never>>;

/** The request of ReserveVolumeCharging.chargeReservation. */
export interface ReserveVolumeChargingChargeReservationRequest {
  readonly reservationIdentifier: string;
  readonly volume: bigint;
  readonly billingText?: string;
  readonly referenceCode: string;
}

/** The response of ReserveVolumeCharging.chargeReservation. */
export type ReserveVolumeChargingChargeReservationResponse = Readonly<Record<string, never>>;

/** The request of ReserveVolumeCharging.releaseReservation. */
export interface ReserveVolumeChargingReleaseReservationRequest {
  readonly reservationIdentifier: string;
}

/** The response of ReserveVolumeCharging.releaseReservation. */
export type ReserveVolumeChargingReleaseReservationResponse = Readonly<Record<string, never>>;

/** The request of VolumeCharging.chargeVolume. */
export interface ChargeVolumeRequest {
  readonly endUserIdentifier: string;
  readonly volume: bigint;
  readonly billingText: string;
  readonly referenceCode: string;
  readonly parameters: readonly NameValuePair[];
}

/** The response of VolumeCharging.chargeVolume. */
export type ChargeVolumeResponse = Readonly<Record<string, never>>;

/** The request of VolumeCharging.getAmount. */
export interface VolumeChargingGetAmountRequest {
  readonly endUserIdentifier: string;
  readonly volume: bigint;
  readonly parameters: readonly NameValuePair[];
}

/** The response of VolumeCharging.getAmount. */
export interface VolumeChargingGetAmountResponse {
  readonly result: ChargingInformation;
}

/** The request of VolumeCharging.refundVolume. */
export interface RefundVolumeRequest {
  readonly endUserIdentifier: string;
  readonly volume: bigint;
  readonly billingText: string;
  readonly referenceCode: string;
  readonly parameters: readonly NameValuePair[];
}

/** The response of VolumeCharging.refundVolume. */
export type RefundVolumeResponse = Readonly<Record<string, never>>;

/** The request of VolumeCharging.chargeSplitVolume. */
export interface ChargeSplitVolumeRequest {
  readonly splitInfo: readonly SplitType[];
  readonly volume: bigint;
  readonly billingText: string;
  readonly referenceCode: string;
  readonly parameters: readonly NameValuePair[];
}

/** The response of VolumeCharging.chargeSplitVolume. */
export type ChargeSplitVolumeResponse = Readonly<Record<string, never>>;

/** What each operation takes and gives. */
export interface Operations {
  'AmountCharging.chargeAmount': {
    request: ChargeAmountRequest;
    response: ChargeAmountResponse;
  };
  'AmountCharging.refundAmount': {
    request: RefundAmountRequest;
    response: RefundAmountResponse;
  };
  'AmountCharging.chargeSplitAmount': {
    request: ChargeSplitAmountRequest;
    response: ChargeSplitAmountResponse;
  };
  'ReserveAmountCharging.reserveAmount': {
    request: ReserveAmountRequest;
    response: ReserveAmountResponse;
  };
  'ReserveAmountCharging.reserveAdditionalAmount': {
    request: ReserveAdditionalAmountRequest;
    response: ReserveAdditionalAmountResponse;
  };
  'ReserveAmountCharging.chargeReservation': {
    request: ReserveAmountChargingChargeReservationRequest;
    response: ReserveAmountChargingChargeReservationResponse;
  };
  'ReserveAmountCharging.releaseReservation': {
    request: ReserveAmountChargingReleaseReservationRequest;
    response: ReserveAmountChargingReleaseReservationResponse;
  };
  'ReserveVolumeCharging.getAmount': {
    request: ReserveVolumeChargingGetAmountRequest;
    response: ReserveVolumeChargingGetAmountResponse;
  };
  'ReserveVolumeCharging.reserveVolume': {
    request: ReserveVolumeRequest;
    response: ReserveVolumeResponse;
  };
  'ReserveVolumeCharging.reserveAdditionalVolume': {
    request: ReserveAdditionalVolumeRequest;
    response: ReserveAdditionalVolumeResponse;
  };
  'ReserveVolumeCharging.chargeReservation': {
    request: ReserveVolumeChargingChargeReservationRequest;
    response: ReserveVolumeChargingChargeReservationResponse;
  };
  'ReserveVolumeCharging.releaseReservation': {
    request: ReserveVolumeChargingReleaseReservationRequest;
    response: ReserveVolumeChargingReleaseReservationResponse;
  };
  'VolumeCharging.chargeVolume': {
    request: ChargeVolumeRequest;
    response: ChargeVolumeResponse;
  };
  'VolumeCharging.getAmount': {
    request: VolumeChargingGetAmountRequest;
    response: VolumeChargingGetAmountResponse;
  };
  'VolumeCharging.refundVolume': {
    request: RefundVolumeRequest;
    response: RefundVolumeResponse;
  };
  'VolumeCharging.chargeSplitVolume': {
    request: ChargeSplitVolumeRequest;
    response: ChargeSplitVolumeResponse;
  };
}

export type OperationKey = keyof Operations;
