// Reservations, one row each, rewritten as they change until they are closed.
import type Database from 'better-sqlite3';
import type { Reservation, ReservationState } from '../ledger/model';
import type { Rate } from '../ledger/rating';
import type { Instant } from '../ledger/time';
import type { Accounts } from './accounts';

interface ReservationRow {
  readonly id: bigint;
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  readonly reserved: bigint;
  readonly charged: bigint;
  readonly expiresAt: bigint;
  readonly state: ReservationState;
  readonly closedBy: bigint | null;
  readonly texts: string;
  /** The columns from here on are null together: for a reservation by amount. */
  readonly unit: string | null;
  readonly volumeReserved: bigint;
  readonly volumeCharged: bigint;
  readonly rateMicros: bigint;
  readonly ratePer: bigint;
  readonly rateRounding: Rate['rounding'];
  readonly rateStep: bigint;
}

/** A reservation whose time has come. */
export interface DueReservation {
  readonly id: number;
  readonly application: string;
  readonly expiresAt: Instant;
}

type Value = string | number | bigint | null;

const SELECT = `SELECT r.id, r.application, a.owner AS subscriber, a.currency, r.reserved, r.charged,
  r.expires_at AS expiresAt, r.state, r.closed_by AS closedBy, r.texts, r.unit,
  r.volume_reserved AS volumeReserved, r.volume_charged AS volumeCharged, r.rate_micros AS rateMicros,
  r.rate_per AS ratePer, r.rate_rounding AS rateRounding, r.rate_step AS rateStep
  FROM reservation r JOIN account a ON a.id = r.wallet`;

export class Reservations {
  readonly #accounts: Accounts;
  readonly #find;
  readonly #all;
  readonly #ofSubscriber;
  readonly #open;
  readonly #due;
  readonly #nextExpiry;
  readonly #insert;
  readonly #update;

  constructor(database: Database.Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#find = database.prepare<[number], ReservationRow>(`${SELECT} WHERE r.id = ?`);
    this.#all = database.prepare<[], ReservationRow>(`${SELECT} ORDER BY r.id`);
    this.#ofSubscriber = database.prepare<[string], ReservationRow>(
      `${SELECT} WHERE a.kind = 'subscriber' AND a.owner = ? ORDER BY r.id`,
    );
    this.#open = database.prepare<[], ReservationRow>(
      `${SELECT} WHERE r.state = 'open' ORDER BY r.expires_at, r.id`,
    );
    this.#due = database.prepare<
      [number, number],
      { id: bigint; application: string; expiresAt: bigint }
    >(
      `SELECT id, application, expires_at AS expiresAt FROM reservation
       WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, id LIMIT ?`,
    );
    this.#nextExpiry = database
      .prepare<[], bigint>(
        `SELECT expires_at FROM reservation WHERE state = 'open' ORDER BY expires_at LIMIT 1`,
      )
      .pluck();
    this.#insert = database.prepare<Value[]>(
      `INSERT INTO reservation(reserved, charged, expires_at, state, closed_by, texts,
         volume_reserved, volume_charged, id, application, wallet,
         unit, rate_micros, rate_per, rate_rounding, rate_step)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare<Value[]>(
      `UPDATE reservation SET reserved = ?, charged = ?, expires_at = ?, state = ?, closed_by = ?, texts = ?,
         volume_reserved = ?, volume_charged = ? WHERE id = ?`,
    );
  }

  find(id: number): Reservation | undefined {
    const row = this.#find.get(id);
    return row === undefined ? undefined : reservationOf(row);
  }

  /** In the order in which they were opened. */
  list(subscriber: string | undefined): Reservation[] {
    const rows = subscriber === undefined ? this.#all.all() : this.#ofSubscriber.all(subscriber);
    return rows.map(reservationOf);
  }

  /** In the order in which they run out. */
  open(): Reservation[] {
    return this.#open.all().map(reservationOf);
  }

  /** The open ones that expire at `now` or before, in the order in which they do, `most` of them. */
  due(now: Instant, most: number): DueReservation[] {
    return this.#due.all(now, most).map(({ id, application, expiresAt }) => ({
      id: Number(id),
      application,
      expiresAt: Number(expiresAt),
    }));
  }

  nextExpiry(): Instant | undefined {
    const at = this.#nextExpiry.get();
    return at === undefined ? undefined : Number(at);
  }

  add(reservation: Reservation): void {
    const { id, application, subscriber, currency, volume } = reservation;
    const wallet = this.#accounts.walletId(subscriber, currency);
    const rate = volume?.rate;
    this.#insert.run(
      ...changing(reservation),
      id,
      application,
      wallet,
      volume?.unit ?? null,
      rate?.micros ?? null,
      rate?.per ?? null,
      rate?.rounding ?? null,
      rate?.step ?? null,
    );
  }

  change(reservation: Reservation): void {
    this.#update.run(...changing(reservation), reservation.id);
  }
}

function changing(reservation: Reservation): Value[] {
  const { reserved, charged, expiresAt, state, closedBy, texts, volume } = reservation;
  return [
    reserved,
    charged,
    expiresAt,
    state,
    closedBy ?? null,
    JSON.stringify(texts),
    volume?.reserved ?? null,
    volume?.charged ?? null,
  ];
}

function reservationOf(row: ReservationRow): Reservation {
  const { application, subscriber, currency, reserved, charged, state, closedBy, unit } = row;
  return {
    id: Number(row.id),
    application,
    subscriber,
    currency,
    reserved,
    charged,
    expiresAt: Number(row.expiresAt),
    state,
    texts: JSON.parse(row.texts),
    ...(closedBy === null ? {} : { closedBy: Number(closedBy) }),
    ...(unit === null
      ? {}
      : {
          volume: {
            reserved: row.volumeReserved,
            charged: row.volumeCharged,
            unit,
            rate: {
              micros: row.rateMicros,
              per: row.ratePer,
              rounding: row.rateRounding,
              step: row.rateStep,
            },
          },
        }),
  };
}
