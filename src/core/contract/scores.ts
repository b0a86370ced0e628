import * as z from 'zod/mini';
import { cardReplySchema } from './card.ts';
import { DISPLAY_FLAGS } from '../display/display-flag.ts';
import { languageSchema } from './language-schema.ts';
import { QUALITY_FLAGS } from './response.ts';

/** A score from 0 to 100 rounded half-up once, as text with two decimals: "98.13". Null when nobody answered. */
const scoreSchema = z.nullable(z.string().check(z.regex(/^\d{1,3}\.\d{2}$/)));

/**
 * What responses are told apart by: what the device noticed, "I have never contacted this office", and how they came where a
 * display stood at the counter.
 */
export const QUALITY_MARKS = [...QUALITY_FLAGS, 'never-contacted', ...DISPLAY_FLAGS] as const;

export type QualityMark = (typeof QUALITY_MARKS)[number];

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
 * What may be shown of a group of people. hidden/few: fewer people than the threshold; hidden/complement: large enough,
 * but together with what else is shown it would give a small group away.
 */
const hiddenSchema = z.object({
  state: z.literal('hidden'),
  reason: z.enum(['few', 'complement']),
});

const groupScoreSchema = z.discriminatedUnion('state', [
  hiddenSchema,
  z.object({ state: z.literal('shown'), n: z.int(), value: toolScoreSchema }),
]);

/** How many people a group has, where no more than that is told. */
const groupPeopleSchema = z.discriminatedUnion('state', [
  hiddenSchema,
  z.object({ state: z.literal('shown'), n: z.int() }),
]);

const instrumentScoresSchema = z.object({
  instrument: z.string(),
  tool: z.enum(['IIT', 'EIT', 'OIT']),
  office: groupScoreSchema,
  /** Every respondent field of the instrument, in its order: the departments and the kind of service are among them. */
  fields: z.array(
    z.object({
      field: z.string(),
      /** Every option of the field, then null (would rather not say) where that can be chosen. */
      values: z.array(z.object({ option: z.nullable(z.int()), group: groupScoreSchema })),
    }),
  ),
  /** In which language the questionnaire was filled in: every language. */
  languages: z.array(z.object({ language: languageSchema, people: groupPeopleSchema })),
  /**
   * Every mark that a response to the instrument can bear, then `any`: at least one that makes one look twice. How they came is
   * left out where nobody came so.
   */
  quality: z.array(
    z.object({
      mark: z.enum([...QUALITY_MARKS, 'any']),
      /** How many bear it: hidden where those who do not are. */
      marked: groupPeopleSchema,
      /** The responses that do not bear it. */
      without: groupScoreSchema,
    }),
  ),
});

/**
 * The score of these responses. Never the published score: that comes from the assessor, with parts this product does not
 * collect.
 */
export const scoresSchema = z.object({
  /** Groups of fewer people than this are hidden. */
  threshold: z.int(),
  instruments: z.array(instrumentScoresSchema),
  /** Every department, then null (not said): the mean of its scores as told. Null where one of them is hidden or missing. */
  departments: z.array(z.object({ department: z.nullable(z.int()), mean: scoreSchema })),
});

/**
 * `wait`: for scores of everything that is stored; left out: those that were judged last are told at once. `card`: with the card that is
 * made of them.
 */
export const scoresQuerySchema = z.object({
  wait: z.optional(z.literal('yes')),
  card: z.optional(z.literal('yes')),
});

/** GET /api/v1/assessments/:id/scores: figures and what is hidden of them, of one moment. */
export const scoresReplySchema = z.extend(scoresSchema, {
  /** The minute of that moment. */
  asOf: z.iso.datetime(),
  /** Nothing is stored that is not in them; else newer ones are being made. */
  isLatest: z.boolean(),
  /** Of the same scores; left out where it is not asked for. */
  card: z.optional(cardReplySchema),
});

/** The same where the card was asked for. */
export const scoresWithCardSchema = z.extend(scoresReplySchema, { card: cardReplySchema });

export type ScoresReply = z.infer<typeof scoresReplySchema>;
export type ScoresWithCard = z.infer<typeof scoresWithCardSchema>;
export type Scores = z.infer<typeof scoresSchema>;
export type InstrumentScores = z.infer<typeof instrumentScoresSchema>;
export type GroupScore = z.infer<typeof groupScoreSchema>;
export type GroupPeople = z.infer<typeof groupPeopleSchema>;
export type ToolScore = z.infer<typeof toolScoreSchema>;
export type ItemScore = z.infer<typeof itemScoreSchema>;
