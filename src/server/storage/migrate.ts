import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { firstTables, type Dialect } from './migrations/2026-11-20-first-tables.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the database to this version's tables; changes nothing where they are there already.
 *
 * @throws the error of the migration that failed; the ones before it stay done
 */
export async function migrate(database: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: {
      getMigrations: () => Promise.resolve({ '2026-11-20-first-tables': firstTables(dialect) }),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
