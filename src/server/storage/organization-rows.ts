// The tree of organizations. Whoever changes it waits for whoever else does: two moves at once could else make a ring.
import type { Kysely, Transaction } from 'kysely';
import type { Organization, OrganizationDraft } from '#core/contract/organization.ts';
import { mayStandBelow } from '#core/organizations/branch.ts';
import { isNameTaken, lockTree, selectOrganizations } from './lock-tree.ts';
import type { Tables } from './tables.ts';

/** What became of a change to the tree; the refusals are the contract's problem codes. */
export type OrganizationChange =
  | 'done'
  | 'not-found'
  | 'organization-exists'
  | 'organization-in-use'
  | 'organization-below-itself';

export interface OrganizationStorage {
  /** All of them, in their order. */
  listOrganizations(): Promise<Organization[]>;
  /** Where each assessment belongs: the organization's id by the assessment's. */
  listPlaces(): Promise<Map<string, string>>;
  /** Null if there is no such assessment. */
  organizationOf(assessment: string): Promise<string | null>;
  /** Adds them all or none, each behind those that its parent has; one may stand below another of them that comes before it. */
  addOrganizations(organizations: readonly Organization[]): Promise<OrganizationChange>;
  changeOrganization(id: string, draft: OrganizationDraft): Promise<OrganizationChange>;
  /** Only one that has nothing below it: neither organizations nor assessments, accounts or invitations that are good at `now` (ISO, UTC). */
  removeOrganization(id: string, now: string): Promise<OrganizationChange>;
}

async function isUsed(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const uses = [
    transaction.selectFrom('organizations').select('id').where('parent', '=', id),
    transaction.selectFrom('assessments').select('id').where('organization_id', '=', id),
    transaction.selectFrom('user').select('id').where('branch', '=', id),
    transaction.selectFrom('invitations').select('id').where('branch', '=', id),
  ];
  for (const use of uses) if (await use.executeTakeFirst()) return true;
  return false;
}

/** Takes its changes back, and tells why. */
class Refused extends Error {
  readonly change: OrganizationChange;

  constructor(change: OrganizationChange) {
    super(change);
    this.change = change;
  }
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
        const { most } = await transaction
          .selectFrom('organizations')
          .select(({ fn }) => fn.max('position').as('most'))
          .executeTakeFirstOrThrow();
        let position = most ?? 0;
        for (const organization of organizations) {
          const { id, parent, kind, name } = organization;
          if (!mayStandBelow(tree, id, parent)) throw new Refused('not-found');
          if (isNameTaken(tree, organization)) throw new Refused('organization-exists');
          position += 1;
          await transaction
            .insertInto('organizations')
            .values({ id, parent, kind, names: JSON.stringify(name), position })
            .execute();
          tree.push(organization);
        }
      }),

    changeOrganization: (id, { parent, kind, name }) =>
      change(async (transaction, tree) => {
        if (!tree.some((known) => known.id === id)) throw new Refused('not-found');
        if (!mayStandBelow(tree, id, parent)) throw new Refused('organization-below-itself');
        if (isNameTaken(tree, { id, parent, name })) throw new Refused('organization-exists');
        await transaction
          .updateTable('organizations')
          .set({ parent, kind, names: JSON.stringify(name) })
          .where('id', '=', id)
          .execute();
      }),

    removeOrganization: (id, now) =>
      change(async (transaction, tree) => {
        if (!tree.some((known) => known.id === id)) throw new Refused('not-found');
        // Nobody sees those that have expired.
        await transaction.deleteFrom('invitations').where('expires_at', '<=', now).execute();
        if (await isUsed(transaction, id)) throw new Refused('organization-in-use');
        await transaction.deleteFrom('organizations').where('id', '=', id).execute();
      }),
  };
}
