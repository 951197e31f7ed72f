// For every operation of the catalogue and any message of its schema: decode(encode(x)) is x, to the letter.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from '../../../src/soap/answer';
import { createCodec } from '../../../src/soap/codec';
import { compileEncoder, envelopeAround } from '../../../src/soap/encode';
import { trimmed } from '../../../src/soap/lexical';
import { STANDARD } from '../../../src/soap/profiles';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';
import type { ComplexType, ElementDeclaration, SimpleValue, Type } from '../../../src/wsdl/schema';
import { HEADERS, post } from './support';

const catalogue = loadPackagedCatalogue();
const codec = createCodec(catalogue);

const XML_CHARACTER = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** Markup, entities, line ends and names of the language are likelier than chance would have them. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(']', '>', '<', '&', '"', "'", '\r', '\n', '\t', ' ', 'a', '%1'),
      maxLength: 40,
    }),
    fc.constantFrom('__proto__', 'constructor', '<![CDATA[x]]>', '&amp;', '\u{1f697}', '1e3'),
  )
  .map(trimmed)
  .filter((value) => XML_CHARACTER.test(value));

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 });
const decimal = fc
  .tuple(fc.constantFrom('', '+', '-'), digits, fc.constantFrom('', '.'), digits)
  .map(([sign, whole, point, fraction]) => `${sign}${whole}${point}${point && fraction}`)
  .filter((value) => /[0-9]/.test(value));

function simpleValue({ base, values }: SimpleValue, mayBeEmpty: boolean): fc.Arbitrary<unknown> {
  if (values !== undefined) return fc.constantFrom(...values);
  if (base === 'long') return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  if (base === 'int') return fc.integer();
  if (base === 'boolean') return fc.boolean();
  if (base === 'decimal') return decimal;
  if (base === 'dateTime') return fc.constant('2026-01-31T12:00:00Z');
  return mayBeEmpty && base === 'string' ? text : text.filter((value) => value !== '');
}

function complexValue(type: ComplexType, top: boolean): fc.Arbitrary<Record<string, unknown>> {
  const required = type.elements.filter((each) => each.minOccurs > 0 || each.maxOccurs > 1);
  const fields = type.elements.map((each) => [each.name, elementValue(each, top)] as const);
  return fc.record(Object.fromEntries(fields), {
    requiredKeys: required.map(({ name }) => name),
    noNullPrototype: true,
  });
}

function elementValue({ type, minOccurs, maxOccurs }: ElementDeclaration, top: boolean) {
  const one = typeValue(type, minOccurs > 0 && !top);
  return maxOccurs > 1 ? fc.array(one, { minLength: minOccurs, maxLength: 4 }) : one;
}

function typeValue(type: Type, mayBeEmpty: boolean): fc.Arbitrary<unknown> {
  return type.kind === 'complex' ? complexValue(type, false) : simpleValue(type, mayBeEmpty);
}

function messages(declaration: ElementDeclaration) {
  if (declaration.type.kind === 'simple') throw new Error('a message has parts');
  return complexValue(declaration.type, true);
}

describe.each(catalogue.operations.map((operation) => [operation.key, operation] as const))(
  '%s',
  (_key, operation) => {
    const encode = compileEncoder(operation.request);
    const path = catalogue.services.find(
      ({ interfaceName }) => interfaceName === operation.interfaceName,
    )?.path;

    test('requests', () => {
      fc.assert(
        fc.property(messages(operation.request), (message) => {
          const reading = codec.read(post(envelopeAround(encode(message), '1.1'), HEADERS, path));
          expect(reading).toEqual({
            operation,
            message,
            application: 'anonymous',
            deviations: [],
            soap: '1.1',
            profile: STANDARD,
            requestHeaders: [],
            strict: false,
            alternatives: [],
            attachments: 0,
          });
        }),
      );
    });

    test('responses', () => {
      fc.assert(
        fc.property(messages(operation.response), (message) => {
          const { bytes } = codec.writeResponse(operation, message);
          expect(readAnswer(operation, bytes)).toEqual({ kind: 'response', message });
        }),
      );
    });

    test('bytes of any kind are read or refused, never thrown at', () => {
      const envelope = envelopeAround(
        encode(fc.sample(messages(operation.request), { numRuns: 1, seed: 7 })[0] ?? {}),
        '1.1',
      );
      const mutations = fc.tuple(
        fc.nat(envelope.length),
        fc.nat(12),
        fc.string({ unit: 'binary', maxLength: 8 }),
      );
      fc.assert(
        fc.property(mutations, ([at, length, insert]) => {
          const mutated = envelope.slice(0, at) + insert + envelope.slice(at + length);
          expect(() => codec.read(post(mutated))).not.toThrow();
        }),
      );
    });
  },
);
