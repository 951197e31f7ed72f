// The tables of a ledger file, as SQLite sees them. Knows no rule of the business: `decide` has refused long before
// a CHECK or a trigger here can; they are the second lock on the door, and the audit proves what they do not.

/** `PXPE` in ASCII: marks a file as a ledger of this emulator. */
export const APPLICATION_ID = 0x50585045;

/** The layout below. A file with a higher one was written by a newer emulator. */
export const SCHEMA_VERSION = 2;

/**
 * Every table with its primary key, in the order in which a digest reads them, and the columns of it where that is not
 * all: ledger time passes with every look at the ledger, also when nothing comes of it.
 */
export const TABLES: readonly {
  readonly name: string;
  readonly key: string;
  readonly columns?: string;
}[] = [
  { name: 'subscriber', key: 'address' },
  { name: 'account', key: 'id' },
  { name: 'tx', key: 'number' },
  { name: 'transfer', key: 'tx, line' },
  { name: 'reservation', key: 'id' },
  { name: 'reference_use', key: 'application, space, code, sequence' },
  { name: 'bill_entry', key: 'session, line' },
  { name: 'evidence', key: 'id' },
  { name: 'evidence_recipient', key: 'evidence, line' },
  { name: 'seal', key: 'evidence, tx' },
  { name: 'mention', key: 'tx, line' },
  { name: 'undoing', key: 'refund' },
  { name: 'refunded', key: 'charge, wallet' },
  { name: 'meta', key: 'id', columns: 'id, transactions' },
];

/** The same bound as MONEY_LIMITS.counterMicros. */
const MOST = '1000000000000000000';

/**
 * Wallets have ids above zero, applications and the operator below: a transfer has one of each, and
 * the higher id is its wallet. `previous` is the transaction before it that moved money of that wallet, `latest` the last.
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
  latest INTEGER,
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
  previous INTEGER CHECK(previous < tx),
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

/**
 * Since layout 2. Nothing of it is touched by a charge that names no evidence. A seal is the digest of evidence as the
 * transaction that issued or steered it left it; `refunded.capped` is what came of refunds that may not exceed the charge.
 */
const CREATE_EVIDENCE = `
CREATE TABLE evidence(
  id INTEGER PRIMARY KEY REFERENCES tx(number),
  reference TEXT NOT NULL UNIQUE,
  application TEXT NOT NULL,
  service TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  used_by INTEGER REFERENCES tx(number),
  receipt TEXT
) STRICT;

CREATE TABLE evidence_recipient(
  evidence INTEGER NOT NULL REFERENCES evidence(id),
  line INTEGER NOT NULL,
  subscriber TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN ('delivered', 'impossible', 'uncertain', 'never')),
  settles_at INTEGER NOT NULL,
  receipt_awaited INTEGER NOT NULL CHECK(receipt_awaited IN (0, 1)),
  PRIMARY KEY(evidence, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal(
  evidence INTEGER NOT NULL REFERENCES evidence(id),
  tx INTEGER NOT NULL REFERENCES tx(number),
  digest BLOB NOT NULL,
  PRIMARY KEY(evidence, tx)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention(
  tx INTEGER NOT NULL REFERENCES tx(number),
  line INTEGER NOT NULL,
  reference TEXT NOT NULL,
  place TEXT NOT NULL CHECK(place IN ('confirmationRefs', 'description', 'delivery')),
  evidence INTEGER REFERENCES evidence(id),
  used INTEGER NOT NULL CHECK(used IN (0, 1)),
  CHECK(used = 0 OR evidence IS NOT NULL),
  PRIMARY KEY(tx, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE undoing(
  refund INTEGER PRIMARY KEY REFERENCES tx(number),
  charge INTEGER NOT NULL REFERENCES tx(number),
  capped INTEGER NOT NULL CHECK(capped IN (0, 1)),
  CHECK(charge < refund)
) STRICT;

CREATE TABLE refunded(
  charge INTEGER NOT NULL REFERENCES tx(number),
  wallet INTEGER NOT NULL REFERENCES account(id) CHECK(wallet > 0),
  total INTEGER NOT NULL CHECK(total BETWEEN 0 AND ${MOST}),
  capped INTEGER NOT NULL CHECK(capped BETWEEN 0 AND total),
  PRIMARY KEY(charge, wallet)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_evidence ON mention(evidence) WHERE evidence IS NOT NULL;
CREATE INDEX receipt_due ON evidence_recipient(settles_at) WHERE receipt_awaited = 1 AND outcome <> 'never';

CREATE TRIGGER evidence_guard BEFORE UPDATE ON evidence
WHEN NEW.id <> OLD.id OR NEW.reference <> OLD.reference OR NEW.application <> OLD.application
  OR NEW.service <> OLD.service OR NEW.issued_at <> OLD.issued_at OR NEW.receipt IS NOT OLD.receipt
  OR NEW.used_by <> OLD.used_by
BEGIN SELECT RAISE(ABORT, 'evidence stays what it is and is used by one charge at a time'); END;

CREATE TRIGGER recipient_guard BEFORE UPDATE ON evidence_recipient
WHEN NEW.subscriber <> OLD.subscriber OR NEW.receipt_awaited > OLD.receipt_awaited
BEGIN SELECT RAISE(ABORT, 'evidence covers whom it covered, and a receipt is sent once'); END;

CREATE TRIGGER refunded_guard BEFORE UPDATE ON refunded
WHEN NEW.total < OLD.total OR NEW.capped < OLD.capped
BEGIN SELECT RAISE(ABORT, 'what is refunded only grows'); END;

${appendOnly('evidence', 'DELETE')}
${appendOnly('evidence_recipient', 'DELETE')}
${appendOnly('seal', 'UPDATE', 'DELETE')}
${appendOnly('mention', 'UPDATE', 'DELETE')}
${appendOnly('undoing', 'UPDATE', 'DELETE')}
${appendOnly('refunded', 'DELETE')}
`;

