// Parts and fields that are missing, doubled or empty, in every operation: SVC0002 names the message part (clause 8).
import { describe, expect, test } from '@jest/globals';
import type { ElementDeclaration, Operation } from '../../src/wsdl/schema';
import { expectFault } from '../support/answers';
import { CATALOGUE, OPERATIONS } from '../support/operations';
import { envelope, fieldsOf, messageOf, partsOf } from '../support/requests';
import { deviationsOf, openTestSandbox, validParts } from '../support/test-sandbox';
import { containing, doubled, without, type XmlNode } from '../support/xml';

type Case = readonly [name: string, operation: Operation, path: string];

const env = openTestSandbox();

describe('missing', () => {
  test.each(casesOf(isMandatory))('%s: SVC0002', (_, operation, path) =>
    expectRefused(operation, path, (message) => without(message, path)),
  );

  test.each(OPERATIONS)('%s without any part: SVC0002 of the first', async (_, operation) => {
    const first = partsOf(operation).find(isMandatory);
    await expectRefused(operation, first?.name ?? '', (message) => ({ ...message, content: '' }));
  });
});

describe('doubled', () => {
  test.each(casesOf(({ maxOccurs }) => maxOccurs === 1))('%s: SVC0002', (_, operation, path) =>
    expectRefused(operation, path, (message) => doubled(message, path)),
  );
});

describe('empty', () => {
  const refused = casesOf(
    (declaration, path) => isMandatory(declaration) && !mayBeEmpty(declaration, path),
  );

  test.each(refused)('%s: SVC0002', (_, operation, path) =>
    expectRefused(operation, path, (message) => containing(message, path, '')),
  );

  test.each(refused)('%s, white space only: SVC0002', (_, operation, path) =>
    expectRefused(operation, path, (message) => containing(message, path, ' \n\t ')),
  );

  test.each(casesOf(mayBeEmpty))(
    '%s: a required text may say nothing',
    async (_, operation, path) => {
      const message = messageOf(operation, await validParts(env, operation));
      const { status } = await env.post(envelope(containing(message, path, '')));
      expect(status).toBe(200);
    },
  );

  test.each(casesOf((declaration) => !isMandatory(declaration)))(
    '%s: as if it were not there; for a part a deviation',
    async (_, operation, path) => {
      const message = messageOf(operation, await validParts(env, operation));
      const answer = await env.post(envelope(containing(message, path, '')));
      expect(answer.status).toBe(200);
      expect(deviationsOf(answer)).toEqual(path.includes('/') ? [] : ['empty']);
    },
  );
});

function casesOf(applies: (declaration: ElementDeclaration, path: string) => boolean): Case[] {
  return CATALOGUE.operations.flatMap((operation) =>
    fieldsOf(operation)
      .filter(({ declaration, path }) => applies(declaration, path))
      .map(({ path }): Case => [`${operation.key} ${path}`, operation, path]),
  );
}

function isMandatory({ minOccurs }: ElementDeclaration): boolean {
  return minOccurs > 0;
}

/** Only below a part: `description`, and the name and value of a parameter. */
function mayBeEmpty({ type, minOccurs }: ElementDeclaration, path: string): boolean {
  return minOccurs > 0 && path.includes('/') && type.kind === 'simple' && type.base === 'string';
}

/** SVC0002 of the top-level part, and a ledger that did not change. */
async function expectRefused(
  operation: Operation,
  path: string,
  change: (message: XmlNode) => XmlNode,
): Promise<void> {
  const message = change(messageOf(operation, await validParts(env, operation)));
  const before = env.digest();
  const answer = await env.post(envelope(message));
  expectFault(answer, ['SVC0002', path.split('/')[0] ?? '']);
  expect(env.digest()).toBe(before);
}
