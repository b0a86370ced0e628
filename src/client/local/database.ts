import { Dexie, type DexieOptions, type EntityTable } from 'dexie';
import { DATABASE_NAME } from './database-name.ts';
import type { OutboxRow } from './outbox-row.ts';

/**
 * The device's database. Version 1: `outbox`, by envelope id. Rows are typed as we write them and parsed when they are
 * read. Strict durability: a write that resolves is on disk, not in a buffer of the operating system.
 */
export class Database extends Dexie {
  declare readonly outbox: EntityTable<OutboxRow, 'id'>;

  constructor(options: DexieOptions = {}) {
    super(DATABASE_NAME, { chromeTransactionDurability: 'strict', ...options });
    this.version(1).stores({ outbox: 'id' });
  }
}
