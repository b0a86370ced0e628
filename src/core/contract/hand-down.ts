import * as z from 'zod/mini';
import { localizedNameSchema } from './language-schema.ts';

/**
 * What an office has of the year that is handed down. none: nothing; same: all that is handed down; differs: a draft that says
 * otherwise; begun: an assessment that has begun, which nobody changes from above.
 */
const handDownStandingSchema = z.enum(['none', 'same', 'differs', 'begun']);

export type HandDownStanding = z.infer<typeof handDownStandingSchema>;

/** An office below the one whose set-up is handed down. `departments`: how many it would have. */
export const handDownOfficeSchema = z.object({
  organization: z.uuidv4(),
  name: localizedNameSchema,
  standing: handDownStandingSchema,
  departments: z.int(),
});

export type HandDownOffice = z.infer<typeof handDownOfficeSchema>;

/** GET /api/v1/assessments/:id/hand-downs: in the order of the tree. */
export const handDownListSchema = z.object({ offices: z.array(handDownOfficeSchema) });

/**
 * POST /api/v1/assessments/:id/hand-downs: to the organization of that id. `changesDraft`: a draft that the office has of the
 * year is made to agree; else it is refused.
 */
export const handDownSchema = z.strictObject({
  organization: z.uuidv4(),
  changesDraft: z.optional(z.boolean()),
});

export type HandDown = z.infer<typeof handDownSchema>;

/** nothing: the office had all of it already. */
export const handedDownSchema = z.object({
  assessment: z.uuidv4(),
  did: z.enum(['made', 'changed', 'nothing']),
});

export type HandedDown = z.infer<typeof handedDownSchema>;
