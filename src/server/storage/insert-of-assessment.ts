import type { Insertable, InsertQueryBuilder, InsertResult, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

interface Place {
  organization_id: string;
  assessment_id: string;
}

type TableOfAssessments = {
  [Table in keyof Tables]: Tables[Table] extends Place ? Table : never;
}[keyof Tables];

/** Inserts a row that belongs to an assessment, with the organization of that; none where there is no such assessment. */
export function insertOfAssessment<Table extends TableOfAssessments>(
  database: Kysely<Tables>,
  table: Table,
  assessment: string,
  values: Omit<Insertable<Tables[Table]>, keyof Place>,
): InsertQueryBuilder<Tables, Table, InsertResult> {
  const columns = ['organization_id', 'assessment_id', ...Object.keys(values)];
  const row = database
    .selectFrom('assessments')
    .where('id', '=', assessment)
    .select((column) => [
      column.ref('organization_id').as('organization_id'),
      column.ref('id').as('assessment_id'),
      ...Object.entries(values).map(([name, value]) => column.val(value).as(name)),
    ]);
  return database
    .insertInto(table)
    .columns(columns as never)
    .expression(row);
}
