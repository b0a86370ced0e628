// The IndexedDB of one simulated device, and what browsers and disks do to it.
// oxlint-disable no-underscore-dangle -- fake-indexeddb names its insides so
import { createDatabase } from '#client/local/database.ts';
import type { Dice } from './dice.ts';
import type { Tally } from './tally.ts';
import { forceCloseDatabase, IDBFactory } from '../support/indexed-db.ts';

/** What fake-indexeddb has inside, where it has to be made to fail as real ones do. */
interface InnerTransaction extends IDBTransaction {
  _abort(errorName: string): void;
  _start(): void;
  _state: string;
}

/** What browsers call the same thing. */
const NO_ROOM = ['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED', 'UnknownError'];

type Sickness =
  | { kind: 'none' }
  /** Safari: every transaction throws, and no event says so. */
  | { kind: 'dead' }
  /** Nothing starts before so many milliseconds have passed. */
  | { kind: 'slow'; milliseconds: number };

/** One tab's connections to the device's database. */
export class TabStorage {
  readonly #storage: DeviceStorage;
  readonly #open = new Set<IDBDatabase>();
  #isClosed = false;
  /** Called when a transaction that writes has begun. */
  onWriting: () => void = () => undefined;

  constructor(storage: DeviceStorage) {
    this.#storage = storage;
  }

  /** `window.indexedDB` of the tab. */
  get indexedDB(): IDBFactory {
    const { factory } = this.#storage;
    return {
      open: (name: string, version?: number) => {
        // A tab that is gone opens nothing; what its code still waits for never comes.
        if (this.#isClosed) return new IDBOpenDBRequest();
        const request = version === undefined ? factory.open(name) : factory.open(name, version);
        request.addEventListener('success', () => this.#opened(request.result));
        return request;
      },
      deleteDatabase: (name: string) => factory.deleteDatabase(name),
      cmp: (one: unknown, other: unknown) => factory.cmp(one, other),
      databases: async () => factory.databases(),
    };
  }

  /** The end of the page: what was not committed is rolled back. */
  close(): void {
    this.#isClosed = true;
    this.#closeAll();
  }

  /** The browser ends every connection and says so. */
  loseConnection(): void {
    this.#closeAll();
  }

  #closeAll(): void {
    for (const database of this.#open) {
      for (const transaction of innerTransactions(database))
        if (transaction.db === database && transaction._state !== 'finished')
          transaction._abort('AbortError');
      forceCloseDatabase(database as never);
    }
    this.#open.clear();
  }

  /** From now on the connection is sick, until the code opens another. */
  sicken(sickness: Sickness): void {
    for (const database of this.#open) this.#infect(database, sickness);
  }

  #opened(database: IDBDatabase): void {
    if (this.#isClosed) {
      forceCloseDatabase(database as never);
      return;
    }
    this.#open.add(database);
    this.#infect(database, { kind: 'none' });
  }

  #infect(database: IDBDatabase, sickness: Sickness): void {
    // The prototype's, so that a second infection replaces the first.
    const begin = Object.getPrototypeOf(database).transaction as IDBDatabase['transaction'];
    database.transaction = (names, mode, options) => {
      if (sickness.kind === 'dead')
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      const transaction = begin.call(database, names, mode, options) as InnerTransaction;
      if (sickness.kind === 'slow') delayStart(transaction, sickness.milliseconds);
      if (mode === 'readwrite') {
        this.#storage.failPutsOf(transaction);
        setImmediate(() => this.onWriting());
      }
      return transaction;
    };
  }
}

function innerTransactions(database: IDBDatabase): InnerTransaction[] {
  const raw = (database as unknown as { _rawDatabase: { transactions: InnerTransaction[] } })
    ._rawDatabase;
  return [...raw.transactions];
}

function delayStart(transaction: InnerTransaction, milliseconds: number): void {
  let isOver = false;
  let isAsked = false;
  const start = transaction._start.bind(transaction);
  transaction._start = () => {
    if (isOver) start();
    else isAsked = true;
  };
  setTimeout(() => {
    isOver = true;
    if (isAsked) start();
  }, milliseconds);
}

/** The disk behind a device's tabs. */
export class DeviceStorage {
  readonly factory = new IDBFactory();
  isFull = false;
  readonly #dice: Dice;
  readonly #tally: Tally;

  constructor(dice: Dice, tally: Tally) {
    this.#dice = dice;
    this.#tally = tally;
  }

  /** How many wait in it, and how many were acknowledged in another epoch only. */
  async leftOver(epoch: string): Promise<{ waiting: number; elsewhere: number }> {
    const database = createDatabase(() => this.factory);
    try {
      return await database.transaction(['outbox', 'acknowledged'], 'readonly', async (reading) => {
        const acknowledged = reading.objectStore('acknowledged');
        const all = await acknowledged.count();
        return {
          waiting: await reading.objectStore('outbox').count(),
          elsewhere: all - (await acknowledged.index('epoch').count(epoch)),
        };
      });
    } finally {
      database.close();
    }
  }

  /** While there is no room, a put fails by itself, or is taken back when the transaction commits: browsers do both. */
  failPutsOf(transaction: InnerTransaction): void {
    const storeOf = transaction.objectStore.bind(transaction);
    transaction.objectStore = (name) => {
      const store = storeOf(name);
      const put = Object.getPrototypeOf(store).put as IDBObjectStore['put'];
      store.put = (value: unknown, key?: IDBValidKey) => {
        const request = key === undefined ? put.call(store, value) : put.call(store, value, key);
        if (this.isFull) this.#fail(transaction);
        return request;
      };
      return store;
    };
  }

  #fail(transaction: InnerTransaction): void {
    this.#tally.add('fault: device storage is full');
    const abort = () => {
      if (transaction._state !== 'finished') transaction._abort(this.#dice.pick(NO_ROOM));
    };
    if (this.#dice.chance(0.5)) setImmediate(abort);
    else setImmediate(() => setImmediate(abort));
  }
}
