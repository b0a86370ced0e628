import * as z from 'zod/mini';
import type { Dice } from './dice.ts';
import type { Tally } from './tally.ts';

/** A response, or what was set aside, as it stands in the database. */
const storedRowsSchema = z.array(
  z.object({ id: z.string(), channel: z.string(), digest: z.string(), body: z.string() }),
);

export type StoredRow = z.infer<typeof storedRowsSchema>[number];

/** All that a database holds in the end. */
export interface Stored {
  responses: readonly StoredRow[];
  /** The conflicts and the quarantined. */
  setAside: readonly StoredRow[];
}

/** Reads the tables; `rowsOf` resolves to what the database answers. */
export async function readStored(
  rowsOf: (question: string) => Promise<unknown[]> | unknown[],
): Promise<Stored> {
  const read = async (table: string) =>
    storedRowsSchema.parse(await rowsOf(`select id, channel, digest, body from ${table}`));
  return {
    responses: await read('responses'),
    setAside: [...(await read('conflicts')), ...(await read('quarantine'))],
  };
}

/** With what a trouble is decided and noted. */
export interface Chance {
  dice: Dice;
  tally: Tally;
}

/** Something goes wrong, and is right again when it resolves. */
export type Trouble = (chance: Chance) => Promise<void>;

/** An office's machine: its server processes and their database, and what can happen to them. */
export interface Site {
  /** Where one of the servers listens, one after the other; null while none does. */
  url(): string | null;
  /** Starts everything; `publicUrl` is where devices reach it. */
  start(publicUrl: string): Promise<void>;
  readonly troubles: readonly Trouble[];
  /** Copies the database as one is told to; resolves to the folder of the copy. */
  backup(): Promise<string>;
  /** Puts such a copy into the database's place. */
  restore(backup: string, chance: Chance): Promise<void>;
  /** Asks the servers to end. What they stored can be read then. */
  stop(): Promise<void>;
  read(): Promise<Stored>;
  remove(): Promise<void>;
}
