import * as z from 'zod/mini';

/** planned and under way still have to be done; dropped: the office decided against it. */
export const MEASURE_STATES = ['planned', 'under-way', 'done', 'dropped'] as const;

export const MAX_ACTION_CHARACTERS = 500;
export const MAX_LONG_TEXT_CHARACTERS = 2000;
export const MAX_RESPONSIBLE_CHARACTERS = 200;

/** What a measure is to raise: an indicator by its number, an item of any tool by its code, or nothing that is scored. */
const subjectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('nothing') }),
  z.strictObject({
    type: z.literal('indicator'),
    indicator: z.int().check(z.minimum(1), z.maximum(99)),
  }),
  z.strictObject({
    type: z.literal('item'),
    item: z.string().check(z.regex(/^[A-Z]\d{1,2}$/)),
  }),
]);

export type MeasureSubject = z.infer<typeof subjectSchema>;

const longText = z.string().check(z.trim(), z.maxLength(MAX_LONG_TEXT_CHARACTERS));

/**
 * What an office does about what the assessment showed: PUT /api/v1/assessments/:id/measures/:measure. The id is made by
 * whoever writes it first.
 */
export const measureSchema = z
  .strictObject({
    id: z.uuidv4(),
    about: subjectSchema,
    /** What is done. */
    action: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_ACTION_CHARACTERS)),
    /** One in each line; empty = none written down. */
    steps: longText,
    /** A department or anybody else, as the office calls them; empty = nobody yet. */
    responsible: z.string().check(z.trim(), z.maxLength(MAX_RESPONSIBLE_CHARACTERS)),
    /** The first day and the last one; ISO, in Thailand. */
    from: z.nullable(z.iso.date()),
    until: z.nullable(z.iso.date()),
    /** How one will see that it is done and helps. */
    followUp: longText,
    state: z.enum(MEASURE_STATES),
    /** What came of it. */
    result: longText,
  })
  .check(
    z.refine(({ from, until }) => from === null || until === null || from <= until, {
      error: 'it ends before it begins',
      path: ['until'],
    }),
  );

export type Measure = z.infer<typeof measureSchema>;

/** GET /api/v1/assessments/:id/measures, in the order of inOrder() */
export const measureListSchema = z.object({ measures: z.array(measureSchema) });
