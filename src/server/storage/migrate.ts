import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { firstTables, type Dialect } from './migrations/2026-11-20-first-tables.ts';
import { databaseLife } from './migrations/2026-11-21-a-database-life.ts';
import { deviceReports } from './migrations/2026-11-21-b-device-reports.ts';
import { oitChecklists } from './migrations/2026-11-21-d-oit-checklists.ts';
import { assessmentLife } from './migrations/2026-11-21-e-assessment-life.ts';
import { enteredFigures } from './migrations/2026-11-21-f-entered-figures.ts';
import { auditLog } from './migrations/2026-11-21-g-audit-log.ts';
import { invitations } from './migrations/2026-11-21-h-invitations.ts';
import { headCounts } from './migrations/2026-11-21-i-head-counts.ts';
import { recoveryLinks } from './migrations/2026-11-21-j-recovery-links.ts';
import { measures } from './migrations/2026-11-21-k-measures.ts';
import { auditIntents } from './migrations/2026-11-21-l-audit-intents.ts';
import { oitAddresses } from './migrations/2026-11-21-m-oit-addresses.ts';
import { sealSecrets } from './migrations/2026-11-21-p-seal-secrets.ts';
import { staffCodes } from './migrations/2026-11-21-q-staff-codes.ts';
import { displays } from './migrations/2026-11-21-r-displays.ts';
import { kiosks } from './migrations/2026-11-21-s-kiosks.ts';
import { complaintChannels } from './migrations/2026-11-21-u-complaint-channels.ts';
import { tallies } from './migrations/2026-11-22-v-tallies.ts';
import { sharedLimits } from './migrations/2026-11-22-w-shared-limits.ts';
import { branches } from './migrations/2026-11-22-z-branches.ts';
import { departmentPlans } from './migrations/2026-11-22-zd-department-plans.ts';
import { unreadable } from './migrations/2026-11-22-zf-unreadable.ts';
import { keysByOrganization } from './migrations/2026-11-22-zg-keys-by-organization.ts';
import { keptYears } from './migrations/2026-11-22-zh-kept-years.ts';
import { foundWithoutOrganization } from './migrations/2026-11-22-zm-found-without-organization.ts';
import { inviters } from './migrations/2026-11-23-a-inviters.ts';
import type { Tables } from './tables.ts';
import { noteNothing, type NotePart } from './update-progress.ts';

/** Every change of the tables that this build knows, by name; the names are in order. `note` hears the parts of what takes long. */
export function migrationsFor(
  dialect: Dialect,
  note: NotePart = noteNothing,
): Record<string, Migration> {
  return {
    '2026-11-20-first-tables': firstTables(dialect),
    '2026-11-21-a-database-life': databaseLife,
    '2026-11-21-b-device-reports': deviceReports(dialect),
    '2026-11-21-d-oit-checklists': oitChecklists,
    '2026-11-21-e-assessment-life': assessmentLife,
    '2026-11-21-f-entered-figures': enteredFigures,
    '2026-11-21-g-audit-log': auditLog(dialect),
    '2026-11-21-h-invitations': invitations,
    '2026-11-21-i-head-counts': headCounts,
    '2026-11-21-j-recovery-links': recoveryLinks,
    '2026-11-21-k-measures': measures,
    '2026-11-21-l-audit-intents': auditIntents,
    '2026-11-21-m-oit-addresses': oitAddresses,
    '2026-11-21-p-seal-secrets': sealSecrets,
    '2026-11-21-q-staff-codes': staffCodes(dialect),
    '2026-11-21-r-displays': displays,
    '2026-11-21-s-kiosks': kiosks,
    '2026-11-21-u-complaint-channels': complaintChannels,
    '2026-11-22-v-tallies': tallies(dialect),
    '2026-11-22-w-shared-limits': sharedLimits(dialect),
    '2026-11-22-z-branches': branches,
    '2026-11-22-zd-department-plans': departmentPlans,
    '2026-11-22-zf-unreadable': unreadable,
    '2026-11-22-zg-keys-by-organization': keysByOrganization(dialect, note),
    '2026-11-22-zh-kept-years': keptYears,
    '2026-11-22-zm-found-without-organization': foundWithoutOrganization(dialect, note),
    '2026-11-23-a-inviters': inviters,
  };
}

/** The database has tables that this build does not know. */
export class NewerDatabase extends Error {
  constructor() {
    super('the database was used by a newer program');
    this.name = 'NewerDatabase';
  }
}

/** The database lacks changes of its tables that this build brings, or has no tables at all. */
export class OlderDatabase extends Error {
  constructor() {
    super('the database is not of this version yet');
    this.name = 'OlderDatabase';
  }
}

/** The names of the changes that were made. What another process is just making is not among them. */
async function readDone(database: Kysely<Tables>): Promise<string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const done = await database.selectFrom('kysely_migration').select('name').execute();
  return done.map(({ name }) => name);
}

function refuseNewer(done: readonly string[], migrations: Record<string, Migration>): void {
  if (done.some((name) => !Object.hasOwn(migrations, name))) throw new NewerDatabase();
}

/** How many changes of its tables a database lacks that has some already: making them may take minutes. */
export async function countOutstanding(
  database: Kysely<Tables>,
  dialect: Dialect,
): Promise<number> {
  const done = await readDone(database);
  if (done.length === 0) return 0;
  return Math.max(0, Object.keys(migrationsFor(dialect)).length - done.length);
}

/** Changes nothing. @throws NewerDatabase or OlderDatabase unless the tables are those of this version */
export async function refuseOtherTables(database: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const migrations = migrationsFor(dialect);
  const done = await readDone(database);
  refuseNewer(done, migrations);
  if (done.length < Object.keys(migrations).length) throw new OlderDatabase();
}

/**
 * Brings the database to this version's tables; changes nothing where they are there already. All of it is one transaction:
 * whatever stops it, the tables are those of before.
 *
 * @throws NewerDatabase, or the error of the migration that failed
 */
export async function migrate(
  database: Kysely<Tables>,
  dialect: Dialect,
  migrations = migrationsFor(dialect),
  note: NotePart = noteNothing,
): Promise<void> {
  refuseNewer(await readDone(database), migrations);
  const noted = Object.entries(migrations).map(([name, migration]) => {
    const up = async (changed: Kysely<never>) => note(name).then(() => migration.up(changed));
    return [name, { up }] as const;
  });
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(noted)) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error) throw error;
}
