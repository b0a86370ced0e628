import * as z from 'zod/mini';
import json from './prawet-2567.json' with { type: 'json' };

const countsSchema = z.array(z.int().check(z.minimum(0)));
const scoreSchema = z.string().check(z.regex(/^\d{1,3}\.\d{2}$/));

const publishedToolSchema = z.strictObject({
  instrument: z.string(),
  n: z.int(),
  /** Published scores, as text with two decimals. */
  score: scoreSchema,
  items: z.record(z.string(), z.strictObject({ score: scoreSchema, options: countsSchema })),
  indicators: z.record(z.string(), scoreSchema),
  /** By respondent field: how many people chose each option, option 1 first. */
  fields: z.record(z.string(), countsSchema),
});

/** What the office got for its web site; every score as text with two decimals. */
const publishedOitSchema = z.strictObject({
  instrument: z.string(),
  score: scoreSchema,
  items: z.record(z.string(), z.enum(['0.00', '100.00'])),
  subIndicators: z.record(z.string(), scoreSchema),
  indicators: z.record(z.string(), scoreSchema),
});

export type PublishedOit = z.infer<typeof publishedOitSchema>;

export type PublishedTool = z.infer<typeof publishedToolSchema>;

/** What the Prawet district office published of its ITA of fiscal year 2567: every table of counts, and the scores. */
export const publishedReport = z
  .strictObject({
    source: z.string(),
    fiscalYear: z.int(),
    tools: z.array(publishedToolSchema),
    oit: publishedOitSchema,
    ita: scoreSchema,
  })
  .parse(json);
