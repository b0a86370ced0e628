import { isDeepStrictEqual } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import * as z from 'zod/mini';
import { type Assessment, departmentSchema } from '#core/contract/assessment.ts';
import { complaintChannelsSchema } from '#core/contract/complaints.ts';
import { localizedNameSchema } from '#core/contract/language-schema.ts';
import { holdBranch, isNameTaken, lockTree } from './lock-tree.ts';
import { KEPT_YEAR } from './places.ts';
import type { StoredChannel } from './storage.ts';
import type { Tables } from './tables.ts';

/** What became of a change to an assessment; the refusals are the contract's problem codes. */
export type AssessmentChange = 'done' | 'changed-meanwhile' | 'organization-exists' | 'year-taken';

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

/** The organization at the top of that Thai name, made if there is none. */
export async function organizationOf(
  transaction: Transaction<Tables>,
  organization: Assessment['organization'],
  newId: () => string,
): Promise<string> {
  const tree = await lockTree(transaction);
  const known = tree.find((other) =>
    isNameTaken([other], { id: '', parent: null, name: organization }),
  );
  if (known) return known.id;
  const id = newId();
  const names = JSON.stringify(organization);
  await transaction
    .insertInto('organizations')
    .values({ id, parent: null, kind: 'district', names, position: 0 })
    .execute();
  return id;
}

/** Whether an organization has an assessment of the year, or is gone itself. Two who ask this of the tree wait for each other. */
export async function isYearTaken(
  transaction: Transaction<Tables>,
  organization: string,
  fiscalYear: number,
): Promise<boolean> {
  if (!(await holdBranch(transaction, organization))) return true;
  const known = await transaction
    .selectFrom('assessments')
    .select('id')
    .where('organization_id', '=', organization)
    .where('fiscal_year', '=', fiscalYear)
    .where('deleted_on', 'is', null)
    .executeTakeFirst();
  return known !== undefined;
}

export async function insertAssessment(
  transaction: Transaction<Tables>,
  assessment: Assessment,
  channels: readonly StoredChannel[],
  organizationId: string,
): Promise<void> {
  await transaction
    .insertInto('assessments')
    .values({
      organization_id: organizationId,
      id: assessment.id,
      kept_year: assessment.fiscalYear,
      ...assessmentColumns(assessment),
    })
    .execute();
  await insertDepartments(transaction, organizationId, assessment);
  await insertChannels(transaction, organizationId, channels);
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

/** Gives an organization another name; false if one beside it has that. */
async function renameOrganization(
  transaction: Transaction<Tables>,
  id: string,
  name: Assessment['organization'],
): Promise<boolean> {
  const tree = await lockTree(transaction);
  const parent = tree.find((known) => known.id === id)?.parent ?? null;
  if (isNameTaken(tree, { id, parent, name })) return false;
  await transaction
    .updateTable('organizations')
    .set({ names: JSON.stringify(name) })
    .where('id', '=', id)
    .execute();
  return true;
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
): Promise<AssessmentChange> {
  const organizationId = await lockAssessment(transaction, before.id);
  const [current] = await selectAssessments(transaction, before.id);
  if (organizationId === undefined || !isDeepStrictEqual(current, before))
    return 'changed-meanwhile';
  const isBack = before.deletedOn !== null && after.deletedOn === null;
  const isOfOther = before.fiscalYear !== after.fiscalYear && after.deletedOn === null;
  if ((isBack || isOfOther) && (await isYearTaken(transaction, organizationId, after.fiscalYear)))
    return 'year-taken';
  const isRenamed = !isDeepStrictEqual(before.organization, after.organization);
  if (isRenamed && !(await renameOrganization(transaction, organizationId, after.organization)))
    return 'organization-exists';
  await transaction
    .updateTable('assessments')
    .set({ ...assessmentColumns(after), kept_year: KEPT_YEAR })
    .where('id', '=', before.id)
    .execute();
  await transaction
    .deleteFrom('departments')
    .where('organization_id', '=', organizationId)
    .where('assessment_id', '=', before.id)
    .execute();
  await insertDepartments(transaction, organizationId, after);
  await insertChannels(transaction, organizationId, newChannels);
  return 'done';
}

const lifeOf = (
  row: Pick<Tables['assessments'], 'state' | 'opens_on' | 'closes_on'>,
): Assessment['life'] => ({ state: row.state, opensOn: row.opens_on, closesOn: row.closes_on });

/** @see Storage.listLives */
export async function selectLives(
  database: Kysely<Tables>,
): Promise<Pick<Assessment, 'id' | 'life'>[]> {
  const rows = await database
    .selectFrom('assessments')
    .select(['id', 'state', 'opens_on', 'closes_on'])
    .where('deleted_on', 'is', null)
    .execute();
  return rows.map((row) => ({ id: row.id, life: lifeOf(row) }));
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
  const [assessmentRows, departmentRows] = await Promise.all([
    assessments.execute(),
    departments.execute(),
  ]);
  const departmentsByAssessment = Map.groupBy(departmentRows, (row) => row.assessment_id);
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
    life: lifeOf(row),
    deletedOn: row.deleted_on,
  }));
}
