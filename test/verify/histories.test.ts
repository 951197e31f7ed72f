// Whatever happens to a ledger: statements end where wallets are, and settlements where the accounts of applications are.
import { expect, test } from '@jest/globals';
import { createCurrencies } from '../../src/ledger/currency';
import { formatMicros } from '../../src/ledger/money';
import { identifierOf } from '../../src/ledger/reservation-identifier';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { createHistory } from '../simulation/history';
import { type OpenSubject, runHistory } from '../simulation/run';
import { subjectsOf } from '../simulation/subject';
import { APPLICATIONS } from '../simulation/world';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

test.each(SEEDS)('in the history of seed %d', async (seed) => {
  let inspected = 0;
  const open: OpenSubject = async (world) => {
    let sandbox: Sandbox | undefined;
    const subject = await subjectsOf({
      createCurrencies,
      identifierOf,
      createSandbox: (options) => {
        sandbox = createSandbox(options);
        return sandbox;
      },
    })(world);
    const { violations } = subject;
    // The run asks for violations whenever it looks at everything.
    subject.violations = () => {
      inspected += 1;
      return [
        ...violations.call(subject),
        ...(sandbox === undefined ? [] : contradictionsIn(sandbox)),
      ];
    };
    return subject;
  };

  const history = createHistory(seed, 500);
  const inMemory = { ...history, world: { ...history.world, durable: false } };
  expect(await runHistory(inMemory, open)).toHaveProperty('digest');
  expect(inspected).toBeGreaterThan(3);
});

/** Where a statement or a settlement says something else than the ledger. */
function contradictionsIn({ ledger, statement, settlement, terms, verify }: Sandbox): string[] {
  const { read } = ledger;
  const text = (amount: bigint, currency: string) =>
    formatMicros(amount, terms.terms(APPLICATIONS[0]).currencies.exponent(currency));
  const wallets = read.wallets().flatMap(({ subscriber, currency, credits, debits, held }) => {
    const { wallets: told } = statement({ subscriber, currency });
    const lines = told[0]?.lines ?? [];
    return different(`statement of ${subscriber} in ${currency}`, {
      said: [told[0]?.closing, told[0]?.held, lines.at(-1)?.balance, lines.at(-1)?.held],
      is: [
        text(credits - debits, currency),
        text(held, currency),
        ...(lines.length === 0
          ? [undefined, undefined]
          : [text(credits - debits, currency), text(held, currency)]),
      ],
    });
  });
  const balances = APPLICATIONS.flatMap((application) => {
    const moved = settlement({ application }).filter(
      ({ charged, refunded }) => Number(charged) > 0 || Number(refunded) > 0,
    );
    return different(`settlement of ${application}`, {
      said: moved.map(({ currency, net }) => `${net} ${currency}`),
      is: read
        .applicationBalances(application)
        .map(({ balance, currency }) => `${text(balance, currency)} ${currency}`),
    });
  });
  const holds = different('open holds', {
    said: verify.openHolds().map(({ reservation }) => reservation),
    is: read
      .reservations()
      .filter(({ state }) => state === 'open')
      .sort((one, other) => one.expiresAt - other.expiresAt || one.id - other.id)
      .map(({ id }) => identifierOf(id)),
  });
  return [...wallets, ...balances, ...holds];
}

function different(what: string, { said, is }: { readonly said: unknown; readonly is: unknown }) {
  const [one, other] = [JSON.stringify(said), JSON.stringify(is)];
  return one === other ? [] : [`${what}: ${one} for ${other}`];
}
