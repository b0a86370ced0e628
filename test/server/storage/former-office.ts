import { type Kysely, sql } from 'kysely';
import type { Tables } from '#server/storage/tables.ts';

/** An office of a database of any age, with one channel. */
export interface FormerOffice {
  organization: string;
  assessment: string;
  year: number;
  channel: string;
}

export const FORMER_OFFICE: FormerOffice = {
  organization: 'office',
  assessment: 'assessment',
  year: 2567,
  channel: 'AAAAAAAA',
};

/** Adds an office in the columns that the first tables had. */
export async function addFormerOffice(
  database: Kysely<Tables>,
  { organization, assessment, year, channel }: FormerOffice = FORMER_OFFICE,
): Promise<void> {
  await sql`insert into organizations (id, kind, names) values (${organization}, 'district', '{"th":"เขต"}')
    on conflict do nothing`.execute(database);
  await sql`insert into assessments (organization_id, id, fiscal_year, instruments)
    values (${organization}, ${assessment}, ${year}, '["iit-2567"]')`.execute(database);
  await sql`insert into channels (code, organization_id, assessment_id, instrument, state)
    values (${channel}, ${organization}, ${assessment}, 'iit-2567', 'open')`.execute(database);
}
