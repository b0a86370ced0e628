// The tree of organizations. Whoever changes it waits for whoever else does: two moves at once could else make a ring.
import { isDeepStrictEqual } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import type { Organization, OrganizationDraft } from '#core/contract/organization.ts';
import type { ImportRow, ImportUndo } from '#core/contract/organization-import.ts';
import { mayStandBelow, reachOf } from '#core/organizations/branch.ts';
import { type ImportPlan, planImport } from '#core/organizations/plan-import.ts';
import { deleteInvitationsOutside } from './invitation-rows.ts';
import { isNameTaken, lockTree, selectOrganizations } from './lock-tree.ts';
import type { Tables } from './tables.ts';

/** What became of a change to the tree; the refusals are the contract's problem codes. */
export type OrganizationChange =
  | 'done'
  | 'not-found'
  | 'organization-exists'
  | 'organization-in-use'
  | 'organization-below-itself'
  | 'changed-meanwhile';

export interface OrganizationStorage {
  /** All of them, in their order. */
  listOrganizations(): Promise<Organization[]>;
  /** Where each assessment belongs: the organization's id by the assessment's. */
  listPlaces(): Promise<Map<string, string>>;
  /** Null if there is no such assessment. */
  organizationOf(assessment: string): Promise<string | null>;
  /** Adds them all or none, each behind those that its parent has; one may stand below another of them that comes before it. */
  addOrganizations(organizations: readonly Organization[]): Promise<OrganizationChange>;
  /** Where it moves, with what is below it, invitations to it end that were made by somebody who does not see it any more. */
  changeOrganization(id: string, draft: OrganizationDraft): Promise<OrganizationChange>;
  /** Only one that has nothing below it: neither organizations nor assessments, accounts or invitations that are good at `now` (ISO, UTC). */
  removeOrganization(id: string, now: string): Promise<OrganizationChange>;
  /** Adds and changes what an import names below an organization, all of it, or nothing where something clashes; null if that one is gone. */
  importOrganizations(
    parent: string,
    rows: readonly ImportRow[],
    newId: () => string,
  ): Promise<ImportPlan | null>;
  /** Takes an import below an organization back, all of it or nothing: only what nobody changed or used since. */
  takeImportBack(parent: string, undo: ImportUndo, now: string): Promise<OrganizationChange>;
}

/** So many rows are inserted by one statement. */
const ROWS_AT_ONCE = 200;

/** Takes its changes back, and tells why. */
class Refused extends Error {
  readonly change: OrganizationChange;

  constructor(change: OrganizationChange) {
    super(change);
    this.change = change;
  }
}

/** Whether anything belongs to one of them: an organization that is none of them, an assessment, an account, an invitation. */
async function areUsed(
  transaction: Transaction<Tables>,
  tree: readonly Organization[],
  ids: ReadonlySet<string>,
): Promise<boolean> {
  const isBelow = ({ id, parent }: Organization) =>
    parent !== null && ids.has(parent) && !ids.has(id);
  if (tree.some(isBelow)) return true;
  const uses = [
    transaction
      .selectFrom('assessments')
      .select('id')
      .where('organization_id', 'in', [...ids]),
    transaction
      .selectFrom('user')
      .select('id')
      .where('branch', 'in', [...ids]),
    transaction
      .selectFrom('invitations')
      .select('id')
      .where('branch', 'in', [...ids]),
  ];
  for (const use of uses) if (await use.executeTakeFirst()) return true;
  return false;
}

/** Removes them, if nothing belongs to them. `now`: ISO, UTC. */
async function removeUnused(
  transaction: Transaction<Tables>,
  tree: readonly Organization[],
  ids: ReadonlySet<string>,
  now: string,
): Promise<void> {
  // Nobody sees those that have expired.
  await transaction.deleteFrom('invitations').where('expires_at', '<=', now).execute();
  if (await areUsed(transaction, tree, ids)) throw new Refused('organization-in-use');
  await transaction
    .deleteFrom('organizations')
    .where('id', 'in', [...ids])
    .execute();
}

const organizationRow = ({ id, parent, kind, name, plan }: Organization, position: number) => ({
  id,
  parent,
  kind,
  names: JSON.stringify(name),
  position,
  plan: plan ? JSON.stringify(plan) : null,
});

async function lastPosition(transaction: Transaction<Tables>): Promise<number> {
  const { most } = await transaction
    .selectFrom('organizations')
    .select(({ fn }) => fn.max('position').as('most'))
    .executeTakeFirstOrThrow();
  return most ?? 0;
}

