import type { Kysely } from 'kysely';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { type Measure, measureSchema } from '#core/contract/measures.ts';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { Tables } from './tables.ts';

/** @see Storage.listMeasures */
export async function selectMeasures(
  database: Kysely<Tables>,
  assessment: string,
): Promise<Measure[]> {
  const rows = await database
    .selectFrom('measures')
    .select('measure')
    .where('assessment_id', '=', assessment)
    .execute();
  return rows.map(({ measure }) => measureSchema.parse(JSON.parse(measure)));
}

/** @see Storage.addMeasure */
export async function insertMeasure(
  database: Kysely<Tables>,
  assessment: string,
  measure: Measure,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await insertOfAssessment(database, 'measures', assessment, {
    id: measure.id,
    measure: canonicalJson(measure),
  })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'assessment_id', 'id']).doNothing(),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * One statement, so that of two who change the same measure at once one finds it changed. The same content is always the
 * same text.
 *
 * @see Storage.replaceMeasure
 */
export async function updateMeasure(
  database: Kysely<Tables>,
  assessment: string,
  before: Measure,
  after: Measure,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('measures')
    .set({ measure: canonicalJson(after) })
    .where('assessment_id', '=', assessment)
    .where('id', '=', before.id)
    .where('measure', '=', canonicalJson(before))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** @see Storage.removeMeasure */
export async function deleteMeasure(
  database: Kysely<Tables>,
  assessment: string,
  measure: Measure,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('measures')
    .where('assessment_id', '=', assessment)
    .where('id', '=', measure.id)
    .where('measure', '=', canonicalJson(measure))
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
