// A real sandbox, made to order for a world and read in the form that the model's holdings have.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProvisionCommand } from '../../src/ledger/commands';
import { createCurrencies } from '../../src/ledger/currency';
import { identifierOf } from '../../src/ledger/reservation-identifier';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { type VirtualClock, virtualClock } from '../../src/sandbox/time/clock';
import { createCodec } from '../../src/soap/codec';
import type { OperationKey, Operations } from '../../src/wsdl/operations.generated';
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';
import type { Answer } from './faults';
import type { AdjustStep, DeliverStep, IssueStep } from './history';
import type { Holdings } from './holdings';
import { realTerms } from './real-terms';
import type { OpenSubject, Subject } from './run';
import type { Request } from './vocabulary';
import { APPLICATIONS, type Provision, type World } from './world';

/** What of src/ a subject is made of; a test of broken rules brings broken parts. */
export interface Parts {
  readonly createSandbox: typeof createSandbox;
  readonly createCurrencies: typeof createCurrencies;
  readonly identifierOf: typeof identifierOf;
}

/** Sandboxes as they are. */
export const openSandbox = subjectsOf({ createSandbox, createCurrencies, identifierOf });

/** Sandboxes made of these parts. */
export function subjectsOf(parts: Parts): OpenSubject {
  return async (world) => {
    const subject = new SandboxSubject(world, parts);
    await subject.provision(world.provisions);
    return subject;
  };
}

const codec = createCodec(loadPackagedCatalogue());

class SandboxSubject implements Subject {
  private readonly folder: string | undefined;
  private readonly clock: VirtualClock;
  private sandbox: Sandbox;

  constructor(
    private readonly world: World,
    private readonly parts: Parts,
  ) {
    this.folder = world.durable ? mkdtempSync(join(tmpdir(), 'simulation-')) : undefined;
    this.clock = (world.clockJumps ? jumpingClock : virtualClock)(world.start);
    this.sandbox = this.open();
  }

  async provision(provisions: readonly Provision[]): Promise<void> {
    await this.sandbox.provision(provisions.map(commandOf));
  }

  async perform(operation: string, request: Request, application: string): Promise<Answer> {
    const real = request as Operations[OperationKey]['request'];
    const outcome = await this.sandbox.perform(operation as OperationKey, real, application);
    if ('fault' in outcome) return { fault: outcome.fault };
    const duplicate = outcome.notes.includes('reference.duplicate');
    return { response: outcome.response, duplicate };
  }

  moveClock(instant: number): void {
    this.clock.set(instant);
  }

  async tick(): Promise<void> {
    await this.sandbox.ledger.tick();
  }

  async stand(subscriber: string, status: 'active' | 'barred'): Promise<void> {
    await this.sandbox.provision([{ kind: 'provision', subscriber, status }]);
  }

  async issue({ id, ...command }: IssueStep): Promise<string | undefined> {
    const decision = await this.sandbox.ledger.submit(command);
    return 'evidenceReference' in decision ? decision.evidenceReference : undefined;
  }

  async deliver(reference: string, { subscriber, outcome }: DeliverStep): Promise<void> {
    const whom = subscriber === undefined ? {} : { subscriber };
    await this.sandbox.ledger.submit({ kind: 'deliver', reference, outcome, ...whom });
  }

  async adjust(command: AdjustStep): Promise<'adjusted' | 'refused'> {
    const decision = await this.sandbox.ledger.submit(command);
    return 'transactions' in decision ? 'adjusted' : 'refused';
  }

  async expire(reservationIdentifier: string): Promise<'expired' | 'refused'> {
    const [application] = APPLICATIONS;
    const decision = await this.sandbox.ledger.submit({
      kind: 'expire',
      application,
      reservationIdentifier,
      early: true,
    });
    return 'transactions' in decision ? 'expired' : 'refused';
  }

  async restart(): Promise<void> {
    if (this.folder === undefined) return;
    const present = this.clock.now();
    const time = this.sandbox.ledger.read.ledgerTime();
    await this.sandbox.close();
    // One that begins behind its ledger runs by an offset from then on; here it is to show what the clock shows.
    this.clock.set(Math.max(present, time));
    this.sandbox = this.open();
    this.clock.set(present);
  }

  holdings(): Holdings {
    const { read } = this.sandbox.ledger;
    return {
      subscribers: read.subscribers(),
      wallets: read.wallets(),
      reservations: read.reservations().map((reservation) => {
        return { ...reservation, identifier: this.parts.identifierOf(reservation.id) };
      }),
      bill: read.billEntries(),
      evidence: read.evidences().map((piece) => ({ ...piece, used: piece.usedBy !== undefined })),
      earnings: APPLICATIONS.flatMap((application) =>
        read.applicationBalances(application).map((sum) => ({ application, ...sum })),
      ),
    };
  }

  undone(): (number | undefined)[] {
    const all = Array.from(this.sandbox.ledger.read.transactions());
    const charges = all.filter(({ kind }) => kind === 'charge' || kind === 'capture');
    const places = new Map(charges.map(({ number }, place) => [number, place]));
    return all
      .filter(({ kind }) => kind === 'refund')
      .map(({ undoes }) => (undoes ? places.get(undoes.charge) : undefined));
  }

  violations(): string[] {
    const violations = this.sandbox.ledger.audit();
    return violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`);
  }

  digest(): string {
    return this.sandbox.ledger.digest();
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true });
  }

  private open(): Sandbox {
    const terms = new Map(
      [...this.world.terms].map(([application, agreed]) => {
        return [application, realTerms(agreed, this.parts.createCurrencies)];
      }),
    );
    return this.parts.createSandbox({
      name: 'simulation',
      file: this.folder === undefined ? ':memory:' : join(this.folder, 'ledger.db'),
      clock: this.clock,
      // A provision is asked by no application: any terms will do for it.
      terms: (application) => terms.get(application || APPLICATIONS[0])!,
      codec,
    });
  }
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

function commandOf({ subscriber, status, wallet }: Provision): ProvisionCommand {
  if (wallet === undefined) return { kind: 'provision', subscriber, status };
  const { currency, credits: balance, creditLimit } = wallet;
  return { kind: 'provision', subscriber, status, currency, balance, creditLimit };
}
