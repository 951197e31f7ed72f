// The terms of the model in the types of src/ledger.
import type { createCurrencies } from '../../src/ledger/currency';
import type { Terms as RealTerms } from '../../src/ledger/terms';
import { stepOf } from './arithmetic';
import type { Terms } from './vocabulary';

export function realTerms(terms: Terms, currencies: typeof createCurrencies): RealTerms {
  return {
    policy: {
      Currency: terms.currency,
      MaximumEndUserIdentifier: terms.maximumPayers,
      SplitChargingAvailable: terms.splits,
      ReservationDuration: terms.duration,
      MaximumDescriptions: terms.maximumDescriptions,
      MaximumConfirmationRefs: terms.maximumConfirmationRefs,
    },
    allowedCurrencies: terms.allowed && new Set(terms.allowed),
    maximumAmountPerTransaction: terms.perTransaction,
    maximumAmountPerMonth: terms.perMonth,
    duplicateReferences: terms.duplicates,
    confirmation: {
      mode: terms.confirmation,
      accepts: new Set(terms.accepts),
      windowMs: terms.evidenceLasts,
    },
    refunds: terms.refunds,
    unknownAccounts: terms.unknown,
    openingBalance: (currency) => terms.openingBalance.get(currency) ?? 0n,
    countryCode: undefined,
    codeWins: terms.codeWins,
    prices: terms.prices,
    tariffs: terms.tariffs.map(({ rate, ...tariff }) => ({
      ...tariff,
      rate: { ...rate, step: stepOf(terms.digits.get(tariff.currency) ?? 0) },
    })),
    defaultUnit: terms.defaultUnit,
    currencies: currencies(Object.fromEntries(terms.aliases)),
  };
}
