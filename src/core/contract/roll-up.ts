import * as z from 'zod/mini';
import { yearSchema } from './assessment.ts';
import { figureSchema } from './figures.ts';
import { languageSchema, localizedNameSchema } from './language-schema.ts';
import { lifeSchema } from './life.ts';

const scoreSchema = z.nullable(figureSchema);

/**
 * One assessment of the branch. A score is null where there is none, or where what few people said would be told. isCounting:
 * its figures are still being made, and there are none yet.
 */
export const rollUpRowSchema = z.object({
  assessment: z.uuidv4(),
  organization: localizedNameSchema,
  life: lifeSchema,
  ita: scoreSchema,
  IIT: scoreSchema,
  EIT: scoreSchema,
  OIT: scoreSchema,
  /** Of all questionnaires together; null while it is being counted. */
  answered: z.nullable(z.int()),
  /** Of the questionnaires that have one, together; null where no department has one. */
  target: z.nullable(z.int()),
  /**
   * How many of the target there are: nobody who answers one questionnaire makes up for who is wanted for another. Null while it is being
   * counted, and where there is no target.
   */
  towards: z.nullable(z.int()),
  isCounting: z.boolean(),
});

export type RollUpRow = z.infer<typeof rollUpRowSchema>;

/**
 * GET /api/v1/roll-up: the offices of one's branch beside each other, in a fiscal year. There is neither a sum nor a mean of
 * scores: nothing can be subtracted from what is not told.
 */
export const rollUpSchema = z.object({
  fiscalYear: z.nullable(yearSchema.shape.fiscalYear),
  /** Of which there are assessments, the latest first. */
  years: z.array(yearSchema.shape.fiscalYear),
  rows: z.array(rollUpRowSchema),
  /** The offices, without others below them, that have no assessment of the year. A server of the build before names none. */
  without: z.prefault(z.array(localizedNameSchema), []),
});

export type RollUp = z.infer<typeof rollUpSchema>;

/** The query of the page: without a year the latest. */
export const rollUpQuerySchema = z.object({
  year: z.optional(z.string().check(z.regex(/^25[6-9]\d$|^26[0-5]\d$/))),
});

export const rollUpFileQuerySchema = z.object({
  ...rollUpQuerySchema.shape,
  language: languageSchema,
});
