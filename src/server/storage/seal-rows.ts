import type { Kysely } from 'kysely';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { SealSecret } from './storage.ts';
import type { Tables } from './tables.ts';

/** @see Storage.createAssessment */
export async function insertSealSecret(
  database: Kysely<Tables>,
  assessment: string,
  { secret, keys }: SealSecret,
): Promise<void> {
  await insertOfAssessment(database, 'seal_secrets', assessment, { secret, keys }).execute();
}

/** @see Storage.findSealSecret */
export async function selectSealSecret(
  database: Kysely<Tables>,
  assessment: string,
): Promise<SealSecret | null> {
  const row = await database
    .selectFrom('seal_secrets')
    .select(['secret', 'keys'])
    .where('assessment_id', '=', assessment)
    .executeTakeFirst();
  return row ?? null;
}

/** @see Storage.renewSealKey */
export async function renewSealKey(
  database: Kysely<Tables>,
  assessment: string,
): Promise<number | null> {
  const row = await database
    .updateTable('seal_secrets')
    .set((column) => ({ keys: column('keys', '+', 1) }))
    .where('assessment_id', '=', assessment)
    .returning('keys')
    .executeTakeFirst();
  return row?.keys ?? null;
}
