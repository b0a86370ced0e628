import { wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import idbReady from 'safari-14-idb-fix';
import type { AcknowledgedRow } from './acknowledged-row.ts';
import type { CalendarRow } from './calendar.ts';
import { countRows, type CountersRow } from './counters.ts';
import { DATABASE_NAME } from './database-name.ts';
import type { LeaseRow } from './lease.ts';
import type { OutboxRow } from './outbox-row.ts';
import { StorageBlocked } from './storage-trouble.ts';

interface Tables extends DBSchema {
  outbox: { key: string; value: OutboxRow };
  acknowledged: { key: string; value: AcknowledgedRow; indexes: { epoch: string; day: number } };
  counters: { key: string; value: CountersRow };
  leases: { key: string; value: LeaseRow };
  calendar: { key: string; value: CalendarRow };
}

export type TableName = StoreNames<Tables>;
type Connection = IDBPDatabase<Tables>;
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Tables, TableName[], Mode>;

/** A transaction that may write. It ends by itself when nothing in it is waited for, so await nothing else inside. */
export type Change = Transaction<'readwrite'>;

/** One try to open the database. What it gives rejects while another page blocks the upgrade, and is there afterwards. */
interface Opening {
  connection: Promise<Connection>;
}

/** Tens, because builds before this one used a library that counts so: its version 2 is the browser's 20. */
const FIRST_VERSION = 10;
const VERSION = 20;

/**
 * The device's database. Rows are typed as we write them and parsed when they are read. Strict durability: a write that
 * resolves is on disk, not in a buffer of the operating system.
 *
 * First version: `outbox`, by envelope id. Now also: `acknowledged`, by envelope id: what the server holds, to be offered again
 * when its database was restored; `counters`, by channel; `leases`; `calendar`. An envelope is in one of `outbox` and
 * `acknowledged`, never in both.
 *
 * It is opened by the first transaction, and anew by the next one after the browser or another page made it let go.
 */
export interface Database {
  /** Rejects with StorageBlocked as long as another page holds an older version open, else with the browser's error. */
  open(): Promise<Connection>;
  close(): void;
  /**
   * Resolves with what the work resolves with, when all that it wrote is on disk. Rejects, and nothing of it happens, where the
   * work or the browser fails.
   */
  transaction<T, Mode extends 'readonly' | 'readwrite'>(
    tables: TableName[],
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<T>,
  ): Promise<T>;
}

/**
 * `factory`: some browsers throw already when they are asked for it. No class: for its private parts the oldest browsers would get
 * helpers, on every phone.
 */
export function createDatabase(factory = () => indexedDB): Database {
  let current: Opening | null = null;

  function forget(opening: Opening): void {
    if (current === opening) current = null;
  }

  function hold(opening: Opening, connection: Connection): Connection {
    if (current === opening) {
      opening.connection = Promise.resolve(connection); // rejected until now where another page was in the way
      connection.addEventListener('close', () => forget(opening));
      connection.addEventListener('versionchange', () => {
        connection.close();
        forget(opening);
      });
    } else {
      connection.close(); // given up meanwhile
    }
    return connection;
  }

  function begin(): Opening {
    const opening: Opening = {
      connection: new Promise((resolve, reject) => {
        connect(factory, () => reject(new StorageBlocked()))
          .then((connection) => hold(opening, connection))
          .then(resolve, (error: unknown) => {
            forget(opening);
            reject(error);
          });
      }),
    };
    current = opening;
    return opening;
  }

  const open = async () => (current ?? begin()).connection;

  return {
    open,
    close() {
      const opening = current;
      current = null;
      opening?.connection.then(
        (connection) => connection.close(),
        () => undefined,
      );
    },
    async transaction(tables, mode, work) {
      const connection = await open();
      const transaction = connection.transaction(tables, mode, { durability: 'strict' });
      // Its end is waited for only when the work is done.
      transaction.done.catch(() => undefined);
      try {
        const result = await work(transaction);
        await transaction.done;
        return result;
      } catch (error) {
        abort(transaction);
        // What the browser ended it for says more than what the call in it says, which is that it was ended.
        throw transaction.error ?? error;
      }
    },
  };
}

async function connect(factory: () => IDBFactory, onBlocked: () => void): Promise<Connection> {
  await idbReady();
  try {
    return await openVersion(factory(), VERSION, onBlocked);
  } catch (error) {
    // A newer build was here. What it added does not disturb us.
    if ((error as Error | null)?.name !== 'VersionError') throw error;
    return openVersion(factory(), undefined, onBlocked);
  }
}

async function openVersion(
  factory: IDBFactory,
  version: number | undefined,
  onBlocked: () => void,
): Promise<Connection> {
  const request = factory.open(DATABASE_NAME, version);
  let cause: unknown = null;
  request.addEventListener('blocked', onBlocked);
  request.addEventListener('upgradeneeded', ({ oldVersion }) => {
    const connection = wrap(request.result) as unknown as Connection;
    const change = wrap(request.transaction as IDBTransaction) as unknown as Change;
    change.done.catch(() => undefined);
    upgrade(connection, change, oldVersion).catch((error: unknown) => {
      cause = error;
      abort(change);
    });
  });
  try {
    return (await wrap(request)) as unknown as Connection;
  } catch (error) {
    throw cause ?? error;
  }
}

async function upgrade(connection: Connection, change: Change, oldVersion: number): Promise<void> {
  if (oldVersion < FIRST_VERSION) connection.createObjectStore('outbox', { keyPath: 'id' });
  if (oldVersion < VERSION) {
    const acknowledged = connection.createObjectStore('acknowledged', { keyPath: 'id' });
    acknowledged.createIndex('epoch', 'epoch');
    acknowledged.createIndex('day', 'day');
    connection.createObjectStore('counters', { keyPath: 'channel' });
    connection.createObjectStore('leases', { keyPath: 'name' });
    connection.createObjectStore('calendar', { keyPath: 'name' });
    await countRows(change);
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
