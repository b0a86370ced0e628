// The tables as Kysely sees them, the same on SQLite and PostgreSQL: text, integers and nothing else. The migrations make
// them; a test compares what the database really holds with an allow-list.

interface OrganizationTable {
  id: string;
  parent: string | null;
  kind: 'city' | 'district' | 'department';
  /** LocalizedName as JSON. */
  names: string;
}

interface AssessmentTable {
  organization_id: string;
  id: string;
  fiscal_year: number;
  /** Instrument ids as JSON. */
  instruments: string;
}

interface DepartmentTable {
  organization_id: string;
  assessment_id: string;
  number: number;
  /** LocalizedName as JSON. */
  names: string;
  /** Targets by instrument id as JSON. */
  targets: string;
  /** 0 or 1. */
  retired: number;
}

interface ChannelTable {
  code: string;
  organization_id: string;
  assessment_id: string;
  instrument: string;
  department: number | null;
  service: number | null;
  state: 'open' | 'closed';
}

/** Everything that is stored of a response, wherever it ends. */
export interface ResponseTable {
  id: string;
  channel: string;
  /** The day the server received it, ISO, in Thailand. */
  day: string;
  digest: string;
  body: string;
}

interface SetUpTokenTable {
  /** SHA-256 of the token; the token itself is only in the link. */
  hash: string;
}

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

export interface Tables {
  organizations: OrganizationTable;
  assessments: AssessmentTable;
  departments: DepartmentTable;
  channels: ChannelTable;
  responses: ResponseTable;
  conflicts: ResponseTable;
  quarantine: ResponseTable;
  set_up_tokens: SetUpTokenTable;
  database_life: DatabaseLifeTable;
  kysely_migration: MigrationTable;
}
