// Charging by volume: rare in the field, and then with the name of the operation in the path.
import { gatewayFault, standardFault } from './expected-faults';
import { requestHeader, SP_DIGEST, SP_ID, TIME_STAMP } from './headers';
import { common, identified, local, pathOf, reference, user, VOLUME } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message } from './writing';

const RESERVE_VOLUME = 'ReserveVolumeCharging';
const NUMBER = '2290000101';
const HEADER = requestHeader([
  ['spId', SP_ID],
  ['spPassword', SP_DIGEST],
  ['timeStamp', TIME_STAMP],
]);

const HEADERS: HttpMessage['headers'] = [
  ['Content-Type', 'text/xml; charset=utf-8'],
  ['SOAPAction', '""'],
];

const parts = (volume: string): readonly Field[] => [
  user(NUMBER),
  ['volume', volume],
  ['billingText', 'Ringtones'],
  reference('20260131093000'),
];

/** What most of these clients say of the volume: what it counts. */
const COUNTED: Field = [
  'parameters',
  [
    ['name', 'unit'],
    ['value', 'messages'],
  ],
];

const SECONDS: Field = [
  'parameters',
  [
    ['name', 'unit'],
    ['value', 'seconds'],
  ],
];

const CHARGED = {
  operation: 'VolumeCharging.chargeVolume',
  version: 'v2_1',
  application: SP_ID,
  deviations: ['path', 'address.scheme'],
};

export const VOLUMES: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'volume: the operation in the path, no parameters',
    request: sent('chargeVolume', parts('3')),
    ledger: [`charge 1.5 EUR tel:${NUMBER}`],
    billed: ['Ringtones'],
  },
  {
    ...CHARGED,
    name: 'volume: a refund with one parameter',
    operation: 'VolumeCharging.refundVolume',
    request: sent('refundVolume', [...parts('3'), COUNTED]),
    ledger: [`refund 0.3 EUR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'volume: fields of parameters in the namespace of the common types',
    request: sent('chargeVolume', [...parts('3'), COUNTED], {
      fieldPrefix: 'c',
      attributes: ` xmlns:c="${common('v2_1')}"`,
    }),
    deviations: ['path', 'type.ns', 'address.scheme'],
    ledger: [`charge 0.3 EUR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'volume: Volume and Parameters with an upper-case first letter',
    request: sent('chargeVolume', [...parts('3'), COUNTED], {
      change: (text) =>
        text.replaceAll('loc:volume', 'loc:Volume').replaceAll('parameters', 'Parameters'),
    }),
    deviations: ['path', 'case', 'address.scheme'],
    ledger: [`charge 0.3 EUR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'volume: empty parameters, words between the parts',
    request: sent('chargeVolume', [...parts('3'), ['parameters', '']], {
      change: (text) => text.replace('<loc:volume>', 'volume: <loc:volume>'),
    }),
    deviations: ['path', 'extra.text', 'empty', 'address.scheme'],
    ledger: [`charge 1.5 EUR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'volume: a fraction',
    request: sent('chargeVolume', parts('1.5')),
    deviations: ['path'],
    ledger: [],
    fault: gatewayFault('SVC0002', 'volume'),
  },
  {
    ...CHARGED,
    name: 'volume: what it costs, without namespaces, told by its path',
    operation: 'VolumeCharging.getAmount',
    request: () => ({
      path: pathOf(VOLUME),
      headers: HEADERS,
      body: envelope(message('getAmount', '', [user(`tel:${NUMBER}`), ['volume', '123'], SECONDS])),
    }),
    application: 'anonymous',
    deviations: ['ns.none', 'part.ns'],
    ledger: [],
  },
  {
    name: 'volume: a release that nothing tells from one of an amount but its reservation',
    operation: `${RESERVE_VOLUME}.releaseReservation`,
    version: 'v2_1',
    opening: {
      path: pathOf(RESERVE_VOLUME),
      headers: HEADERS,
      body: envelope(
        message('reserveVolume', local(RESERVE_VOLUME, 'v2_1'), [
          user(`tel:${NUMBER}`),
          ['volume', '20'],
          ['billingText', 'Ringtones'],
          COUNTED,
        ]),
      ),
    },
    request: (reservation) => ({
      path: '/gateway',
      headers: HEADERS,
      body: envelope(message('releaseReservation', '', [identified(reservation)])),
    }),
    application: 'anonymous',
    deviations: ['path', 'ns.none', 'part.ns'],
    ledger: [`release 2 EUR tel:${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'volume: a unit that has no tariff',
    request: sent(
      'chargeVolume',
      [
        ...parts('3'),
        [
          'parameters',
          [
            ['name', 'unit'],
            ['value', 'furlongs'],
          ],
        ],
      ],
      { header: '' },
    ),
    application: 'anonymous',
    ledger: [],
    fault: standardFault('SVC0001', 'NO_TARIFF'),
  },
];

interface Options {
  readonly header?: string;
  readonly fieldPrefix?: string;
  readonly attributes?: string;
  readonly change?: (text: string) => string;
}

function sent(
  operation: string,
  content: readonly Field[],
  { header = HEADER, change = (text) => text, ...style }: Options = {},
): () => HttpMessage {
  const body = envelope(message(operation, local(VOLUME, 'v2_1'), content, style), { header });
  return () => ({
    path: `${pathOf(VOLUME)}/${operation}`,
    headers: HEADERS,
    body: change(body),
  });
}
