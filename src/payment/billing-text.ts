// The billingText of 2.0 where a gateway packs fields into it: how many there are and what must stand in them.
import { type Refusal, type RefusalCode, refuse } from '../ledger/refusal';
import type { PackedText } from './manner';
import type { Reading } from './reading';

/** Other gateways take any text; what is in the fields is never looked at beyond this. */
export function billingTextPacked({ parts, manner }: Reading): Refusal | undefined {
  const { billingText } = parts;
  const { billingText: form } = manner.profile;
  return form === undefined || billingText === undefined ? undefined : refused(billingText, form);
}

function refused(text: string, form: PackedText): Refusal | undefined {
  const fields = text.split(form.separator);
  if (fields.length !== form.fields) {
    return wrong('billing_text_fields', `it has ${fields.length} fields instead of ${form.fields}`);
  }
  if (!isTime(fields[form.time] ?? ''))
    return wrong(
      'billing_text_time',
      `field ${form.time} is no time with a zone, as in ${EXAMPLE}`,
    );
  const empty = form.mandatory.find((index) => fields[index]?.trim() === '');
  return empty === undefined
    ? undefined
    : wrong('billing_text_incomplete', `field ${empty} is empty`);
}

const EXAMPLE = '2026-01-31T09:30:00Z';

/** ISO 8601, to the second or finer. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function isTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text));
}

function wrong(code: RefusalCode, detail: string): Refusal {
  return refuse(code, `${detail} (counted from 0)`, 'billingText');
}
