// A valid request of every operation of the catalogue is answered to the letter of its own schema.
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../src/soap/answer';
import type { Operation } from '../../src/wsdl/schema';
import { expectXmlHeaders, responseDocument } from '../support/answers';
import { CATALOGUE, OPERATIONS, operationOf } from '../support/operations';
import { envelope, fieldsOf, messageOf } from '../support/requests';
import { tariff } from '../support/tariffs';
import { openTestSandbox, validParts } from '../support/test-sandbox';
import { without } from '../support/xml';

const env = openTestSandbox();

describe('every operation of clause 8, asked to the letter', () => {
  test.each(OPERATIONS)(
    '%s: 200, the bytes of its response, no deviation',
    async (_, operation) => {
      const answer = await env.ask(operation.key, await validParts(env, operation));

      expect({ status: answer.status, deviations: answer.record.deviations }).toEqual({
        status: 200,
        deviations: [],
      });
      expectXmlHeaders(answer);
      expect(answer.text).toMatch(expectedResponse(operation));
    },
  );

  test.each(OPERATIONS)('%s: the answer is valid by its schema', async (_, operation) => {
    const { text } = await env.ask(operation.key, await validParts(env, operation));
    expect(readAnswer(operation, Buffer.from(text)).kind).toBe('response');
  });
});

test('words beyond ASCII are UTF-8, markup in them is escaped, Content-Length counts bytes', async () => {
  const description = 'Données <5 €> & plus';
  const own = openTestSandbox({
    terms: { tariffs: [tariff('messages', 100_000n, { description })] },
  });
  const operation = operationOf('VolumeCharging.getAmount');
  const answer = await own.ask(operation.key, await validParts(own, operation));
  expectXmlHeaders(answer);
  expect(answer.text).toContain('<description>Données &lt;5 €&gt; &amp; plus</description>');
});

describe('what is optional may be left out', () => {
  const cases = CATALOGUE.operations.flatMap((operation) =>
    fieldsOf(operation)
      .filter(({ declaration }) => declaration.minOccurs === 0)
      .map(({ path }) => [`${operation.key} without ${path}`, operation, path] as const),
  );

  test('the optional parts and fields of clause 8.1 to 8.4 are all there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(31);
  });

  test.each(cases)('%s', async (_, operation, path) => {
    const message = messageOf(operation, await validParts(env, operation));
    const answer = await env.post(envelope(without(message, path)));
    expect({ status: answer.status, fault: answer.record.fault }).toEqual({ status: 200 });
  });
});

/** The whole document, by what the schema says of the response (clauses 8.2.2.2, 8.3.1.2). */
function expectedResponse(operation: Operation): RegExp {
  const { type } = operation.response;
  const [result] = type.kind === 'complex' ? type.elements : [];
  if (result === undefined) return exactly(responseDocument(operation));
  if (result.type.kind === 'simple') {
    return exactly(responseDocument(operation, '<ns1:result>DIGITS</ns1:result>'));
  }
  return exactly(
    responseDocument(
      operation,
      '<ns1:result><description>Rated messages</description><currency>EUR</currency>' +
        '<amount>0.30</amount></ns1:result>',
    ),
  );
}

/** DIGITS stands for a reservation's identifier: what field clients take, at most 30 digits. */
function exactly(text: string): RegExp {
  const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('DIGITS', '[0-9]{1,30}');
  return new RegExp(`^${pattern}$`);
}
