// The tables as Kysely sees them, the same on SQLite and PostgreSQL: text, integers and nothing else. The migrations make
// them; a test compares what the database really holds with an allow-list.
import type { AdmissionTables } from './tables/admission.ts';
import type { AuditLogTables } from './tables/audit-log.ts';
import type { CountingTables } from './tables/counting.ts';
import type { DeviceTables } from './tables/devices.ts';
import type { LimitTables } from './tables/limits.ts';
import type { OfficeWorkTables } from './tables/office-work.ts';
import type { OrganizationTables } from './tables/organizations.ts';
import type { PeopleTables } from './tables/people.ts';
import type { ResponseTables } from './tables/responses.ts';

/** One row. */
interface DatabaseLifeTable {
  id: 'this';
  /** A random UUID; another after a restore. */
  epoch: string;
  /** By what this database is told from a copy of it. @see sqliteEpoch, postgresEpoch */
  place: string;
}

/** Kysely's own. */
interface MigrationTable {
  name: string;
}

export interface Tables
  extends
    OrganizationTables,
    ResponseTables,
    AdmissionTables,
    CountingTables,
    DeviceTables,
    OfficeWorkTables,
    PeopleTables,
    LimitTables,
    AuditLogTables {
  database_life: DatabaseLifeTable;
  kysely_migration: MigrationTable;
}
