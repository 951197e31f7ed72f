// A real sandbox in memory, made to order for a world and read in the form that the model's holdings have.
import { createCurrencies } from '../../src/ledger/currency';
import type { ProvisionCommand } from '../../src/ledger/model';
import { identifierOf } from '../../src/ledger/reservation-identifier';
import { type VirtualClock, virtualClock } from '../../src/sandbox/clock';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { createCodec } from '../../src/soap/codec';
import type { OperationKey, Operations } from '../../src/wsdl/operations.generated';
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';
import { realTerms } from './real-terms';
import type { OpenSubject, Subject } from './run';
import { APPLICATIONS, type Provision } from './world';

/** What of src/ a subject is made of; a test of broken rules brings broken parts. */
export interface Parts {
  readonly createSandbox: typeof createSandbox;
  readonly createCurrencies: typeof createCurrencies;
  readonly identifierOf: typeof identifierOf;
}

const codec = createCodec(loadPackagedCatalogue());

/** Sandboxes as they are. */
export const openSandbox = subjectsOf({ createSandbox, createCurrencies, identifierOf });

/** Sandboxes made of these parts. */
export function subjectsOf(parts: Parts): OpenSubject {
  return async (world) => {
    const clock = (world.clockJumps ? jumpingClock : virtualClock)(world.start);
    const terms = new Map(
      [...world.terms].map(([name, agreed]) => [name, realTerms(agreed, parts.createCurrencies)]),
    );
    const sandbox = parts.createSandbox({
      name: 'simulation',
      file: ':memory:',
      clock,
      // A provision is asked by no application: any terms will do for it.
      terms: (application) => terms.get(application || APPLICATIONS[0])!,
      codec,
    });
    await sandbox.provision(world.provisions.map(provisionOf));
    return subjectOf(sandbox, clock, parts);
  };
}

/** A clock that goes wherever it is put, and whose timers never fire: the ledger must not depend on either. */
function jumpingClock(start: number): VirtualClock {
  let present = start;
  return {
    now: () => present,
    after: () => () => {},
    set: (instant) => {
      present = instant;
    },
    advance: (ms) => {
      present += ms;
    },
  };
}

function provisionOf({ subscriber, status, wallet }: Provision): ProvisionCommand {
  if (wallet === undefined) return { kind: 'provision', subscriber, status };
  const { currency, credits: balance, creditLimit } = wallet;
  return { kind: 'provision', subscriber, status, currency, balance, creditLimit };
}

function subjectOf({ ledger, ...sandbox }: Sandbox, clock: VirtualClock, parts: Parts): Subject {
  return {
    async perform(operation, request, application) {
      const real = request as Operations[OperationKey]['request'];
      const outcome = await sandbox.perform(operation as OperationKey, real, application);
      if ('fault' in outcome) return { fault: outcome.fault };
      const duplicate = outcome.notes.includes('reference.duplicate');
      return { response: outcome.response, duplicate };
    },
    moveClock: clock.set,
    async tick() {
      await ledger.tick();
    },
    holdings: () => ({
      subscribers: ledger.read.subscribers(),
      wallets: ledger.read.wallets(),
      reservations: ledger.read.reservations().map((reservation) => {
        return { ...reservation, identifier: parts.identifierOf(reservation.id) };
      }),
      bill: ledger.read.billEntries(),
      earnings: APPLICATIONS.flatMap((application) =>
        ledger.read.applicationBalances(application).map((sum) => ({ application, ...sum })),
      ),
    }),
    violations: () => ledger.audit().map(({ invariant, sentence }) => `${invariant}: ${sentence}`),
    digest: () => ledger.digest(),
    close: sandbox.close,
  };
}
