import type { Kysely } from 'kysely';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { type EnteredFigures, enteredFiguresSchema } from '#core/contract/figures.ts';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { Tables } from './tables.ts';

/** @see Storage.findFigures */
export async function selectFigures(
  database: Kysely<Tables>,
  assessment: string,
): Promise<EnteredFigures | null> {
  const row = await database
    .selectFrom('entered_figures')
    .select('figures')
    .where('assessment_id', '=', assessment)
    .executeTakeFirst();
  return row ? enteredFiguresSchema.parse(JSON.parse(row.figures)) : null;
}

/**
 * One statement, so that of two who change the same figures at once one finds them changed. The same content is always the
 * same text.
 *
 * @see Storage.replaceFigures
 */
export async function replaceFigures(
  database: Kysely<Tables>,
  assessment: string,
  before: EnteredFigures | null,
  after: EnteredFigures,
): Promise<boolean> {
  const figures = canonicalJson(after);
  if (before === null) {
    const { numInsertedOrUpdatedRows } = await insertOfAssessment(
      database,
      'entered_figures',
      assessment,
      { figures },
    )
      .onConflict((conflict) => conflict.columns(['organization_id', 'assessment_id']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await database
    .updateTable('entered_figures')
    .set({ figures })
    .where('assessment_id', '=', assessment)
    .where('figures', '=', canonicalJson(before))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
