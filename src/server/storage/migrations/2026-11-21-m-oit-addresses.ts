import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import * as z from 'zod/mini';
import { canonicalJson } from '#core/contract/canonical-json.ts';

interface TablesOfThatDay {
  oit_checklists: { organization_id: string; assessment_id: string; entries: string };
}

const textOrNull = z.nullable(z.string());

/** An entry as it was: one address at most. */
const formerEntriesSchema = z.array(
  z.strictObject({
    item: z.string(),
    url: textOrNull,
    responsible: z.string(),
    note: z.string(),
    state: z.string(),
    due: textOrNull,
    points: z.nullable(z.number()),
  }),
);

/** An item may be on several pages of an office's web site. The texts are compared as a whole, so they are rewritten. */
export const oitAddresses: Migration = {
  async up(database: Kysely<TablesOfThatDay>) {
    const rows = await database
      .selectFrom('oit_checklists')
      .select(['organization_id', 'assessment_id', 'entries'])
      .execute();
    for (const row of rows) {
      const entries = formerEntriesSchema
        .parse(JSON.parse(row.entries))
        .map(({ url, ...entry }) => ({ ...entry, urls: url === null ? [] : [url] }));
      await database
        .updateTable('oit_checklists')
        .set({ entries: canonicalJson(entries) })
        .where('organization_id', '=', row.organization_id)
        .where('assessment_id', '=', row.assessment_id)
        .execute();
    }
  },
};
