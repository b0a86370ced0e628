import { Dexie, type DexieOptions, type EntityTable } from 'dexie';
import type { AcknowledgedRow } from './acknowledged-row.ts';
import type { CalendarRow } from './calendar.ts';
import { countRows, type CountersRow } from './counters.ts';
import { DATABASE_NAME } from './database-name.ts';
import type { LeaseRow } from './lease.ts';
import type { OutboxRow } from './outbox-row.ts';

/**
 * The device's database. Rows are typed as we write them and parsed when they are read. Strict durability: a write that
 * resolves is on disk, not in a buffer of the operating system.
 *
 * Version 1: `outbox`, by envelope id. Version 2: `acknowledged`, by envelope id: what the server holds, to be offered again
 * when its database was restored; `counters`, by channel; `leases`; `calendar`. An envelope is in one of `outbox` and
 * `acknowledged`, never in both.
 */
export class Database extends Dexie {
  declare readonly outbox: EntityTable<OutboxRow, 'id'>;
  declare readonly acknowledged: EntityTable<AcknowledgedRow, 'id'>;
  declare readonly counters: EntityTable<CountersRow, 'channel'>;
  declare readonly leases: EntityTable<LeaseRow, 'name'>;
  declare readonly calendar: EntityTable<CalendarRow, 'name'>;

  constructor(options: DexieOptions = {}) {
    super(DATABASE_NAME, { chromeTransactionDurability: 'strict', ...options });
    this.version(1).stores({ outbox: 'id' });
    this.version(2)
      .stores({
        acknowledged: 'id,epoch,day',
        counters: 'channel',
        leases: 'name',
        calendar: 'name',
      })
      .upgrade(async () => countRows(this));
  }
}
