// Terms for tests: the defaults of the standard's policies, to be overridden line by line.
import { createCurrencies } from '../../src/ledger/currency';
import type { Terms } from '../../src/ledger/terms';

export function testTerms(overrides: Partial<Terms> = {}): Terms {
  return {
    policy: {
      Currency: 'EUR',
      MaximumEndUserIdentifier: 10,
      SplitChargingAvailable: true,
      ReservationDuration: { metric: 'Minute', units: 30 },
      MaximumDescriptions: 10,
      MaximumConfirmationRefs: 10,
    },
    allowedCurrencies: undefined,
    maximumAmountPerTransaction: new Map(),
    maximumAmountPerMonth: new Map(),
    duplicateReferences: 'report',
    confirmation: {
      mode: 'when-present',
      accepts: new Set(['DeliveredToTerminal'] as const),
      windowMs: undefined,
    },
    refunds: 'open',
    unknownAccounts: 'create',
    openingBalance: () => 1_000_000_000n,
    countryCode: undefined,
    codeWins: false,
    prices: [],
    tariffs: [],
    defaultUnit: 'events',
    currencies: createCurrencies(),
    ...overrides,
  };
}
