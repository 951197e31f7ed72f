// Which sandbox a message is for: path, header, application, number, default; and what cannot be any.
import { describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator';
import { capture, charge, emulated, FAN, funds, release, reserve, send } from './support';

const RULES = [
  { sandbox: 'shop', applications: ['shop', 'shop-test'] },
  { sandbox: 'north', msisdnRanges: [{ from: '+15550000', to: '+15550099' }] },
  { sandbox: 'south', msisdnRanges: [{ prefix: '44' }, { prefix: '+1999' }] },
];
const NORTH = 'tel:+15550042';
const SOUTH = 'tel:+4412345678';

function ruled(): Promise<Emulator> {
  return emulated({ configuration: { sandboxes: { rules: RULES } } });
}

function as(application: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${application}:x`).toString('base64')}` };
}

/** The names of the sandboxes in which somebody was charged. */
function charged(emulator: Emulator): readonly string[] {
  return emulator.sandboxes
    .list()
    .map(({ name }) => name)
    .filter((name) => emulator.sandbox(name).ledger.read.billEntries().length > 0);
}

describe('a charge', () => {
  test.each<[string, { path?: string; headers?: object; payer?: string; lands: string }]>([
    ['that names none', { lands: 'default' }],
    ['on a path', { path: '/s/a-1', lands: 'a-1' }],
    ['on the path of default', { path: '/s/default', lands: 'default' }],
    ['with a header', { headers: { 'X-Sandbox': 'a-1' }, lands: 'a-1' }],
    ['with an empty header', { headers: { 'X-Sandbox': '' }, lands: 'default' }],
    ['of an application', { headers: as('shop-test'), lands: 'shop' }],
    ['of another application', { headers: as('other'), lands: 'default' }],
    ['to a number of a range', { payer: NORTH, lands: 'north' }],
    ['to its first', { payer: 'tel:+15550000', lands: 'north' }],
    ['to its last, without a plus', { payer: 'tel:15550099', lands: 'north' }],
    ['to the one after', { payer: 'tel:+15550100', lands: 'default' }],
    ['to a longer one that begins so', { payer: 'tel:+155500421', lands: 'default' }],
    ['to a number with a prefix', { payer: SOUTH, lands: 'south' }],
    ['to no number', { payer: 'sip:15550042@example.com', lands: 'default' }],
    [
      'with path and header that agree',
      { path: '/s/a-1', headers: { 'X-Sandbox': 'a-1' }, lands: 'a-1' },
    ],
    [
      'with a path before all else',
      { path: '/s/a-1', headers: as('shop'), payer: NORTH, lands: 'a-1' },
    ],
    [
      'with a header before application and number',
      { headers: { ...as('shop'), 'X-Sandbox': 'a-1' }, payer: NORTH, lands: 'a-1' },
    ],
    ['of an application before the number', { headers: as('shop'), payer: NORTH, lands: 'shop' }],
  ])('%s', async (_name, { path = '', headers, payer = FAN, lands }) => {
    const emulator = await ruled();
    const { status, text } = await charge(emulator.url + path, '1', headers, payer);
    expect([status, text]).toEqual([200, expect.stringContaining('chargeAmountResponse')]);
    expect(charged(emulator)).toEqual([lands]);
  });

  test.each<[string, string, object, number, string]>([
    ['a path that is no name', '/s/Upper', {}, 404, 'The name of a sandbox has'],
    ['an empty one', '/s/', {}, 404, 'The name of a sandbox has'],
    ['a header that is no name', '', { 'X-Sandbox': 'a b' }, 400, 'The name of a sandbox has'],
    [
      'a path and a header that disagree',
      '/s/a-1',
      { 'X-Sandbox': 'a-2' },
      400,
      'The path names one sandbox and the header X-Sandbox another.',
    ],
  ])('is refused with %s', async (_name, path, headers, status, sentence) => {
    const emulator = await ruled();
    const answer = await charge(emulator.url + path, '1', headers);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(sentence)]);
    expect(answer.text.trim().split('\n')).toHaveLength(1);
    expect(charged(emulator)).toEqual([]);
  });

  test('of a split lands where its first payer of a range is', async () => {
    const emulator = await ruled();
    const payers = [FAN, NORTH, SOUTH].map((endUserIdentifier, index) => ({
      endUserIdentifier,
      percent: index === 0 ? '34' : '33',
    }));
    await send(emulator.url, 'AmountCharging.chargeSplitAmount', {
      splitInfo: payers,
      charge: { description: 'Test', currency: 'EUR', amount: '3' },
      referenceCode: 'split',
    });
    expect(charged(emulator)).toEqual(['north']);
  });
});

