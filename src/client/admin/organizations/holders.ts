import type { Assessment } from '#core/contract/assessment.ts';
import type { Branch, Organization } from '#core/contract/organization.ts';
import type { People } from '#core/contract/people.ts';

/** What keeps organizations in the tree and does not stand in it. */
export interface Holders extends People {
  /** Assessments that can still be brought back. */
  deleted: readonly Assessment[];
}

const HOLDER_KINDS = ['accounts', 'invitations', 'deleted'] as const;

/** How many of each kind hold an organization, of which there are any. */
export function holdersOf(
  { people, invitations, deleted }: Holders,
  { id, name }: Pick<Organization, 'id' | 'name'>,
): { kind: (typeof HOLDER_KINDS)[number]; count: number }[] {
  const isHere = ({ branch }: { branch: Branch }) => branch === id;
  const counts = {
    accounts: people.filter(isHere).length,
    invitations: invitations.filter(isHere).length,
    deleted: deleted.filter(({ organization }) => organization.th === name.th).length,
  };
  return HOLDER_KINDS.map((kind) => ({ kind, count: counts[kind] })).filter(
    ({ count }) => count > 0,
  );
}
