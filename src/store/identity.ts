// Whose database a file is, by the application_id that its owner signed it with. Changes nothing.
import type Database from 'better-sqlite3';

/** True for a database that nobody has put anything into, so that it may become anybody's. */
export function isEmpty(database: Database.Database): boolean {
  return (
    isSignedAs(database, 0) &&
    database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0
  );
}

export function isSignedAs(database: Database.Database, applicationId: number): boolean {
  return database.pragma('application_id', { simple: true }) === applicationId;
}
