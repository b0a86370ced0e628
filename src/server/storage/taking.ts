import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** @see Storage.takesAnswers */
export async function takesAnswers(database: Kysely<Tables>): Promise<boolean> {
  const isOnPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  // On a standby each transaction is one that only reads.
  const question = isOnPostgres
    ? sql<{ takes: boolean }>`select not current_setting('transaction_read_only')::boolean as takes`
    : sql<{ takes: number }>`select 1 as takes`;
  const { rows } = await question.execute(database);
  return Boolean(rows[0]?.takes);
}
