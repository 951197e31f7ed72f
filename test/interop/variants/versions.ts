// Clients of 3.1 and 4.0, with what their gateways ask for beside the standard.
import { gatewayFault, headerFault, standardFault } from './expected-faults';
import { requestHeader, SP_ID, SP_PASSWORD } from './headers';
import { AMOUNT, charge, local, RESERVE_AMOUNT, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { envelope, type Field, message } from './writing';

const PLAIN: HttpMessage['headers'] = [
  ['Content-Type', 'text/xml; charset=utf-8'],
  ['SOAPAction', '""'],
];

// ---------------------------------------------------------------- 3.1 behind a header of 2.1

const AGGREGATOR_PATH = '/soap-payment-api/ws/AmountChargingService/services/chargeAmount';
const ETHIOPIAN = 'tel:251900000101';

const STAMPED = (timeStamp: string): readonly Field[] => [
  ['spId', SP_ID],
  ['spPassword', SP_PASSWORD],
  ['timeStamp', timeStamp],
  ['serviceId', '900000000000001'],
  ['OA', '251900000101'],
  ['FA', '251900000101'],
];

function aggregated(
  charged: Parameters<typeof charge>[0],
  code: string,
  timeStamp = '2700000000',
): () => HttpMessage {
  const parts = [user(ETHIOPIAN), charge(charged), reference(code)];
  const body = envelope(message('chargeAmount', local(AMOUNT, 'v3_1'), parts), {
    before: '    ',
    header: requestHeader(STAMPED(timeStamp), 'v2'),
  });
  return () => ({
    path: AGGREGATOR_PATH,
    headers: [
      ['Content-Type', 'text/plain;charset=UTF-8'],
      ['SOAPAction', ''],
    ],
    body,
  });
}

const BEHIND_2_1 = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v3_1',
  application: SP_ID,
  deviations: ['content-type', 'soapaction', 'path'],
};

const VERSION_3_1: readonly Variant[] = [
  {
    ...BEHIND_2_1,
    name: '3.1 behind a header of 2.1: spaces before the root, text/plain, plain password, Birr',
    request: aggregated({ currency: 'Birr', amount: '10' }, '20260131093000251900000101'),
    deviations: [...BEHIND_2_1.deviations, 'currency.alias'],
    ledger: [`charge 10 ETB ${ETHIOPIAN}`],
  },
  {
    ...BEHIND_2_1,
    name: '3.1 behind a header of 2.1: the aggregator answers in 2.1 and counts in cents',
    request: aggregated({ currency: 'ETB', amount: '1000' }, 'short', 'now'),
    configuration: { server: { profile: 'timwe' } },
    answerVersion: 'v2_1',
    ledger: [`charge 10 ETB ${ETHIOPIAN}`],
  },
  {
    ...BEHIND_2_1,
    name: '3.1 behind a header of 2.1: a GUID, longer than the aggregator reads',
    request: aggregated(
      { currency: 'ETB', amount: '1000' },
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    ),
    configuration: { server: { profile: 'timwe' } },
    answerVersion: 'v2_1',
    ledger: [],
    fault: {
      ...gatewayFault('SVC0002', 'referenceCode'),
      faultstring: 'A required charging field is blank or invalid',
    },
  },
  {
    ...BEHIND_2_1,
    name: '3.1 behind a header of 2.1: a password that is not the one agreed',
    request: aggregated({ currency: 'ETB', amount: '10' }, 'late', 'x'),
    configuration: { applications: { [SP_ID]: { credentials: { password: 'another' } } } },
    // Credentials are looked at before the path.
    deviations: ['content-type', 'soapaction'],
    ledger: [],
    fault: headerFault('SVC0901', 'Sp password is not accepted!'),
  },
  {
    ...BEHIND_2_1,
    name: '3.1: reserve at a path of Oracle gateways',
    operation: 'ReserveAmountCharging.reserveAmount',
    request: () => ({
      path: '/parlayx30/payment/ReserveAmountCharging',
      headers: PLAIN,
      body: envelope(
        message('reserveAmount', local(RESERVE_AMOUNT, 'v3_1'), [
          user(ETHIOPIAN),
          charge({ currency: 'ETB', amount: '10' }),
        ]),
      ),
    }),
    application: 'anonymous',
    deviations: ['path'],
    ledger: [`reserve 10 ETB ${ETHIOPIAN}`],
  },
  {
    ...BEHIND_2_1,
    name: '3.1: no funds for a reservation, as Oracle gateways tell it',
    operation: 'ReserveAmountCharging.reserveAmount',
    request: () => ({
      path: '/parlayx30/payment/ReserveAmountCharging',
      headers: PLAIN,
      body: envelope(
        message('reserveAmount', local(RESERVE_AMOUNT, 'v3_1'), [
          user(ETHIOPIAN),
          charge({ currency: 'ETB', amount: '1000001' }),
        ]),
      ),
    }),
    configuration: { server: { profile: 'oracle' } },
    application: 'anonymous',
    deviations: ['path'],
    ledger: [],
    fault: { ...standardFault('SVC0270'), variables: ['PAYMENT000004'] },
  },
];

// ---------------------------------------------------------------- 4.0, priced by code

const IRANIAN = 'tel:989000000101';
const PRICED = {
  codeWins: true,
  prices: [{ code: 'NEWS300', currency: 'IRR', amount: '3000' }],
};

function coded(operation: string, charged: Parameters<typeof charge>[0]): () => HttpMessage {
  const parts = [user(IRANIAN), charge(charged), reference('1760000000000')];
  return () => ({
    path: '/parlayxchargeamountgw/services/AmountChargingService/',
    headers: [
      ['Content-Type', 'text/xml;charset=UTF-8'],
      [
        'SOAPAction',
        '"http://www.csapi.org/wsdl/parlayx/payment/AmountCharging/chargeAmountRequest"',
      ],
    ],
    body: envelope(message(operation, local(AMOUNT, 'v4_0'), parts), { header: '' }),
  });
}

const CODED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v4_0',
  application: 'anonymous',
  deviations: ['soapaction', 'path'],
  configuration: PRICED,
};

const VERSION_4_0: readonly Variant[] = [
  {
    ...CODED,
    name: '4.0: the amount is always 1, the code is the price; a slash at the end of the path',
    request: coded('chargeAmount', { currency: 'IRR', amount: '1', code: 'NEWS300' }),
    ledger: [`charge 3000 IRR ${IRANIAN}`],
  },
  {
    ...CODED,
    name: '4.0: a refund with the SOAPAction of a charge, neither currency nor amount',
    operation: 'AmountCharging.refundAmount',
    request: coded('refundAmount', { code: 'NEWS300' }),
    ledger: [`refund 3000 IRR ${IRANIAN}`],
  },
  {
    ...CODED,
    name: '4.0: a code that has no price, and no amount',
    request: coded('chargeAmount', { code: 'NEWS999' }),
    ledger: [],
    fault: standardFault('SVC0007'),
  },
  {
    ...CODED,
    name: '4.0: neither amount nor code',
    request: coded('chargeAmount', { currency: 'IRR' }),
    ledger: [],
    fault: standardFault('SVC0007'),
  },
];

export const VERSIONS: readonly Variant[] = [...VERSION_3_1, ...VERSION_4_0];
