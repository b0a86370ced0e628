import * as z from 'zod/mini';

/** A score from 0 to 100 rounded half-up once, as text with two decimals: "98.13". Null when nobody answered. */
const scoreSchema = z.nullable(z.string().check(z.regex(/^\d{1,3}\.\d{2}$/)));

/**
 * What may be shown of a group of people. hidden/few: fewer people than the threshold; hidden/complement: large enough,
 * but showing it would give a small group away by subtraction.
 */
function suppressible<Shown extends z.ZodMiniType>(shown: Shown) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('hidden'), reason: z.enum(['few', 'complement']) }),
    z.object({ state: z.literal('shown'), n: z.int(), value: shown }),
  ]);
}

const itemScoreSchema = z.object({
  code: z.string(),
  n: z.int(),
  score: scoreSchema,
  /** How many chose each option, option 1 first. */
  options: z.array(z.int()),
});

const toolScoreSchema = z.object({
  score: scoreSchema,
  indicators: z.array(z.object({ indicator: z.int(), n: z.int(), score: scoreSchema })),
  items: z.array(itemScoreSchema),
});

/**
 * The score of these responses: GET /api/v1/assessments/:id/scores. Never the published score: that comes from the
 * assessor, with parts this product does not collect.
 */
export const scoresSchema = z.object({
  /** Groups of fewer people than this are hidden. */
  threshold: z.int(),
  instruments: z.array(
    z.object({
      instrument: z.string(),
      tool: z.enum(['IIT', 'EIT', 'OIT']),
      office: suppressible(toolScoreSchema),
      departments: z.array(
        z.object({ department: z.nullable(z.int()), group: suppressible(scoreSchema) }),
      ),
    }),
  ),
});

export type Scores = z.infer<typeof scoresSchema>;
export type ToolScore = z.infer<typeof toolScoreSchema>;
export type ItemScore = z.infer<typeof itemScoreSchema>;
