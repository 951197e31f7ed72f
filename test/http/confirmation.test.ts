// Evidence from a configuration to the wire: fifty clients at once, and one charge.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from '../../src/emulator';
import { operationOf } from '../support/operations';
import { envelope, messageOf } from '../support/requests';
import { pathOf } from '../support/test-sandbox';

const FAN = 'tel:+15550100';
const OPERATION = operationOf('AmountCharging.chargeAmount');
const EVIDENCE = [{ reference: 'ticket-7', application: 'anonymous', subscribers: [FAN] }];

let emulator: Emulator | undefined;
const folders: string[] = [];
afterEach(async () => {
  await emulator?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  folders.push(folder);
  return folder;
}

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

  test('of an application, and the ledger has it of another: the start is refused in a sentence', async () => {
    const data = join(temporaryFolder(), 'ledger.db');
    await (await createEmulator({ data, configuration: { evidence: EVIDENCE } })).close();
    const configuration = {
      evidence: EVIDENCE.map((each) => ({ ...each, application: 'another' })),
    };
    await expect(createEmulator({ data, configuration })).rejects.toMatchObject({
      name: 'ProvisionError',
      message:
        'Configuration or seed do not go with the ledger: the evidence "ticket-7" is there already, ' +
        'with another application, service or recipients. Give it another name, or start with another ledger.',
    });
  });
});