test('a national number is that of its country', async () => {
  const emulator = await emulated({
    configuration: { accounts: { countryCode: '44' }, sandboxes: { rules: RULES } },
  });
  await charge(emulator.url, '1', {}, 'tel:012345678');
  expect(charged(emulator)).toEqual(['south']);
});

describe('what follows a message finds it again', () => {
  test('a reservation, by its identifier', async () => {
    const emulator = await ruled();
    const identifiers = await Promise.all(
      [FAN, NORTH, SOUTH].map((payer) => reserve(emulator.url, '20', {}, payer)),
    );
    expect(new Set(identifiers).size).toBe(3);
    for (const [index, identifier] of identifiers.entries()) {
      const answer = await capture(emulator.url, identifier, String(index + 1));
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    }
    for (const identifier of identifiers) {
      expect((await release(emulator.url, identifier)).status).toBe(200);
    }
    expect([
      funds(emulator.sandbox(), FAN),
      funds(emulator.sandbox('north'), NORTH),
      funds(emulator.sandbox('south'), SOUTH),
    ]).toEqual([
      [49, 0],
      [998, 0],
      [997, 0],
    ]);
  });

  test('a message, by its identifier', async () => {
    const emulator = await ruled();
    const sent = await send(emulator.url, 'SendSms.sendSms', { addresses: [NORTH], message: 'Hi' });
    const id = /<ns1:result>(.*)<\/ns1:result>/.exec(sent.text)?.[1] ?? '';
    const asked = await send(emulator.url, 'SendSms.getSmsDeliveryStatus', {
      requestIdentifier: id,
    });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining(NORTH)]);
  });

  test('an expiry is told by the identifier that the client knows', async () => {
    const emulator = await ruled();
    const identifier = await reserve(emulator.url, '20', {}, NORTH);
    const fired = await emulator.sandbox('north').clock.advance({ metric: 'Hour', units: 1 });
    expect(fired).toMatchObject([{ kind: 'reservation.expired', id: identifier }]);
  });

  test('in a sandbox of its own name no other series is understood', async () => {
    const emulator = await ruled();
    const identifier = await reserve(emulator.url, '20', {}, SOUTH);
    await reserve(`${emulator.url}/s/north`, '20', {}, NORTH);
    const answer = await release(`${emulator.url}/s/north`, identifier);
    expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('SVC0002')]);
  });
});

test('nothing is used up where a message only was looked at', async () => {
  const emulator = await emulated({
    configuration: {
      sandboxes: { rules: [{ sandbox: 'shop', applications: ['shop'] }] },
      applications: { shop: { credentials: { password: 'x' } } },
    },
  });
  expect((await charge(emulator.url, '1', as('shop'))).status).toBe(200);
  expect(emulator.sandboxes.list().map(({ name }) => name)).toEqual(['default', 'shop']);
  expect(emulator.sandbox().ledger.read.counts().transactions).toBe(1);
});

describe('GET', () => {
  test('the WSDL of a sandbox has its addresses, and makes none', async () => {
    const emulator = await emulated();
    const response = await fetch(
      `${emulator.url}/s/team-a/AmountChargingService/services/AmountCharging?wsdl`,
    );
    const text = await response.text();
    expect(text).toContain(
      `location="${emulator.url}/s/team-a/AmountChargingService/services/AmountCharging"`,
    );
    expect(emulator.sandboxes.list()).toHaveLength(1);
    const [, imported = ''] = /location="([^"]+\.wsdl)"/.exec(text) ?? [];
    const next = await fetch(new URL(imported, response.url));
    expect(next.status).toBe(200);
  });

  test.each([
    ['/s/team-a/', 200],
    ['/s/team-a', 200],
    ['/s/team-a/readyz', 200],
    ['/s/Team/', 404],
    ['/s/team-a/nothing', 404],
  ])('%s', async (path, status) => {
    const { url } = await emulated();
    expect((await fetch(url + path)).status).toBe(status);
  });

  test('the overview names the sandboxes', async () => {
    const emulator = await emulated();
    emulator.sandbox('team-a');
    expect(await (await fetch(emulator.url)).text()).toContain('Sandboxes\n  default, team-a\n');
    const html = await fetch(emulator.url, { headers: { accept: 'text/html' } });
    expect(await html.text()).toContain('<p>Sandboxes: default, team-a</p>');
    const own = await (await fetch(`${emulator.url}/s/team-a`)).text();
    expect(own).toContain(`SOAP       ${emulator.url}/s/team-a/AmountChargingService/`);
  });
});
