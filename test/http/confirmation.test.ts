// Evidence from a configuration to the wire: fifty clients at once, and one charge.
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from '../../src/emulator';
import { operationOf } from '../support/operations';
import { envelope, messageOf } from '../support/requests';
import { pathOf } from '../support/test-sandbox';

const FAN = 'tel:+15550100';
const OPERATION = operationOf('AmountCharging.chargeAmount');
const EVIDENCE = [{ reference: 'ticket-7', application: 'anonymous', subscribers: [FAN] }];

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function charge({ url }: Emulator, referenceCode: string, confirmationRefs: string) {
  const message = messageOf(OPERATION, {
    endUserIdentifier: FAN,
    charge: { description: 'Film', currency: 'EUR', amount: '1' },
    referenceCode,
    confirmationRefs,
  });
  const response = await fetch(url + pathOf(OPERATION), {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: envelope(message),
  });
  const text = await response.text();
  return `${response.status} ${/<messageId>(\w+)</.exec(text)?.[1] ?? 'ok'}`;
}

describe('AO evidence that a configuration registers', () => {
  test('proves one of fifty charges that come at once', async () => {
    const started = await createEmulator({ configuration: { evidence: EVIDENCE } });
    emulator = started;
    expect(started.seeded).toEqual({ applied: 1, existing: 0 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => charge(started, `race-${index}`, 'ticket-7')),
    );
    expect(answers.sort()).toEqual(['200 ok', ...Array.from({ length: 49 }, () => '500 POL0253')]);
    expect(started.sandbox().ledger.read.wallets(FAN)).toMatchObject([{ debits: 1_000_000n }]);
    expect(started.sandbox().ledger.audit()).toEqual([]);
  });

  test('of an application, and in a seed of another: the start is refused', async () => {
    const seed = { evidence: EVIDENCE.map((each) => ({ ...each, application: 'another' })) };
    const configuration = { evidence: EVIDENCE };
    await expect(createEmulator({ configuration, seed })).rejects.toThrow(
      'Cannot provision: the evidence "ticket-7" is there already, with another application, service or recipients.',
    );
  });
});
