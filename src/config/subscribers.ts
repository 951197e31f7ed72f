// The subscribers of a configuration or seed as commands to a ledger: one a wallet, or one for a subscriber without.
import type { ProvisionCommand } from '../ledger/commands';
import { normaliseAddress } from '../payment/address';
import { type AmountInput, type MoneyContext, readCurrency, readPayable } from './amounts';
import { below, found, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type SubscriberInput = NonNullable<ConfigurationInput['subscribers']>[number];
type WalletInput = NonNullable<SubscriberInput['wallets']>[number];

/** Reports addresses that name no subscriber, subscribers and wallets that come twice, and amounts that cannot be. */
export function readSubscribers(
  input: readonly SubscriberInput[],
  countryCode: string | undefined,
  money: MoneyContext,
  report: Report,
): readonly ProvisionCommand[] {
  const seen = new Map<string, number>();
  return input.flatMap((entry, index) => {
    const at = below(report, index);
    const subscriber = normaliseAddress(entry.address.trim(), countryCode)?.address;
    if (subscriber === undefined) {
      at(
        ['address'],
        `found ${found(entry.address)}, expected an address of one subscriber such as "tel:+15550100"`,
      );
      return [];
    }
    const first = seen.get(subscriber);
    if (first !== undefined) at(['address'], `${subscriber} is there already, as entry ${first}`);
    seen.set(subscriber, first ?? index);

    const known = {
      kind: 'provision',
      subscriber,
      ...(entry.status !== undefined && { status: entry.status }),
    } as const;
    const wallets = entry.wallets ?? [];
    return wallets.length === 0
      ? [known]
      : readWallets(wallets, money, below(at, 'wallets')).map((wallet) => ({
          ...known,
          ...wallet,
        }));
  });
}

function readWallets(input: readonly WalletInput[], money: MoneyContext, report: Report) {
  const seen = new Set<string>();
  return input.map(({ currency: named, balance, creditLimit }, index) => {
    const at = below(report, index);
    const currency = readCurrency(named, money, below(at, 'currency'));
    if (seen.has(currency)) at(['currency'], `there is a wallet in ${currency} already`);
    seen.add(currency);
    const payable = (name: string, amount: AmountInput): bigint =>
      readPayable(amount, currency, money.currencies, below(at, name));
    return {
      currency,
      balance: payable('balance', balance),
      ...(creditLimit === undefined ? {} : { creditLimit: payable('creditLimit', creditLimit) }),
    };
  });
}
