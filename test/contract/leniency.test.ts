// Messages out of shape are answered all the same, and the exchange record says what was wrong with them.
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../src/soap/answer';
import type { Operation } from '../../src/wsdl/schema';
import { CATALOGUE, has, operationOf, PACKAGED } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { sampleOf } from '../support/samples';
import {
  deviationsOf,
  openTestSandbox,
  pathOf,
  type RequestOptions,
  validParts,
} from '../support/test-sandbox';
import { BENDS } from './bent-shapes';

const env = openTestSandbox();

/** Some operations have no fields below their parts, and one has a single part. */
const CASES = CATALOGUE.operations.flatMap((operation) => {
  const message = messageOf(operation, sampleOf(operation, reservationOf(operation)));
  return BENDS.filter((bend) => bend.bend(message, operation) !== undefined).map(
    (bend) =>
      [
        `${operation.key}: ${bend.name}`,
        bend.assumed === true ? assumedFor(operation) : operation,
        bend,
      ] as const,
  );
});

describe('understood', () => {
  test.each(CASES)('%s', async (_, operation, bend) => {
    const markup = bend.bend(messageOf(operation, await validParts(env, operation)), operation);

    const answer = await env.post(envelope(markup ?? ''), { path: pathOf(operation) });

    expect({ ...answer.record, deviations: deviationsOf(answer) }).toMatchObject({
      status: 200,
      operation: operation.key,
      version: operation.version,
      deviations: bend.deviations,
    });
    expect(readAnswer(operation, Buffer.from(answer.text)).kind).toBe('response');
  });

  test.each(BENDS.map(({ name }) => name))('%s: tried in most operations', (name) => {
    const tried = CASES.filter(([, , bend]) => bend.name === name).length;
    expect(tried).toBeGreaterThan(CATALOGUE.operations.length / 2);
  });
});

describe('the record names the place', () => {
  const charge = operationOf('AmountCharging.chargeAmount');
  test.each([
    ['fields in the namespace of the common types', 'type.ns chargeAmount/charge/amount'],
    ['parts unqualified', 'part.ns chargeAmount/referenceCode'],
    ['an unknown element beside the parts', 'extra.element chargeAmount/tenant'],
    ['an unknown attribute everywhere', 'extra.attribute chargeAmount/charge/amount/@href'],
    ['names as the tables of clause 8.2 print them', 'case chargeAmount/EndUserIdentifier'],
    ['white space around every value', 'trim chargeAmount/charge/description'],
    ['text between the parts', 'extra.text chargeAmount'],
  ])('%s: %s', async (name, expected) => {
    const bend = BENDS.find((each) => each.name === name);
    const message = messageOf(charge, await validParts(env, charge));
    const { record } = await env.post(envelope(bend?.bend(message, charge) ?? ''));
    const places = record.deviations.map((each) =>
      'where' in each ? `${each.name} ${each.where}` : '',
    );
    expect(places).toContain(expected);
  });
});

test('the record names an operation without a namespace', async () => {
  const charge = operationOf('AmountCharging.chargeAmount', 'v2_1');
  const message = messageOf(charge, await validParts(env, charge));
  const { record } = await env.post(envelope({ ...message, namespace: '' }));
  expect(record.deviations).toMatchObject([{ name: 'ns.none', where: 'chargeAmount' }]);
});

describe('HTTP headers and paths decide nothing', () => {
  const charge = operationOf('AmountCharging.chargeAmount');
  const cases: readonly (readonly [string, RequestOptions, readonly string[]])[] = [
    ['text/xml without a charset', type('text/xml'), []],
    ['text/xml with a quoted charset', type('text/xml;charset="utf-8"'), []],
    [
      'application/soap+xml around SOAP 1.1',
      type('application/soap+xml; charset="utf-8"'),
      ['content-type'],
    ],
    ['application/xml', type('application/xml; charset=utf-8'), ['content-type']],
    ['text/plain', type('text/plain;charset=UTF-8'), ['content-type']],
    ['no Content-Type', type(undefined), ['content-type']],
    ['no SOAPAction', action(undefined), ['soapaction']],
    ['an empty SOAPAction', action(''), ['soapaction']],
    ['an unquoted SOAPAction', action('run'), ['soapaction']],
    ['the SOAPAction of another operation', action('"refundAmount"'), ['soapaction']],
    ['a path that no service has', { path: '/parlayxgw/x' }, ['path']],
    [
      'the path of another service',
      { path: '/VolumeChargingService/services/VolumeCharging' },
      ['path'],
    ],
    ['a slash at the end', { path: '/AmountChargingService/services/AmountCharging/' }, ['path']],
    [
      'a version at the end',
      { path: '/AmountChargingService/services/AmountCharging/v3' },
      ['path'],
    ],
    ['a query', { path: '/AmountChargingService/services/AmountCharging?b=c' }, []],
  ];

  test.each(cases)('%s', async (_, options, deviations) => {
    const answer = await env.ask(charge.key, await validParts(env, charge), options);
    expect({ ...answer.record, deviations: deviationsOf(answer) }).toMatchObject({
      status: 200,
      operation: 'AmountCharging.chargeAmount',
      deviations,
    });
  });
});

function type(value: string | undefined): RequestOptions {
  return { headers: { 'content-type': value } };
}

function action(value: string | undefined): RequestOptions {
  return { headers: { soapaction: value } };
}

/** 2.1, as nearly all of the field is; it cannot split. */
function assumedFor(operation: Operation): Operation {
  return PACKAGED.byKey('v2_1', operation.key) ?? operation;
}

function reservationOf(operation: Operation): Parts {
  return has(operation, 'reservationIdentifier') ? { reservationIdentifier: '1' } : {};
}