async function updateNameAndPlan(
  transaction: Transaction<Tables>,
  { id, name, plan }: Organization,
): Promise<void> {
  await transaction
    .updateTable('organizations')
    .set({ names: JSON.stringify(name), plan: plan ? JSON.stringify(plan) : null })
    .where('id', '=', id)
    .execute();
}

export function createOrganizationStorage(database: Kysely<Tables>): OrganizationStorage {
  async function change(
    work: (transaction: Transaction<Tables>, tree: Organization[]) => Promise<void>,
  ): Promise<OrganizationChange> {
    try {
      await database
        .transaction()
        .execute(async (transaction) => work(transaction, await lockTree(transaction)));
      return 'done';
    } catch (error) {
      if (error instanceof Refused) return error.change;
      throw error;
    }
  }

  return {
    listOrganizations: () => selectOrganizations(database),
    async listPlaces() {
      const rows = await database
        .selectFrom('assessments')
        .select(['id', 'organization_id'])
        .execute();
      return new Map(rows.map((row) => [row.id, row.organization_id]));
    },
    async organizationOf(assessment) {
      const row = await database
        .selectFrom('assessments')
        .select('organization_id')
        .where('id', '=', assessment)
        .executeTakeFirst();
      return row?.organization_id ?? null;
    },

    addOrganizations: (organizations) =>
      change(async (transaction, tree) => {
        let position = await lastPosition(transaction);
        for (const organization of organizations) {
          const { id, parent } = organization;
          if (!mayStandBelow(tree, id, parent)) throw new Refused('not-found');
          if (isNameTaken(tree, organization)) throw new Refused('organization-exists');
          position += 1;
          await transaction
            .insertInto('organizations')
            .values(organizationRow(organization, position))
            .execute();
          tree.push(organization);
        }
      }),

    changeOrganization: (id, { parent, kind, name }) =>
      change(async (transaction, tree) => {
        const before = tree.find((known) => known.id === id);
        if (!before) throw new Refused('not-found');
        if (!mayStandBelow(tree, id, parent)) throw new Refused('organization-below-itself');
        if (isNameTaken(tree, { id, parent, name })) throw new Refused('organization-exists');
        await transaction
          .updateTable('organizations')
          .set({ parent, kind, names: JSON.stringify(name) })
          .where('id', '=', id)
          .execute();
        if (parent === before.parent) return;
        const moved = tree.map((known) => (known === before ? { id, parent } : known));
        await deleteInvitationsOutside(transaction, moved);
      }),

    removeOrganization: (id, now) =>
      change(async (transaction, tree) => {
        if (!tree.some((known) => known.id === id)) throw new Refused('not-found');
        await removeUnused(transaction, tree, new Set([id]), now);
      }),

    importOrganizations: (parent, rows, newId) =>
      database.transaction().execute(async (transaction) => {
        const tree = await lockTree(transaction);
        if (!tree.some(({ id }) => id === parent)) return null;
        const plan = planImport(tree, parent, rows, newId);
        if (plan.clashes.length > 0) return plan;
        const position = (await lastPosition(transaction)) + 1;
        const added = plan.added.map((one, index) => organizationRow(one, position + index));
        for (let from = 0; from < added.length; from += ROWS_AT_ONCE)
          await transaction
            .insertInto('organizations')
            .values(added.slice(from, from + ROWS_AT_ONCE))
            .execute();
        for (const { after } of plan.changed) await updateNameAndPlan(transaction, after);
        return plan;
      }),

    takeImportBack: (parent, { added, changed }, now) =>
      change(async (transaction, tree) => {
        const below = reachOf(tree, parent);
        const known = new Map(tree.map((one) => [one.id, one]));
        const isBelow = ({ id }: Organization) => id !== parent && known.has(id) && below?.has(id);
        for (const one of [...added, ...changed.map(({ after }) => after)]) {
          if (!isBelow(one)) throw new Refused('not-found');
          if (!isDeepStrictEqual(known.get(one.id), one)) throw new Refused('changed-meanwhile');
        }
        for (const { before, after } of changed) {
          // An import knows each by its Thai name, and so changes none.
          const name = { ...before.name, th: after.name.th };
          await updateNameAndPlan(transaction, { ...after, name, plan: before.plan });
        }
        const ids = new Set(added.map(({ id }) => id));
        if (ids.size > 0) await removeUnused(transaction, tree, ids, now);
      }),
  };
}
