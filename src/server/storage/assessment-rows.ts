import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import { type Assessment, departmentSchema } from '#core/contract/assessment.ts';
import { localizedNameSchema } from '#core/contract/language-schema.ts';
import type { StoredChannel } from './storage.ts';
import type { Tables } from './tables.ts';

const instrumentIdsSchema = z.array(z.string());

function departmentRow(
  organizationId: string,
  assessmentId: string,
  department: Assessment['departments'][number],
): Tables['departments'] {
  return {
    organization_id: organizationId,
    assessment_id: assessmentId,
    number: department.number,
    names: JSON.stringify(department.name),
    targets: JSON.stringify(department.targets),
    retired: department.retired ? 1 : 0,
  };
}

function channelRow(organizationId: string, channel: StoredChannel): Tables['channels'] {
  const { assessment, ...rest } = channel;
  return { ...rest, organization_id: organizationId, assessment_id: assessment };
}

async function insertChannels(
  database: Kysely<Tables>,
  organizationId: string,
  channels: readonly StoredChannel[],
): Promise<void> {
  if (channels.length === 0) return;
  await database
    .insertInto('channels')
    .values(channels.map((channel) => channelRow(organizationId, channel)))
    .execute();
}

/** The organization of that Thai name, made if there is none. */
async function organizationOf(
  database: Kysely<Tables>,
  organization: Assessment['organization'],
  newId: () => string,
): Promise<string> {
  const roots = await database
    .selectFrom('organizations')
    .select(['id', 'names'])
    .where('parent', 'is', null)
    .execute();
  const known = roots.find(
    ({ names }) => localizedNameSchema.parse(JSON.parse(names)).th === organization.th,
  );
  if (known) return known.id;
  const id = newId();
  const names = JSON.stringify(organization);
  await database
    .insertInto('organizations')
    .values({ id, parent: null, kind: 'district', names })
    .execute();
  return id;
}

export async function insertAssessment(
  database: Kysely<Tables>,
  assessment: Assessment,
  channels: readonly StoredChannel[],
  newId: () => string,
): Promise<void> {
  const organizationId = await organizationOf(database, assessment.organization, newId);
  await database
    .insertInto('assessments')
    .values({
      organization_id: organizationId,
      id: assessment.id,
      fiscal_year: assessment.fiscalYear,
      instruments: JSON.stringify(assessment.instruments),
    })
    .execute();
  await database
    .insertInto('departments')
    .values(
      assessment.departments.map((department) =>
        departmentRow(organizationId, assessment.id, department),
      ),
    )
    .execute();
  await insertChannels(database, organizationId, channels);
}

/** A changed name is the organization's, so the years before show it as well. */
export async function replaceAssessment(
  database: Kysely<Tables>,
  assessment: Assessment,
  newChannels: readonly StoredChannel[],
): Promise<void> {
  const { organization_id: organizationId } = await database
    .selectFrom('assessments')
    .select('organization_id')
    .where('id', '=', assessment.id)
    .executeTakeFirstOrThrow();
  await database
    .updateTable('organizations')
    .set({ names: JSON.stringify(assessment.organization) })
    .where('id', '=', organizationId)
    .execute();
  await database
    .updateTable('assessments')
    .set({
      fiscal_year: assessment.fiscalYear,
      instruments: JSON.stringify(assessment.instruments),
    })
    .where('id', '=', assessment.id)
    .execute();
  await database
    .deleteFrom('departments')
    .where('organization_id', '=', organizationId)
    .where('assessment_id', '=', assessment.id)
    .execute();
  await database
    .insertInto('departments')
    .values(
      assessment.departments.map((department) =>
        departmentRow(organizationId, assessment.id, department),
      ),
    )
    .execute();
  await insertChannels(database, organizationId, newChannels);
}

/** The assessments of the ids, or all of them; the latest fiscal year first. */
export async function selectAssessments(
  database: Kysely<Tables>,
  id: string | null,
): Promise<Assessment[]> {
  let assessments = database
    .selectFrom('assessments')
    .innerJoin('organizations', 'organizations.id', 'assessments.organization_id')
    .select([
      'assessments.id',
      'assessments.fiscal_year',
      'assessments.instruments',
      'organizations.names',
    ])
    .orderBy('assessments.fiscal_year', 'desc')
    .orderBy('assessments.id');
  let departments = database.selectFrom('departments').selectAll().orderBy('number');
  if (id !== null) {
    assessments = assessments.where('assessments.id', '=', id);
    departments = departments.where('assessment_id', '=', id);
  }
  const assessmentRows = await assessments.execute();
  const departmentsByAssessment = Map.groupBy(
    await departments.execute(),
    (row) => row.assessment_id,
  );
  return assessmentRows.map((row) => ({
    id: row.id,
    organization: localizedNameSchema.parse(JSON.parse(row.names)),
    fiscalYear: row.fiscal_year,
    instruments: instrumentIdsSchema.parse(JSON.parse(row.instruments)),
    departments: (departmentsByAssessment.get(row.id) ?? []).map((department) => ({
      number: department.number,
      name: localizedNameSchema.parse(JSON.parse(department.names)),
      targets: departmentSchema.shape.targets.parse(JSON.parse(department.targets)),
      retired: department.retired === 1,
    })),
  }));
}
