import * as z from 'zod/mini';
import json from './ita.json' with { type: 'json' };

const weightSchema = z.string().check(z.regex(/^0\.\d{1,4}$/));

/** What no single instrument says: the weight of a tool that an assessment lacks, and of an assessor's part. */
export const ITA = z
  .strictObject({
    source: z.string(),
    /** The first fiscal year (B.E.) with these weights. */
    since: z.int(),
    weights: z.strictObject({ IIT: weightSchema, EIT: weightSchema, OIT: weightSchema }),
    assessorParts: z.record(
      z.string(),
      z.strictObject({ office: weightSchema, assessor: weightSchema }),
    ),
  })
  .parse(json);

/** The weights that the tools had in a fiscal year (B.E.), whatever the assessment of another year says; null = not known. */
export const weightsIn = (fiscalYear: number): typeof ITA.weights | null =>
  fiscalYear >= ITA.since ? ITA.weights : null;
