// Nonces are good once, and the memory of them stays bounded.
import { expect, test } from '@jest/globals';
import { NonceMemory } from '../../../src/soap/nonces';

const USED = 'the nonce has been used before';
const FORGOTTEN = 'too many nonces have been used since it was created';

type Step = readonly [nonce: string, created: number, oldest: number, answer: string | undefined];

test.each<[string, readonly Step[]]>([
  [
    'new ones are good',
    [
      ['a', 10, 0, undefined],
      ['b', 10, 0, undefined],
    ],
  ],
  [
    'the same one is not',
    [
      ['a', 10, 0, undefined],
      ['a', 10, 0, USED],
    ],
  ],
  [
    'nor with another Created',
    [
      ['a', 10, 0, undefined],
      ['a', 11, 0, USED],
    ],
  ],
  [
    'one that its age makes useless is forgotten',
    [
      ['a', 10, 0, undefined],
      ['b', 30, 20, undefined],
      ['a', 30, 20, undefined],
    ],
  ],
  [
    'of more than it holds only those after the ones forgotten are good',
    [
      ['a', 10, 0, undefined],
      ['b', 11, 0, undefined],
      ['c', 12, 0, undefined],
      ['a', 10, 0, FORGOTTEN],
      ['d', 10, 0, FORGOTTEN],
      ['b', 11, 0, USED],
      ['e', 12, 0, undefined],
    ],
  ],
])('%s', (_, steps) => {
  const memory = new NonceMemory(2);
  for (const [nonce, created, oldest, answer] of steps) {
    expect([nonce, memory.use(nonce, created, oldest)]).toEqual([nonce, answer]);
  }
});
