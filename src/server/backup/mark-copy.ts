import Database from 'better-sqlite3';

/**
 * Makes a copy of a database one file, and tells it from its original: wherever it is put as the database, also by hand, the
 * server then begins a new epoch. `word` is a new random one.
 */
export function markCopy(file: string, word: string): void {
  const handle = new Database(file, { fileMustExist: true });
  try {
    // Ends write-ahead logging, which empties its log into the file.
    handle.pragma('journal_mode = DELETE');
    const isThere = handle.prepare("select 1 from sqlite_master where name = 'database_life'");
    // A database that no server of this version has opened yet has no such table.
    if (isThere.get() !== undefined)
      handle.prepare('update database_life set place = ?').run(`copy ${word}`);
  } finally {
    handle.close();
  }
}
