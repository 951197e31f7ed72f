// How hand-written clients of the field decide whether a charge was paid: by strings, prefixes, tags or the status alone.
// Each reader here does what one family of them does, and must tell every success from every fault.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import type { Operation } from '../../src/wsdl/schema';
import { CATALOGUE, operationOf } from '../support/operations';
import { sampleOf } from '../support/samples';
import { type RunningEmulator, startEmulator } from './foreign-client';
import { faultOf, post, type RawAnswer, successOf } from './raw-http';

type Verdict = 'paid' | 'refused' | 'broken';

interface Reader {
  readonly name: string;
  /** Reads the answer to a request of the operation with this name. */
  read(answer: RawAnswer, operation: string): Verdict;
}

/** Keys as org.json and the like make them: prefixes kept, attributes beside the children. */
const withPrefixes = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });

const READERS: readonly Reader[] = [
  {
    name: 'a map with prefixes, in which the response must be an object of its own',
    read: ({ text }, operation) => {
      if (text.includes('faultstring')) {
        const fault = withPrefixes.parse(text)['soapenv:Envelope']['soapenv:Body']['soapenv:Fault'];
        const { faultcode, faultstring } = fault;
        return typeof faultcode === 'string' && typeof faultstring === 'string'
          ? 'refused'
          : 'broken';
      }
      const body = withPrefixes.parse(text)['soapenv:Envelope']['soapenv:Body'];
      return typeof body[`ns1:${operation}Response`] === 'object' ? 'paid' : 'broken';
    },
  },
  {
    name: 'the name of the response with its prefix, anywhere in the body',
    read: ({ text }, operation) =>
      text.includes(`ns1:${operation}Response`) || text.includes('22007201') ? 'paid' : 'refused',
  },
  {
    name: 'the name of the response in any letter case',
    read: ({ text }, operation) =>
      text.toLowerCase().includes(`${operation}response`.toLowerCase()) ? 'paid' : 'refused',
  },
  {
    name: 'colons taken out of all tags, then keys such as soapenvBody',
    read: ({ text }, operation) => {
      const flat = text.replace(/(<\/?)(\w+):([^>]*>)/g, '$1$2$3');
      const body = new XMLParser().parse(flat).soapenvEnvelope?.soapenvBody ?? {};
      if ('soapenvFault' in body) return 'refused';
      return `ns1${operation}Response` in body ? 'paid' : 'broken';
    },
  },
  {
    name: 'tags by their prefixed name, no namespaces, first texts of faultcode and faultstring',
    read: ({ text }, operation) => {
      if (new RegExp(`<ns1:${operation}Response[\\s>]`).test(text)) return 'paid';
      if (!/<soapenv:Fault>/.test(text)) return 'broken';
      const [code, string] = ['faultcode', 'faultstring'].map(
        (tag) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(text)?.[1],
      );
      return code && string ? 'refused' : 'broken';
    },
  },
  {
    name: 'the status alone',
    read: ({ status }) => (status === 200 ? 'paid' : 'refused'),
  },
  {
    name: 'local names, and a status that agrees',
    read: ({ status, text }) => {
      const isFault = /<(?:\w+:)?Fault>/.test(text);
      if (isFault) return 'refused';
      return status === 200 ? 'paid' : 'broken';
    },
  },
];

let emulator: RunningEmulator;
beforeAll(async () => {
  // The sample requests name evidence that nobody has issued.
  emulator = await startEmulator({ configuration: { confirmation: { mode: 'off' } } });
});

describe.each(READERS.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  test('a success of any operation is paid', async () => {
    expect(await verdicts(reader, successOf)).toEqual(everyOperation('paid'));
  });

  test('a fault of any operation is refused', async () => {
    expect(await verdicts(reader, faultOf)).toEqual(everyOperation('refused'));
  });

  test.each([
    ['no funds', { description: 'x', amount: '5000' }],
    [
      'words of our own in the request',
      { description: 'ns1:chargeAmountResponse 22007201', amount: 'x' },
    ],
    ['no amount', { description: 'chargeAmountResponse' }],
  ])('chargeAmount with %s is refused', async (_name, charge) => {
    const operation = operationOf('AmountCharging.chargeAmount');
    const answer = await post(emulator, operation, sampleOf(operation, { charge }));
    expect(reader.read(answer, operation.name)).toBe('refused');
  });
});

describe('an answer over HTTP', () => {
  test('has its length and its type, and is not chunked', async () => {
    const operation = operationOf('AmountCharging.chargeAmount');
    for (const answer of [
      await successOf(emulator, operation),
      await faultOf(emulator, operation),
    ]) {
      expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
      expect(answer.headers.get('transfer-encoding')).toBeNull();
      expect(answer.headers.get('content-encoding')).toBeNull();
    }
  });

  test('a refund is not taken for a charge', async () => {
    const { text } = await successOf(emulator, operationOf('AmountCharging.refundAmount'));
    expect(text).not.toContain('chargeAmount');
    expect(text).toContain('ns1:refundAmountResponse');
  });
});

async function verdicts(
  reader: Reader,
  ask: (from: RunningEmulator, operation: Operation) => Promise<RawAnswer>,
): Promise<readonly (readonly [string, Verdict])[]> {
  const found: (readonly [string, Verdict])[] = [];
  for (const operation of CATALOGUE.operations) {
    found.push([operation.key, reader.read(await ask(emulator, operation), operation.name)]);
  }
  return found;
}

function everyOperation(verdict: Verdict): readonly (readonly [string, Verdict])[] {
  return CATALOGUE.operations.map(({ key }) => [key, verdict]);
}
