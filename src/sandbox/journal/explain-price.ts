// What decided how much an exchange is about: the amount of the request, a price of the list, a tariff, or the rate of a
// reservation. Worked out again from the request.
import type { Rate } from '../../ledger/rating';
import { Refusal } from '../../ledger/refusal';
import { isMessaging } from '../../messaging/operations';
import { type Parts, Reading as PaymentReading } from '../../payment/reading';
import type { Reading } from '../../soap/reading';
import { type Inquiry, moneyText } from '../books/inquiry';
import { routeOf } from '../routes';
import type { ExplainedStep } from './explanation';

/** None for a request without charging information, or whose price nobody could tell. */
export function priceStep(
  inquiry: Inquiry,
  reading: Reading | undefined,
): readonly ExplainedStep[] {
  if (reading === undefined) return [];
  const route = routeOf(reading.operation);
  if (isMessaging(route.key)) return [];
  const parts = route.request(reading.message) as Parts;
  const text =
    parts.volume === undefined
      ? ofAmount(inquiry, parts, reading)
      : ofVolume(inquiry, parts, reading);
  if (text === undefined) return [];
  const clause = parts.volume === undefined ? 'TS 29.199-6, 8.1.1.1' : 'TS 29.199-6, 8.2.2';
  return [{ step: 'price', outcome: 'noted', text, clause, lines: [] }];
}

function ofAmount(inquiry: Inquiry, parts: Parts, reading: Reading): string | undefined {
  if (parts.charge === undefined) return undefined;
  const terms = inquiry.terms(reading.application);
  const reserved = reservationOf(inquiry, parts);
  const read = new PaymentReading(parts, terms, reading, reserved?.currency);
  const { charge } = read;
  if (charge instanceof Refusal) return undefined;
  const { code, amount } = charge;
  const prices = terms.prices.filter((price) => price.code === code);
  const isOfCode = amount === undefined || (terms.codeWins && prices.length > 0);
  if (reserved !== undefined && !isOfCode) {
    return `the request states ${moneyText(inquiry, amount, reserved.currency)} of its reservation`;
  }
  const { rated } = read;
  if (rated instanceof Refusal) return undefined;
  const money = moneyText(inquiry, rated.amount, rated.currency);
  if (isOfCode) return `the price list has ${money} for the code ${code}`;
  return `the request states ${money}${code === undefined ? '' : `, its code ${code} is only recorded`}`;
}

function ofVolume(inquiry: Inquiry, parts: Parts, reading: Reading): string | undefined {
  const reserved = reservationOf(inquiry, parts);
  if (reserved !== undefined) {
    const { volume, currency } = reserved;
    if (volume === undefined) return undefined;
    const rate = rateText(inquiry, volume.rate, currency, volume.unit);
    return `the rate of the reservation, ${rate}, on its running total`;
  }
  const terms = inquiry.terms(reading.application);
  const { rated } = new PaymentReading(parts, terms, reading);
  if (rated instanceof Refusal || rated.rate === undefined || rated.measure === undefined) {
    return undefined;
  }
  const { amount, currency, rate, measure, description } = rated;
  return `the tariff "${description}" has ${rateText(inquiry, rate, currency, measure.unit)}: ${measure.volume} ${measure.unit} are ${moneyText(inquiry, amount, currency)}`;
}

/** The reservation that a request names, whoever made it. */
function reservationOf({ ledger }: Inquiry, { reservationIdentifier }: Parts) {
  return reservationIdentifier === undefined
    ? undefined
    : ledger.reservation(reservationIdentifier);
}

function rateText(inquiry: Inquiry, rate: Rate, currency: string, unit: string): string {
  return `${moneyText(inquiry, rate.micros, currency)} for ${rate.per} ${unit} (rounded ${rate.rounding})`;
}
