// The strings of the Payment interfaces as their clients know them, and the parts of their messages in everyday values.
import type { Field } from './writing';

const PAYMENT = 'http://www.csapi.org/schema/parlayx/payment';

export const AMOUNT = 'AmountCharging';
export const RESERVE_AMOUNT = 'ReserveAmountCharging';
export const VOLUME = 'VolumeCharging';

/** The message namespace of an interface in a version. */
export function local(interfaceName: string, version: string): string {
  const words = interfaceName.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return `${PAYMENT}/${words}/${version}/local`;
}

export function common(version: string): string {
  return `http://www.csapi.org/schema/parlayx/common/${version}`;
}

/** Where a service is by its WSDL. */
export function pathOf(interfaceName: string): string {
  return `/${interfaceName}Service/services/${interfaceName}`;
}

export interface ChargeValues {
  readonly description?: string;
  readonly currency?: string;
  readonly amount?: string;
  readonly code?: string;
}

/** The part `charge` with the fields that are given, in the order of its type. */
export function charge({ description = 'charge', ...others }: ChargeValues): Field {
  const fields: Field[] = [['description', description]];
  for (const name of ['currency', 'amount', 'code'] as const) {
    const value = others[name];
    if (value !== undefined) fields.push([name, value]);
  }
  return ['charge', fields];
}

export function user(endUserIdentifier: string): Field {
  return ['endUserIdentifier', endUserIdentifier];
}

export function reference(referenceCode: string): Field {
  return ['referenceCode', referenceCode];
}

export function identified(reservation: string): Field {
  return ['reservationIdentifier', reservation];
}
