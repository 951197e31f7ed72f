// Nonces are good once, for each application apart, and the memory of them stays bounded and can outlive the process.
import { describe, expect, test } from '@jest/globals';
import { type NonceJournal, NonceMemory, type NonceUse } from '../../../src/soap/nonces';

const USED = 'the nonce has been used before';
const FORGOTTEN = 'too many nonces have been used since it was created';

type Step = readonly [
  application: string,
  nonce: string,
  created: number,
  oldest: number,
  answer: string | undefined,
];

/** What a file does, in memory. */
class Journal implements NonceJournal {
  uses: NonceUse[] = [];
  recorded = () => this.uses;
  append = (use: NonceUse) => {
    this.uses.push(use);
  };
  replace = (uses: Iterable<NonceUse>) => {
    this.uses = [...uses];
  };
}

const CASES: readonly (readonly [string, readonly Step[]])[] = [
  [
    'new ones are good',
    [
      ['shop', 'a', 10, 0, undefined],
      ['shop', 'b', 10, 0, undefined],
    ],
  ],
  [
    'the same one is not',
    [
      ['shop', 'a', 10, 0, undefined],
      ['shop', 'a', 10, 0, USED],
    ],
  ],
  [
    'nor with another Created',
    [
      ['shop', 'a', 10, 0, undefined],
      ['shop', 'a', 11, 0, USED],
    ],
  ],
  [
    'that of another application is another one',
    [
      ['shop', 'a', 10, 0, undefined],
      ['kiosk', 'a', 10, 0, undefined],
      ['kiosk', 'a', 10, 0, USED],
    ],
  ],
  [
    'one that its age makes useless may be there again',
    [
      ['shop', 'a', 10, 0, undefined],
      ['shop', 'b', 30, 20, undefined],
      ['shop', 'a', 30, 20, undefined],
      ['shop', 'a', 30, 20, USED],
    ],
  ],
  [
    'of more than it holds only those after the ones forgotten are good',
    [
      ['shop', 'a', 10, 0, undefined],
      ['shop', 'b', 11, 0, undefined],
      ['shop', 'c', 12, 0, undefined],
      ['shop', 'd', 13, 0, undefined],
      ['shop', 'e', 14, 0, undefined],
      ['shop', 'a', 10, 0, FORGOTTEN],
      ['shop', 'f', 11, 0, FORGOTTEN],
      ['shop', 'c', 12, 0, USED],
      ['shop', 'g', 12, 0, undefined],
    ],
  ],
  [
    'the many of one application are not forgotten at the cost of another',
    [
      ['kiosk', 'a', 10, 0, undefined],
      ['shop', 'a', 50, 0, undefined],
      ['shop', 'b', 51, 0, undefined],
      ['shop', 'c', 52, 0, undefined],
      ['shop', 'd', 53, 0, undefined],
      ['kiosk', 'a', 10, 0, USED],
      ['kiosk', 'b', 10, 0, undefined],
      ['shop', 'e', 50, 0, FORGOTTEN],
    ],
  ],
  [
    'one fast clock does not make what others create too old',
    [
      ['shop', 'a', 99, 0, undefined],
      ['shop', 'b', 10, 0, undefined],
      ['shop', 'c', 11, 0, undefined],
      ['shop', 'd', 12, 0, undefined],
      ['shop', 'e', 13, 0, undefined],
      ['shop', 'f', 14, 0, undefined],
      ['shop', 'a', 99, 0, USED],
    ],
  ],
];

describe.each([
  ['in one go', false],
  ['begun anew before each step', true],
])('%s', (_, beginsAnew) => {
  test.each(CASES)('%s', (_name, steps) => {
    const journal = new Journal();
    let memory = new NonceMemory(journal, 4);
    for (const [application, nonce, created, oldest, answer] of steps) {
      if (beginsAnew) memory = new NonceMemory(journal, 4);
      const given = memory.use(application, nonce, created, oldest);
      expect([application, nonce, given]).toEqual([application, nonce, answer]);
    }
  });
});

test('the journal is no longer than the memory, with one mark an application', () => {
  const journal = new Journal();
  const memory = new NonceMemory(journal, 100);
  for (let index = 0; index < 10_000; index += 1) {
    expect(memory.use(`app-${index % 3}`, `n-${index}`, index, index - 40)).toBeUndefined();
    expect(journal.uses.length).toBeLessThanOrEqual(104);
  }
});

test('a full memory of many applications goes on', () => {
  const memory = new NonceMemory(undefined, 1_000);
  for (let index = 0; index < 20_000; index += 1) {
    expect(memory.use(`app-${index % 500}`, `n-${index}`, index, 0)).toBeUndefined();
  }
});
