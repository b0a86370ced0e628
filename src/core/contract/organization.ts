import * as z from 'zod/mini';
import { peopleCountSchema, targetSchema } from './assessment.ts';
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

/** What is planned for a department: how many responses are wanted of it, by tool, and how many people its staff list has. */
export const departmentPlanSchema = z.strictObject({
  IIT: z.optional(targetSchema),
  EIT: z.optional(targetSchema),
  headCount: z.optional(peopleCountSchema),
});

export type DepartmentPlan = z.infer<typeof departmentPlanSchema>;

/** `plan`: left out where nobody imported one. */
export const organizationSchema = z.strictObject({
  id: z.uuidv4(),
  ...organizationDraftSchema.shape,
  plan: z.optional(departmentPlanSchema),
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
