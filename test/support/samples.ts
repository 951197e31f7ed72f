// A valid value for every message part there is, so that a new operation made of known parts is tested by itself.
import type { ElementDeclaration, Operation } from '../../src/wsdl/schema';
import { fieldsOf, type Parts, type PartValue, partsOf } from './requests';

export const PAYER = 'tel:+15550100';
export const SPLIT_PAYERS = ['tel:+15550101', 'tel:+15550102'] as const;

/** Every optional field is filled, and what may be there several times is there twice. */
const SAMPLES: Parts = {
  endUserIdentifier: PAYER,
  splitInfo: [
    { endUserIdentifier: SPLIT_PAYERS[0], percent: '60' },
    { endUserIdentifier: SPLIT_PAYERS[1], percent: '40' },
  ],
  charge: {
    description: ['Daily quiz', 'mt-7f3a'],
    currency: 'EUR',
    amount: '1.50',
    code: 'QUIZ',
  },
  amount: '1.50',
  volume: '3',
  billingText: 'Quiz traffic',
  referenceCode: 'quiz-000017',
  confirmationRefs: ['mt-7f3a', 'mt-7f3b'],
  parameters: [
    { name: 'unit', value: 'messages', description: 'what is counted' },
    { name: 'service', value: 'quiz', description: 'what it is for' },
  ],
};

/**
 * The parts of a valid request with everything that its schema has. `given` has what only the test can know, such as
 * the reservationIdentifier, or what it wants otherwise. Throws when a part or a field has no sample.
 */
export function sampleOf(operation: Operation, given: Parts = {}): Parts {
  const parts = Object.fromEntries(
    partsOf(operation).map((part): [string, PartValue] => {
      const { name } = part;
      const sample = SAMPLES[name];
      const value = given[name] ?? (sample === undefined ? undefined : fitted(sample, part));
      if (value === undefined) throw missing(operation, name);
      return [name, value];
    }),
  );
  for (const { path } of fieldsOf(operation)) {
    const [part = '', field] = path.split('/');
    if (field === undefined || given[part] !== undefined) continue;
    const value = parts[part];
    const first = Array.isArray(value) ? value[0] : value;
    if (typeof first !== 'object' || !(field in first)) throw missing(operation, path);
  }
  return { ...parts, ...given };
}

/** What of a sample an element may hold: older versions have fewer fields, and one description. */
function fitted(sample: PartValue, { type, maxOccurs }: ElementDeclaration): PartValue {
  const values: readonly PartValue[] = Array.isArray(sample) ? sample : [sample];
  const each = values.slice(0, maxOccurs).map((value): PartValue => {
    if (type.kind === 'simple' || typeof value === 'string') return value;
    const fields = type.elements.filter(({ name }) => name in value);
    return Object.fromEntries(
      fields.map((field) => [field.name, fitted((value as Parts)[field.name] ?? '', field)]),
    );
  });
  return Array.isArray(sample) && maxOccurs > 1 ? each : (each[0] ?? '');
}

function missing({ key, version }: Operation, path: string): Error {
  return new Error(
    `no sample for ${path} of ${key} ${version}: add one to test/support/samples.ts`,
  );
}
