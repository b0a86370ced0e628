import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { checklistEntrySchema, checklistWeightsSchema } from '#core/contract/oit.ts';
import type { StoredChecklist } from './storage.ts';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { Tables } from './tables.ts';

const entriesSchema = z.array(checklistEntrySchema);

/** What is compared and written; the same content is always the same text. */
const contentOf = ({ instrument, weights, entries }: StoredChecklist) => ({
  instrument,
  weights: canonicalJson(weights),
  entries: canonicalJson(entries),
});

/** @see Storage.findChecklist */
export async function selectChecklist(
  database: Kysely<Tables>,
  assessment: string,
): Promise<StoredChecklist | null> {
  const row = await database
    .selectFrom('oit_checklists')
    .select(['instrument', 'weights', 'entries'])
    .where('assessment_id', '=', assessment)
    .executeTakeFirst();
  return row
    ? {
        instrument: row.instrument,
        weights: checklistWeightsSchema.parse(JSON.parse(row.weights)),
        entries: entriesSchema.parse(JSON.parse(row.entries)),
      }
    : null;
}

/**
 * One statement, so that of two who change the same checklist at once one finds it changed.
 *
 * @see Storage.replaceChecklist
 */
export async function replaceChecklist(
  database: Kysely<Tables>,
  assessment: string,
  before: StoredChecklist | null,
  after: StoredChecklist,
): Promise<boolean> {
  const content = contentOf(after);
  if (before === null) {
    const { numInsertedOrUpdatedRows } = await insertOfAssessment(
      database,
      'oit_checklists',
      assessment,
      content,
    )
      .onConflict((conflict) => conflict.columns(['organization_id', 'assessment_id']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const expected = contentOf(before);
  const { numUpdatedRows } = await database
    .updateTable('oit_checklists')
    .set(content)
    .where('assessment_id', '=', assessment)
    .where('instrument', '=', expected.instrument)
    .where('weights', '=', expected.weights)
    .where('entries', '=', expected.entries)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
