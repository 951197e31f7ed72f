// The tables of a ledger file, as SQLite sees them. Knows no rule of the business: `decide` has refused long before
// a CHECK or a trigger here can; they are the second lock on the door, and the audit proves what they do not.

/** `PXPE` in ASCII: marks a file as a ledger of this emulator. */
export const APPLICATION_ID = 0x50585045;

/** The layout below. A file with a higher one was written by a newer emulator. */
export const SCHEMA_VERSION = 1;

/** Every table with its primary key, in the order in which a digest reads them. */
export const TABLES = [
  { name: 'subscriber', key: 'address' },
  { name: 'account', key: 'id' },
  { name: 'tx', key: 'number' },
  { name: 'transfer', key: 'tx, line' },
  { name: 'reservation', key: 'id' },
  { name: 'reference_use', key: 'application, space, code, sequence' },
  { name: 'bill_entry', key: 'session, line' },
  { name: 'meta', key: 'id' },
] as const;

/** The same bound as MONEY_LIMITS.counterMicros. */
const MOST = '1000000000000000000';

/**
 * Wallets have ids above zero, applications and the operator below: a transfer has one of each, and
 * the higher id is its wallet. That makes one index do for everything asked by subscriber.
 */
const CREATE_TABLES = `
CREATE TABLE subscriber(
  address TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK(status IN ('active', 'barred'))
) STRICT, WITHOUT ROWID;

CREATE TABLE account(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN ('subscriber', 'application', 'operator')),
  owner TEXT NOT NULL,
  currency TEXT NOT NULL,
  credits INTEGER NOT NULL DEFAULT 0 CHECK(credits BETWEEN 0 AND ${MOST}),
  debits INTEGER NOT NULL DEFAULT 0 CHECK(debits BETWEEN 0 AND ${MOST}),
  held INTEGER NOT NULL DEFAULT 0 CHECK(held BETWEEN 0 AND ${MOST}),
  credit_limit INTEGER NOT NULL DEFAULT 0 CHECK(credit_limit BETWEEN 0 AND ${MOST}),
  UNIQUE(kind, owner, currency),
  CHECK((kind = 'subscriber') = (id > 0)),
  CHECK(id > 0 OR (credits = 0 AND debits = 0 AND held = 0 AND credit_limit = 0)),
  CHECK(credits - debits - held + credit_limit >= 0)
) STRICT;

CREATE TABLE tx(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  application TEXT,
  reference_code TEXT,
  reservation INTEGER REFERENCES tx(number),
  code TEXT,
  notes TEXT,
  volume INTEGER,
  unit TEXT
) STRICT;

CREATE TABLE transfer(
  tx INTEGER NOT NULL REFERENCES tx(number),
  line INTEGER NOT NULL,
  layer TEXT NOT NULL CHECK(layer IN ('posted', 'pending')),
  debit INTEGER NOT NULL REFERENCES account(id),
  credit INTEGER NOT NULL REFERENCES account(id),
  amount INTEGER NOT NULL CHECK(amount BETWEEN 1 AND ${MOST}),
  wallet INTEGER AS (max(debit, credit)),
  CHECK((debit > 0) <> (credit > 0)),
  PRIMARY KEY(tx, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservation(
  id INTEGER PRIMARY KEY REFERENCES tx(number),
  application TEXT NOT NULL,
  wallet INTEGER NOT NULL REFERENCES account(id) CHECK(wallet > 0),
  reserved INTEGER NOT NULL CHECK(reserved BETWEEN 0 AND ${MOST}),
  charged INTEGER NOT NULL CHECK(charged BETWEEN 0 AND reserved),
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('open', 'released', 'expired')),
  closed_by INTEGER REFERENCES tx(number),
  texts TEXT NOT NULL,
  unit TEXT,
  volume_reserved INTEGER,
  volume_charged INTEGER,
  rate_micros INTEGER,
  rate_per INTEGER,
  rate_rounding TEXT CHECK(rate_rounding IN ('half_up', 'up', 'down')),
  rate_step INTEGER,
  CHECK((state = 'open') = (closed_by IS NULL)),
  CHECK(volume_charged BETWEEN 0 AND volume_reserved)
) STRICT;

CREATE TABLE reference_use(
  application TEXT NOT NULL,
  space TEXT NOT NULL CHECK(space IN ('charge', 'refund')),
  code TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  tx INTEGER NOT NULL REFERENCES tx(number),
  PRIMARY KEY(application, space, code, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE bill_entry(
  session INTEGER NOT NULL REFERENCES tx(number),
  line INTEGER NOT NULL,
  wallet INTEGER NOT NULL REFERENCES account(id) CHECK(wallet > 0),
  application TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('charge', 'refund')),
  amount INTEGER NOT NULL CHECK(amount BETWEEN 0 AND ${MOST}),
  at INTEGER NOT NULL,
  texts TEXT NOT NULL,
  PRIMARY KEY(session, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  ledger_time INTEGER NOT NULL,
  transactions INTEGER NOT NULL
) STRICT;
`;

