import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/tables.ts';

/** Whether this role may end a file of the log and have the old ones let go. There is no pg_checkpoint before PostgreSQL 15. */
const MAY_EMPTY = sql<boolean>`
  has_function_privilege('pg_switch_wal()', 'execute') and exists (
    select from pg_roles where rolname = current_user and rolsuper
    union all select from pg_roles where rolname = 'pg_checkpoint' and pg_has_role(oid, 'usage'))`;

/** A setting is null where this PostgreSQL does not know it. */
const setting = (name: string) => sql<string | null>`current_setting(${name}, true)`;

const isOn = (name: string) => sql<boolean>`coalesce(${setting(name)} <> 'off', false)`;

/** What is true where the rows stay in the order of their arrival, by the name of what keeps them. */
const KEEPERS = {
  role: sql<boolean>`not (${MAY_EMPTY})`,
  wal_recycle: isOn('wal_recycle'),
  wal_keep_size: sql<boolean>`${setting('wal_keep_size')} not in ('0', '0MB')`,
  archive_mode: isOn('archive_mode'),
  // It notes which pages were changed from when to when.
  summarize_wal: isOn('summarize_wal'),
  replication_slots: sql<boolean>`exists (select from pg_replication_slots)`,
  standby: sql<boolean>`exists (select from pg_stat_replication)`,
  track_commit_timestamp: isOn('track_commit_timestamp'),
  // The server's log in words: statements with what is put into them.
  log_statement: sql<boolean>`${setting('log_statement')} in ('mod', 'all')
    and ${setting('log_parameter_max_length')} <> '0'`,
  log_min_duration_statement: sql<boolean>`${setting('log_min_duration_statement')} <> '-1'
    and ${setting('log_parameter_max_length')} <> '0'`,
} as const;

/** What keeps the order of arrival where no tidying reaches: a setting of PostgreSQL, who else has its log, or what this role may not. */
export type Keeper = keyof typeof KEEPERS;

/** All that keeps the order beside the tables, in a fixed order; none on a cluster that is set up as docs/deploy.md says. */
export async function keepersOfOrder(database: Kysely<Tables>): Promise<Keeper[]> {
  const names = Object.keys(KEEPERS).filter((name): name is Keeper => name in KEEPERS);
  const { rows } = await sql<Record<Keeper, boolean | null>>`
    select ${sql.join(names.map((name) => sql`${KEEPERS[name]} as ${sql.ref(name)}`))}
  `.execute(database);
  return names.filter((name) => rows[0]?.[name] === true);
}

/**
 * Ends the file of the write-ahead log that is in use and has PostgreSQL let all before it go: after a checkpoint it needs none of
 * them. Does nothing where this role may not.
 */
export async function emptyLog(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ mayEmpty: boolean }>`select ${MAY_EMPTY} as "mayEmpty"`.execute(
    database,
  );
  if (!rows[0]?.mayEmpty) return;
  await sql`select pg_switch_wal()`.execute(database);
  await sql`checkpoint`.execute(database);
}
