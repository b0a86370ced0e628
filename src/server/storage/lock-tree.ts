// Whoever changes the tree of organizations, or makes something point to one of them, takes it first: what is judged by the tree
// holds until the transaction ends.
import type { Kysely, Transaction } from 'kysely';
import { localizedNameSchema } from '#core/contract/language-schema.ts';
import {
  type Branch,
  departmentPlanSchema,
  type Organization,
} from '#core/contract/organization.ts';
import { plainName } from '#core/organizations/plain-name.ts';
import type { Tables } from './tables.ts';

/** All of them, in their order. */
export async function selectOrganizations(database: Kysely<Tables>): Promise<Organization[]> {
  const rows = await database
    .selectFrom('organizations')
    .selectAll()
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(({ id, parent, kind, names, plan }) => ({
    id,
    parent,
    kind,
    name: localizedNameSchema.parse(JSON.parse(names)),
    ...(plan !== null && { plan: departmentPlanSchema.parse(JSON.parse(plan)) }),
  }));
}

/** The tree, which nobody else changes until the transaction ends. */
export async function lockTree(transaction: Transaction<Tables>): Promise<Organization[]> {
  // Changes nothing. One row is enough, and it is there as soon as anything can be changed.
  await transaction
    .updateTable('audit_head')
    .set((column) => ({ number: column.ref('number') }))
    .where('id', '=', 'this')
    .execute();
  return selectOrganizations(transaction);
}

/** Whether another one in the same place has its Thai name, however many spaces are between the words of either. */
export const isNameTaken = (
  tree: readonly Organization[],
  { id, parent, name }: Pick<Organization, 'id' | 'parent' | 'name'>,
): boolean =>
  tree.some(
    (known) =>
      known.id !== id && known.parent === parent && plainName(known.name.th) === plainName(name.th),
  );

/** Whether a branch is there, and stays until the transaction ends. */
export async function holdBranch(
  transaction: Transaction<Tables>,
  branch: Branch,
): Promise<boolean> {
  if (branch === 'all') return true;
  const tree = await lockTree(transaction);
  return tree.some(({ id }) => id === branch);
}
