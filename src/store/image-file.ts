// A ledger as one file that leaves this process and comes back, perhaps changed: nothing in it is believed unseen.
import type Database from 'better-sqlite3';
import { openForeignBytes, openOwnBytes } from './database';
import { digestOf } from './digest';
import { imageOf, type LedgerImage, standingAlone } from './image';
import { asLedgerFileError, damaged, LedgerFileError } from './ledger-file-error';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema';
import { demandSoundness } from './soundness';

/** What errors say in the place of a path. */
const SUBJECT = 'to be imported';

/** The header of a database: SQLite's own mark, and where the layout and the owner stand in it. */
const HEADER = { mark: 'SQLite format 3\0', layoutAt: 60, ownerAt: 68, bytes: 100 } as const;

export interface ImageFile {
  readonly image: LedgerImage;
  /** What was written along; undefined for the bare file of a ledger. */
  readonly state?: string;
}

/** What a file carries beside the tables of a ledger; in no ledger that is in use. */
interface Extras {
  readonly digest: string;
  readonly state: string;
}

/** The bytes of an SQLite database that holds the ledger, its digest and a text of the caller's. */
export function writeImageFile(image: LedgerImage, state: string): Buffer {
  const database = openOwnBytes(image);
  try {
    const digest = fingerprintOf(database);
    database.exec(
      'CREATE TABLE export(id INTEGER PRIMARY KEY CHECK(id = 1), digest TEXT NOT NULL, state TEXT NOT NULL) STRICT',
    );
    database.prepare('INSERT INTO export VALUES (1, ?, ?)').run(digest, state);
    return standingAlone(database.serialize());
  } finally {
    database.close();
  }
}

/**
 * Reads what writeImageFile wrote, or the file of a ledger that was closed cleanly. Throws LedgerFileError for what is
 * no ledger, of another layout, damaged, changed since it was written, or whose books do not balance.
 */
export function readImageFile(bytes: Uint8Array): ImageFile {
  const copy = Buffer.from(bytes);
  if (!isLedger(copy)) {
    throw new LedgerFileError(
      'What is to be imported is neither an exported sandbox nor a ledger.',
    );
  }
  const isPresentLayout = copy.readUInt32BE(HEADER.layoutAt) === SCHEMA_VERSION;
  let database: Database.Database | undefined;
  try {
    database = openForeignBytes(standingAlone(copy), SUBJECT);
    const extras = takeExtras(database);
    demandSoundness(database, SUBJECT);
    // A ledger that was brought to another layout has another digest.
    if (extras !== undefined && isPresentLayout && fingerprintOf(database) !== extras.digest) {
      throw new LedgerFileError(damaged(SUBJECT, 'it is not what was exported'));
    }
    return { image: imageOf(database), ...(extras !== undefined && { state: extras.state }) };
  } catch (error) {
    throw asLedgerFileError(error, SUBJECT);
  } finally {
    database?.close();
  }
}

/** The digest, and ledger time, which is not in it. */
function fingerprintOf(database: Database.Database): string {
  const time = database.prepare<[], number>('SELECT ledger_time FROM meta').pluck().get();
  return `${digestOf(database)} ${time}`;
}

function isLedger(bytes: Buffer): boolean {
  return (
    bytes.length >= HEADER.bytes &&
    bytes.toString('latin1', 0, HEADER.mark.length) === HEADER.mark &&
    bytes.readUInt32BE(HEADER.ownerAt) === APPLICATION_ID
  );
}

function takeExtras(database: Database.Database): Extras | undefined {
  const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'export'").get();
  if (known === undefined) return undefined;
  const extras = database.prepare<[], Extras>('SELECT digest, state FROM export').get();
  database.exec('DROP TABLE export');
  if (extras === undefined) throw new LedgerFileError(damaged(SUBJECT, 'its state is missing'));
  return extras;
}