// An index with keys in random order costs a charge about 5 us of pages written, so there is one on the hot path:
// transfer_wallet. bill_free holds only what transfer_wallet cannot find: entries that moved no money.
const CREATE_INDEXES = `
CREATE INDEX transfer_wallet ON transfer(wallet);
CREATE INDEX bill_free ON bill_entry(wallet) WHERE amount = 0;
CREATE INDEX reservation_wallet ON reservation(wallet);
CREATE INDEX reservation_due ON reservation(expires_at) WHERE state = 'open';
`;

// Order is guarded once a batch, where the batch notes its time and its last number: one look for many rows.
const CREATE_GUARDS = `
CREATE TRIGGER ledger_order BEFORE UPDATE ON meta
WHEN NEW.ledger_time < OLD.ledger_time
  OR NEW.transactions <> (SELECT coalesce(max(number), 0) FROM tx)
  OR NEW.transactions - OLD.transactions <> (SELECT count(*) FROM tx
    WHERE number > OLD.transactions AND at BETWEEN OLD.ledger_time AND NEW.ledger_time)
BEGIN SELECT RAISE(ABORT, 'a transaction number is missing or time went back'); END;

CREATE TRIGGER account_guard BEFORE UPDATE ON account
WHEN NEW.credits < OLD.credits OR NEW.debits < OLD.debits OR NEW.id <> OLD.id
  OR NEW.kind <> OLD.kind OR NEW.owner <> OLD.owner OR NEW.currency <> OLD.currency
BEGIN SELECT RAISE(ABORT, 'the counters of a wallet only grow'); END;

CREATE TRIGGER reservation_guard BEFORE UPDATE ON reservation
WHEN OLD.state <> 'open' OR NEW.charged < OLD.charged OR NEW.id <> OLD.id OR NEW.wallet <> OLD.wallet
BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and its charge only grows'); END;

${appendOnly('tx', 'UPDATE', 'DELETE')}
${appendOnly('transfer', 'UPDATE', 'DELETE')}
${appendOnly('reference_use', 'UPDATE', 'DELETE')}
${appendOnly('bill_entry', 'UPDATE', 'DELETE')}
${appendOnly('account', 'DELETE')}
${appendOnly('reservation', 'DELETE')}
${appendOnly('subscriber', 'DELETE')}
${appendOnly('meta', 'DELETE')}
`;

/** Creates everything in an empty database, which it also marks as ours; to be run inside one transaction. */
export const CREATE_SCHEMA = `
${CREATE_TABLES}
${CREATE_INDEXES}
${CREATE_GUARDS}
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

function appendOnly(table: string, ...actions: readonly ('UPDATE' | 'DELETE')[]): string {
  return actions
    .map(
      (action) => `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n');
}
