import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findTariff, type Rate, rated, type Tariff } from '../../../src/ledger/rating';
import { Refusal } from '../../../src/ledger/refusal';

const CENT = 10_000n;

function rate(micros: bigint, per: bigint, rounding: Rate['rounding'] = 'half_up'): Rate {
  return { micros, per, rounding, step: CENT };
}

describe('a volume is priced by an exact fraction and rounded once', () => {
  test.each([
    // price in micros, per, volume, rounding, total in micros
    [100_000n, 1n, 5n, 'half_up', 500_000n],
    [100_000n, 1_000n, 5n, 'half_up', 0n],
    [100_000n, 1_000n, 50n, 'half_up', 10_000n],
    [100_000n, 1_000n, 49n, 'half_up', 0n],
    [100_000n, 1_000n, 1n, 'up', 10_000n],
    [100_000n, 1_000n, 199n, 'down', 10_000n],
    [120_000n, 60n, 60n, 'half_up', 120_000n],
    [120_000n, 60n, 1n, 'half_up', 0n],
    [10_000n, 3n, 100n, 'half_up', 330_000n],
    [10_000n, 3n, 9_223_372_036_854_775_807n, 'half_up', 30_744_573_456_182_586_020_000n],
    [0n, 1n, 5n, 'half_up', 0n],
  ] as const)('%p per %p for %p, %s, is %p', (micros, per, volume, rounding, total) => {
    expect(rated(rate(micros, per, rounding), volume)).toBe(total);
  });

  test('parts billed as differences of cumulative totals add up to the whole', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('half_up' as const, 'up' as const, 'down' as const),
        (micros, per, parts, rounding) => {
          const price = rate(micros, per, rounding);
          let volume = 0n;
          let billed = 0n;
          for (const part of parts) {
            const due = rated(price, volume + part) - rated(price, volume);
            expect(due >= 0n).toBe(true);
            volume += part;
            billed += due;
          }
          expect(billed).toBe(rated(price, volume));
        },
      ),
    );
  });
});

describe('clause 8.2.2: the most specific tariff applies', () => {
  const tariff = (description: string, named: Partial<Tariff>): Tariff => ({
    unit: 'minutes',
    currency: 'EUR',
    rate: rate(10_000n, 1n),
    description,
    ...named,
  });
  const tariffs = [
    tariff('plain', {}),
    tariff('second plain', {}),
    tariff('video', { service: 'video' }),
    tariff('play', { operation: 'play' }),
    tariff('video play', { service: 'video', operation: 'play' }),
    tariff('gold', { contract: 'gold' }),
    tariff('gold video', { contract: 'gold', service: 'video' }),
  ];

  test.each([
    [{ unit: 'minutes' }, 'plain'],
    [{ unit: 'Minute' }, 'plain'],
    [{ unit: 'minutes', service: 'audio' }, 'plain'],
    [{ unit: 'minutes', service: 'VIDEO' }, 'video'],
    [{ unit: 'minutes', operation: 'play' }, 'play'],
    [{ unit: 'minutes', service: 'video', operation: 'play' }, 'video play'],
    [{ unit: 'minutes', contract: 'gold' }, 'gold'],
    [{ unit: 'minutes', contract: 'gold', service: 'video', operation: 'play' }, 'gold video'],
    [{ unit: 'minutes', contract: 'silver', service: 'video' }, 'video'],
    [{}, 'plain'],
  ])('%j is rated by "%s"', (parameters, description) => {
    expect(findTariff(tariffs, parameters, 'minutes')).toMatchObject({ description });
  });

  test('a unit that no tariff knows is refused', () => {
    const found = findTariff(tariffs, { unit: 'parsecs' }, 'minutes');
    expect(found).toBeInstanceOf(Refusal);
    expect(found).toMatchObject({ code: 'no_tariff' });
  });
});
