// Requests that the tests of this folder share.
import { charge, freshReference } from '../contract/asking';
import type { Parts } from '../support/requests';
import { SPLIT_PAYERS } from '../support/samples';

/** chargeSplitAmount between two. */
export function split(
  percents: readonly [number, number],
  amount: string,
  more: Parts = {},
): Parts {
  return {
    splitInfo: percents.map((percent, index) => ({
      endUserIdentifier: SPLIT_PAYERS[index] ?? '',
      percent: String(percent),
    })),
    ...charge({ amount }),
    referenceCode: freshReference(),
    ...more,
  };
}
