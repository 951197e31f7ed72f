import { describe, expect, test } from '@jest/globals';
import { createCurrencies } from '../../../src/ledger/currency';
import { STANDARD_MANNER } from '../../../src/payment/manner';
import { Reading } from '../../../src/payment/reading';
import type { Decimal } from '../../../src/wsdl/schema';
import { testTerms } from '../../support/terms';

const terms = testTerms({ currencies: createCurrencies({ Birr: 'ETB' }) });

function reading(currency: string, strict: boolean): Reading {
  const charge = { description: ['quiz'], currency, amount: '1' as Decimal };
  return new Reading({ charge }, terms, { ...STANDARD_MANNER, strict });
}

describe('a configured spelling of a currency', () => {
  test.each([
    ['Birr', false, { currency: 'ETB' }, ['currency.alias']],
    ['ETB', false, { currency: 'ETB' }, []],
    ['Taler', false, { code: 'charging_information' }, []],
    ['Birr', true, { code: 'charging_information' }, ['currency.alias']],
    ['ETB', true, { currency: 'ETB' }, []],
  ])('%s, strict %p', (currency, strict, rated, deviations) => {
    const read = reading(currency, strict);
    expect(read.rated).toMatchObject(rated);
    expect(read.deviations).toEqual(deviations);
  });
});
