import * as z from 'zod/mini';

/** A score from 0.00 to 100.00 as it is told, text with two decimals. */
export const figureSchema = z.string().check(z.regex(/^(100\.00|\d{1,2}\.\d{2})$/));

const MOST_ITEMS = 200;

/** What a report published. Whatever it does not tell is null or left out. */
export const publishedFiguresSchema = z.strictObject({
  /** Of the Buddhist era. */
  fiscalYear: z.int().check(z.minimum(2550), z.maximum(2650)),
  ita: z.nullable(figureSchema),
  tools: z.strictObject({
    IIT: z.nullable(figureSchema),
    EIT: z.nullable(figureSchema),
    OIT: z.nullable(figureSchema),
  }),
  /** By number. */
  indicators: z.record(z.string().check(z.regex(/^([1-9]|1\d|20)$/)), figureSchema),
  /** By code. */
  items: z
    .record(z.string().check(z.regex(/^[A-Z]\d{1,2}$/)), figureSchema)
    .check(
      z.refine((items) => Object.keys(items).length <= MOST_ITEMS, { error: 'too many items' }),
    ),
});

export type PublishedFigures = z.infer<typeof publishedFiguresSchema>;

/**
 * What an admin types in because no response says it: PUT /api/v1/assessments/:id/figures. `eitPart2`: the assessor's
 * figure of the EIT; `lastYear`: the report to compare with.
 */
export const enteredFiguresSchema = z.strictObject({
  eitPart2: z.nullable(figureSchema),
  lastYear: z.nullable(publishedFiguresSchema),
});

export type EnteredFigures = z.infer<typeof enteredFiguresSchema>;

/** Nothing was entered. */
export const NO_FIGURES: EnteredFigures = { eitPart2: null, lastYear: null };
