// A foreign SOAP server, built from the WSDL of what applications offer, takes the receipts of the emulator.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { listen } from 'soap';
import { virtualClock } from '../../src/sandbox/time/clock';
import { packagedDirectory } from '../../src/wsdl/packaged';
import { START } from '../support/test-sandbox';
import { call, connect, serviceOf, startEmulator } from './foreign-client';

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

describe.each([
  ['SendSms', 'sendSms', 'SmsNotification', 'notifySmsDeliveryReceipt', 'sms'],
  [
    'SendMessage',
    'sendMessage',
    'MessageNotification',
    'notifyMessageDeliveryReceipt',
    'multimedia_messaging',
  ],
] as const)('%s', (interfaceName, send, notification, notify, family) => {
  test.each(['v4_0', 'v3_1'] as const)('%s', async (version) => {
    const token = version.slice(1);
    const folder = packagedDirectory(`messaging/${version}`);
    const server = createServer();
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts`;

    const uri = join(folder, `parlayx_${family}_notification_service_${token}.wsdl`);
    let tell: (request: object) => void = () => {};
    const told = new Promise<object>((resolve) => {
      tell = resolve;
    });
    const operations = {
      [notify]: (request: object) => {
        tell(request);
        return {};
      },
    };
    const services = { [`${notification}Service`]: { [notification]: operations } };
    const xml = readFileSync(uri, 'utf8');
    await new Promise((ready) => {
      listen(server, { path: '/receipts', services, xml, uri, callback: ready });
    });

    const clock = virtualClock(START);
    const emulator = await startEmulator({ clock });
    const client = await connect(emulator, serviceOf(emulator, interfaceName, version));
    await call(client, send, {
      addresses: ['tel:+15550100'],
      ...(send === 'sendSms' && { message: 'Hi' }),
      receiptRequest: { endpoint, interfaceName: notification, correlator: 'corr-1' },
    });
    clock.advance(1_000);
    expect(await told).toEqual({
      correlator: 'corr-1',
      deliveryStatus: { address: 'tel:+15550100', deliveryStatus: 'DeliveredToTerminal' },
    });
  });
});
