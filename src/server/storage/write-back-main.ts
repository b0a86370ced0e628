// The thread that writes the log of a SQLite file back into it, so that the server's own takes answers meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { isStorageUnavailable } from './storage-error.ts';

/** While more is written, it follows so many times: the log begins anew only with what is written while all of it is in the file. */
const MOST_ROUNDS = 4;

const handle = new Database(String(workerData), { fileMustExist: true });
// The log is on disk before the file is changed, and the file before the log begins anew.
handle.pragma('synchronous = FULL');

/** What one look or one round of writing says of the pages in the log: how many there are, and how many of them are in the file. */
interface Checkpoint {
  log: number;
  checkpointed: number;
}

function isLogAhead(): boolean {
  const found = handle.pragma('wal_checkpoint(noop)') as Checkpoint[];
  return found.some(({ log, checkpointed }) => log > checkpointed);
}

function writeBack(): void {
  try {
    // Passive: nobody who writes or reads has to wait for it.
    for (let round = 0; round < MOST_ROUNDS && isLogAhead(); round++)
      handle.pragma('wal_checkpoint(passive)');
  } catch (error) {
    // A full disk: the log stays as it is, with everything in it.
    if (!isStorageUnavailable(error)) throw error;
  }
}

parentPort?.on('message', (asked: 'write back' | 'end') => {
  if (asked === 'write back') {
    writeBack();
    parentPort?.postMessage(null, []);
  } else {
    handle.close();
    parentPort?.close();
  }
});
