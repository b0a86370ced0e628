import { createHash } from 'node:crypto';

/** A row's values as text, in the order of the columns; null where there is none. */
export type RowText = readonly (string | null)[];

/** What tells whether two tables have the same rows, in whatever order. */
export interface TableDigest {
  rows: number;
  /** The sum of the rows' hashes, in hex. */
  sum: string;
}

const MODULUS = 2n ** 256n;

/** Adds rows up, one by one; a row that is missing, doubled or changed makes another sum. */
export function createTableDigest() {
  let rows = 0;
  let sum = 0n;
  return {
    add(row: RowText): void {
      const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
      rows += 1;
      sum = (sum + BigInt(`0x${hash}`)) % MODULUS;
    },
    read: (): TableDigest => ({ rows, sum: sum.toString(16) }),
  };
}
