import * as z from 'zod/mini';

/**
 * draft: being prepared, takes no answers; open: takes answers; closed: takes no new answers; archived: closed, and nothing
 * of it is changed any more.
 */
export const lifeStateSchema = z.enum(['draft', 'open', 'closed', 'archived']);

export type LifeState = z.infer<typeof lifeStateSchema>;

/** How an assessment that is made begins. */
export const beginningSchema = z.enum(['open', 'draft']);

export type Beginning = z.infer<typeof beginningSchema>;

/**
 * Where an assessment is in its year, as an admin set it. PUT /api/v1/assessments/:id/life. `opensOn` is the day on which a
 * draft opens by itself, `closesOn` the last day on which an open one takes answers; both ISO, in Thailand. What state
 * that makes on a given day is told by stateOn().
 */
export const lifeSchema = z
  .strictObject({
    state: lifeStateSchema,
    opensOn: z.nullable(z.iso.date()),
    closesOn: z.nullable(z.iso.date()),
  })
  .check(
    z.refine(
      ({ opensOn, closesOn }) => opensOn === null || closesOn === null || opensOn <= closesOn,
      { error: 'it closes before it opens', path: ['closesOn'] },
    ),
  );

export type Life = z.infer<typeof lifeSchema>;

/** Takes answers from now on until an admin closes it. */
export const OPEN_LIFE: Life = { state: 'open', opensOn: null, closesOn: null };

/** Takes answers when an admin opens it. */
export const DRAFT_LIFE: Life = { state: 'draft', opensOn: null, closesOn: null };
