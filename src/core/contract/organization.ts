import * as z from 'zod/mini';
import { localizedNameSchema } from './language-schema.ts';

/** What an organization is: a city or another authority, a district of it, or a part of one. */
export const ORGANIZATION_KINDS = ['city', 'district', 'department'] as const;

/** The part of an organization that an owner writes. `parent`: the id of the one above it, null = none. */
export const organizationDraftSchema = z.strictObject({
  parent: z.nullable(z.uuidv4()),
  kind: z.enum(ORGANIZATION_KINDS),
  name: localizedNameSchema,
});

export type OrganizationDraft = z.infer<typeof organizationDraftSchema>;

export const organizationSchema = z.strictObject({
  id: z.uuidv4(),
  ...organizationDraftSchema.shape,
});

export type Organization = z.infer<typeof organizationSchema>;

/** What an account sees and may change: everything on the server, or the organization of that id with all below it. */
export const branchSchema = z.union([z.literal('all'), z.uuidv4()]);

export type Branch = z.infer<typeof branchSchema>;

/**
 * GET /api/v1/organizations: one's own branch, and its organizations in their order. The one at its top is told without
 * what is above it.
 */
export const organizationListSchema = z.object({
  branch: branchSchema,
  organizations: z.array(organizationSchema),
});

export type OrganizationList = z.infer<typeof organizationListSchema>;