// An index with keys in random order costs a charge about 5 us of pages written, so there is none on the hot path: what
// moved the money of a wallet is a chain, from account.latest back along transfer.previous. bill_free holds only what
// that chain does not lead to: entries that moved no money.
const CREATE_INDEXES = `
CREATE INDEX bill_free ON bill_entry(wallet) WHERE amount = 0;
CREATE INDEX reservation_wallet ON reservation(wallet);
CREATE INDEX reservation_due ON reservation(expires_at) WHERE state = 'open';
`;

const ACCOUNT_GUARD = `CREATE TRIGGER account_guard BEFORE UPDATE ON account
WHEN NEW.credits < OLD.credits OR NEW.debits < OLD.debits OR NEW.id <> OLD.id
  OR NEW.kind <> OLD.kind OR NEW.owner <> OLD.owner OR NEW.currency <> OLD.currency
  OR NEW.latest < OLD.latest
BEGIN SELECT RAISE(ABORT, 'the counters of a wallet only grow'); END;`;

// Order is guarded once a batch, where the batch notes its time and its last number: one look for many rows.
const CREATE_GUARDS = `
CREATE TRIGGER ledger_order BEFORE UPDATE ON meta
WHEN NEW.ledger_time < OLD.ledger_time
  OR NEW.transactions <> (SELECT coalesce(max(number), 0) FROM tx)
  OR NEW.transactions - OLD.transactions <> (SELECT count(*) FROM tx
    WHERE number > OLD.transactions AND at BETWEEN OLD.ledger_time AND NEW.ledger_time)
BEGIN SELECT RAISE(ABORT, 'a transaction number is missing or time went back'); END;

${ACCOUNT_GUARD}

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
${CREATE_EVIDENCE}
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Layout 1 found the transfers of a wallet by an index. The guards are made anew, because rows are filled in here once. */
const CHAIN_WALLETS = `
DROP INDEX transfer_wallet;
DROP TRIGGER IF EXISTS transfer_no_update;
DROP TRIGGER IF EXISTS account_guard;
ALTER TABLE account ADD COLUMN latest INTEGER;
ALTER TABLE transfer ADD COLUMN previous INTEGER CHECK(previous < tx);
UPDATE transfer SET previous = chain.before FROM (
  SELECT tx, line, max(tx) OVER (PARTITION BY wallet ORDER BY tx
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM transfer) AS chain
  WHERE transfer.tx = chain.tx AND transfer.line = chain.line;
UPDATE account SET latest = chain.last FROM (
  SELECT wallet, max(tx) AS last FROM transfer GROUP BY wallet) AS chain
  WHERE account.id = chain.wallet;
${appendOnly('transfer', 'UPDATE')}
${ACCOUNT_GUARD}
`;

/** What brings a file of an older layout to this one, by that layout; to be run inside one transaction. */
export const MIGRATIONS: ReadonlyMap<unknown, string> = new Map([
  [1, `${CHAIN_WALLETS}\n${CREATE_EVIDENCE}\nPRAGMA user_version = ${SCHEMA_VERSION};`],
]);

function appendOnly(table: string, ...actions: readonly ('UPDATE' | 'DELETE')[]): string {
  return actions
    .map(
      (action) => `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n');
}
