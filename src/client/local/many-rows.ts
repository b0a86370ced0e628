/** A table that is read by its keys. */
interface Gettable<Row> {
  get(key: string): Promise<Row | undefined>;
}

interface Puttable<Row> {
  put(row: Row): Promise<unknown>;
}

interface Deletable {
  delete(key: string): Promise<void>;
}

/** The row of each key, in their order. */
export async function getAll<Row>(
  table: Gettable<Row>,
  keys: readonly string[],
): Promise<(Row | undefined)[]> {
  return Promise.all(keys.map(async (key) => table.get(key)));
}

/** Adds the rows, or replaces those with the same key. */
export async function putAll<Row>(table: Puttable<Row>, rows: readonly Row[]): Promise<void> {
  await Promise.all(rows.map(async (row) => table.put(row)));
}

export async function deleteAll(table: Deletable, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map(async (key) => table.delete(key)));
}
