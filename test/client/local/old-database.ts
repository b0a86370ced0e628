/** The device's database at a version of the browser's counting, as another build of the app opens it. */
export async function openAt(
  indexedDB: IDBFactory,
  version: number,
  upgrade: (database: IDBDatabase) => void = () => undefined,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('sucharit', version);
    request.addEventListener('upgradeneeded', () => upgrade(request.result));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('cannot be opened')));
    request.addEventListener('blocked', () => reject(new Error('another page holds it')));
  });
}

/** All rows of a table, by their keys. */
export async function rowsOf(database: IDBDatabase, table: string): Promise<unknown[]> {
  return new Promise((resolve) => {
    const request = database.transaction(table).objectStore(table).getAll();
    request.addEventListener('success', () => resolve(request.result as unknown[]));
  });
}

export async function putRows(
  database: IDBDatabase,
  table: string,
  rows: readonly object[],
): Promise<void> {
  return new Promise((resolve) => {
    const transaction = database.transaction(table, 'readwrite');
    for (const row of rows) transaction.objectStore(table).put(row);
    transaction.addEventListener('complete', () => resolve());
  });
}
