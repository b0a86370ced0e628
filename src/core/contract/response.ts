import * as z from 'zod/mini';
import { languageSchema } from './language-schema.ts';

const optionNumberSchema = z.int().check(z.minimum(1), z.maximum(200));

/** What the device noticed about the way it was answered. Flags only: the timings behind them never travel. */
export const QUALITY_FLAGS = ['too-fast', 'all-the-same'] as const;

export type QualityFlag = (typeof QUALITY_FLAGS)[number];

/**
 * One finished questionnaire. Options are numbered from 1 as in the published report. A respondent field that the
 * person would rather not tell is null. `day` is the day of finishing on the device (ISO, local), never a moment.
 */
export const responseSchema = z.strictObject({
  instrument: z.string().check(z.regex(/^[a-z]{2,8}-\d{4}$/)),
  language: languageSchema,
  answers: z.record(z.string().check(z.regex(/^[A-Z]\d{1,2}$/)), optionNumberSchema),
  respondent: z.record(
    z.string().check(z.regex(/^[a-z][a-z0-9]{0,19}$/)),
    z.nullable(optionNumberSchema),
  ),
  day: z.iso.date(),
  quality: z.array(z.enum(QUALITY_FLAGS)).check(z.maxLength(QUALITY_FLAGS.length)),
});

export type Response = z.infer<typeof responseSchema>;
