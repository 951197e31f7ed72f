// A valid request of every operation of the catalogue is answered to the letter of its own schema.
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../src/soap/answer';
import type { Operation } from '../../src/wsdl/schema';
import { expectXmlHeaders, responseDocument } from '../support/answers';
import { envelope, fieldsOf, messageOf } from '../support/requests';
import { CATALOGUE, openTestSandbox, validParts } from '../support/test-sandbox';
import { without } from '../support/xml';

const OPERATIONS = CATALOGUE.operations.map((each) => [`${each.key} ${each.version}`, each] as const);

/** The content of each kind of response, by what the schema says of it (clauses 8.2.2.2, 8.3.1.2). */
function expectedResponse(operation: Operation): RegExp | string {
  const { type } = operation.response;
  const [result] = type.kind === 'complex' ? type.elements : [];
  if (result === undefined) return responseDocument(operation);
  if (result.type.kind === 'simple') {
    const [before = '', after = ''] = responseDocument(operation, '<ns1:result>|</ns1:result>').split('|');
    return new RegExp(`^${literally(before)}[0-9]{1,30}${literally(after)}$`);
  }
  return responseDocument(
    operation,
    '<ns1:result><description>Rated messages</description><currency>EUR</currency>' +
      '<amount>0.30</amount></ns1:result>',
  );
}

describe('every operation, asked to the letter', () => {
  const env = openTestSandbox();

  test.each(OPERATIONS)('%s: 200, the bytes of its response, no deviation', async (_key, operation) => {
    const answer = await env.ask(operation.key, await validParts(env, operation));

    expect({ status: answer.status, deviations: answer.record.deviations }).toEqual({
      status: 200,
      deviations: expect.not.arrayContaining([{ name: expect.not.stringMatching(/^reference/) }]),
    });
    expectXmlHeaders(answer);
    const expected = expectedResponse(operation);
    if (typeof expected === 'string') expect(answer.text).toBe(expected);
    else expect(answer.text).toMatch(expected);
  });

  test.each(OPERATIONS)('%s: the answer is valid by its schema', async (_key, operation) => {
    const { text } = await env.ask(operation.key, await validParts(env, operation));
    expect(readAnswer(operation, Buffer.from(text)).kind).toBe('response');
  });
});

describe('what is optional may be left out', () => {
  const env = openTestSandbox();
  const cases = CATALOGUE.operations.flatMap((operation) =>
    fieldsOf(operation)
      .filter(({ declaration }) => declaration.minOccurs === 0)
      .map(({ path }) => [`${operation.key} without ${path}`, operation, path] as const),
  );

  test('in nearly every operation something is', () => {
    expect(cases.length).toBeGreaterThanOrEqual(CATALOGUE.operations.length);
  });

  test.each(cases)('%s', async (_name, operation, path) => {
    const message = messageOf(operation, await validParts(env, operation));
    const answer = await env.post(envelope(without(message, path)));
    expect({ status: answer.status, fault: answer.record.fault }).toEqual({ status: 200 });
  });
});

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
