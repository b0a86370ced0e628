import * as z from 'zod/mini';

/** What somebody of the office may do: everything, edit, look, or read the log of changes alone. */
export const ROLES = ['owner', 'admin', 'viewer', 'auditor'] as const;

export const roleSchema = z.enum(ROLES);

export type Role = z.infer<typeof roleSchema>;

/**
 * What a route or a page asks for. signed-in: any role, for one's own account and the frame of the pages; look: figures;
 * edit: changes; own: people and single responses; audit: the log.
 */
export type Access = 'signed-in' | 'look' | 'edit' | 'own' | 'audit';

const MAY: Readonly<Record<Access, readonly Role[]>> = {
  'signed-in': ROLES,
  look: ['owner', 'admin', 'viewer'],
  edit: ['owner', 'admin'],
  own: ['owner'],
  audit: ['owner', 'auditor'],
};

/** True if somebody of this role may do what asks for this access. */
export const may = (role: Role, access: Access): boolean => MAY[access].includes(role);
