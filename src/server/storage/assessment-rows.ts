import { isDeepStrictEqual } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import * as z from 'zod/mini';
import { type Assessment, departmentSchema } from '#core/contract/assessment.ts';
import { complaintChannelsSchema } from '#core/contract/complaints.ts';
import { localizedNameSchema } from '#core/contract/language-schema.ts';
import type { StoredChannel } from './storage.ts';
import type { Tables } from './tables.ts';

const instrumentIdsSchema = z.array(z.string());

function assessmentColumns({ life, ...assessment }: Assessment) {
  return {
    fiscal_year: assessment.fiscalYear,
    instruments: JSON.stringify(assessment.instruments),
    suppression_threshold: assessment.suppressionThreshold,
    complaints: assessment.complaints ? JSON.stringify(assessment.complaints) : null,
    state: life.state,
    opens_on: life.opensOn,
    closes_on: life.closesOn,
    deleted_on: assessment.deletedOn,
  };
}

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
    head_count: department.headCount ?? null,
    retired: department.retired ? 1 : 0,
  };
}

function channelRow(organizationId: string, channel: StoredChannel): Tables['channels'] {
  const { assessment, ...rest } = channel;
  return { ...rest, organization_id: organizationId, assessment_id: assessment };
}

async function insertDepartments(
  database: Kysely<Tables>,
  organizationId: string,
  { id, departments }: Assessment,
): Promise<void> {
  await database
    .insertInto('departments')
    .values(departments.map((department) => departmentRow(organizationId, id, department)))
    .execute();
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
    .values({ id, parent: null, kind: 'district', names, position: 0 })
    .execute();
  return id;
}

export async function insertAssessment(
  database: Kysely<Tables>,
  assessment: Assessment,
  channels: readonly StoredChannel[],
  { newId, organization }: { newId: () => string; organization?: string | undefined },
): Promise<void> {
  const organizationId =
    organization ?? (await organizationOf(database, assessment.organization, newId));
  await database
    .insertInto('assessments')
    .values({
      organization_id: organizationId,
      id: assessment.id,
      ...assessmentColumns(assessment),
    })
    .execute();
  await insertDepartments(database, organizationId, assessment);
  await insertChannels(database, organizationId, channels);
}

/**
 * Makes everybody else who would change the assessment wait, on both databases; returns its organization, undefined if the
 * assessment is gone.
 */
async function lockAssessment(
  transaction: Transaction<Tables>,
  id: string,
): Promise<string | undefined> {
  const row = await transaction
    .updateTable('assessments')
    .set((column) => ({ fiscal_year: column.ref('fiscal_year') }))
    .where('id', '=', id)
    .returning('organization_id')
    .executeTakeFirst();
  return row?.organization_id;
}

/**
 * A changed name is the organization's, so the years before show it as well.
 *
 * @see Storage.updateAssessment
 */
export async function replaceAssessment(
  transaction: Transaction<Tables>,
  before: Assessment,
  after: Assessment,
  newChannels: readonly StoredChannel[],
): Promise<boolean> {
  const organizationId = await lockAssessment(transaction, before.id);
  const [current] = await selectAssessments(transaction, before.id);
  if (organizationId === undefined || !isDeepStrictEqual(current, before)) return false;
  await transaction
    .updateTable('organizations')
    .set({ names: JSON.stringify(after.organization) })
    .where('id', '=', organizationId)
    .execute();
  await transaction
    .updateTable('assessments')
    .set(assessmentColumns(after))
    .where('id', '=', before.id)
    .execute();
  await transaction
    .deleteFrom('departments')
    .where('organization_id', '=', organizationId)
    .where('assessment_id', '=', before.id)
    .execute();
  await insertDepartments(transaction, organizationId, after);
  await insertChannels(transaction, organizationId, newChannels);
  return true;
}

/** The assessments of the ids, or all of them; the latest fiscal year first. */
export async function selectAssessments(
  database: Kysely<Tables>,
  id: string | null,
): Promise<Assessment[]> {
  let assessments = database
    .selectFrom('assessments')
    .innerJoin('organizations', 'organizations.id', 'assessments.organization_id')
    .selectAll('assessments')
    .select('organizations.names')
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
      ...(department.head_count === null ? {} : { headCount: department.head_count }),
      retired: department.retired === 1,
    })),
    suppressionThreshold: row.suppression_threshold,
    ...(row.complaints !== null && {
      complaints: complaintChannelsSchema.parse(JSON.parse(row.complaints)),
    }),
    life: { state: row.state, opensOn: row.opens_on, closesOn: row.closes_on },
    deletedOn: row.deleted_on,
  }));
}
