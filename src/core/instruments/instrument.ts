import * as z from 'zod/mini';

/** A share of a whole as a decimal in text, such as "0.30": read exactly, never as a float. */
export const weightSchema = z.string().check(z.regex(/^(0|1)(\.\d{1,4})?$/));

/** Points of each option of a positive item, option 1 first. A negative item takes them in reverse. */
const scaleSchema = z.strictObject({
  points: z.array(z.int().check(z.minimum(0), z.maximum(100))).check(z.minLength(2)),
});

const itemSchema = z.strictObject({
  code: z.string().check(z.regex(/^[A-Z]\d{1,2}$/)),
  scale: z.string(),
  polarity: z.enum(['positive', 'negative']),
  indicator: z.int(),
  /** The respondent field whose answer chooses the wording of the item (E3: the kind of service); unsaid: the general one. */
  wordedBy: z.optional(z.string()),
});

/**
 * `options`: how many there are, or that they are the assessment's departments. There is no such thing as a field that has to
 * be answered: a person may leave every one open ("would rather not say").
 */
const fieldSchema = z.strictObject({
  code: z.string().check(z.regex(/^[a-z][a-z0-9]{0,19}$/)),
  options: z.union([z.int().check(z.minimum(2)), z.literal('departments')]),
  /** Asked before the items, because an item's wording needs it; the others come after them. */
  asked: z.enum(['before-items', 'after-items']),
  /** The channel may answer it, and then it is not asked. */
  fromChannel: z.optional(z.enum(['department', 'service'])),
});

/**
 * A questionnaire as data. Its words are in locales/<lang>/instruments/<id>.json, keyed by the codes used here.
 * Adding one: src/core/instruments/README.md.
 */
export const instrumentSchema = z
  .strictObject({
    id: z.string().check(z.regex(/^[a-z]{2,8}-\d{4}$/)),
    tool: z.enum(['IIT', 'EIT', 'OIT']),
    source: z.string(),
    /** Share of the tool in the whole ITA score. */
    weight: weightSchema,
    /** What the tool's score is the mean of: its items (2567) or its indicators. */
    toolScore: z.enum(['mean-of-items', 'mean-of-indicators']),
    scales: z.record(z.string(), scaleSchema),
    items: z.array(itemSchema).check(z.minLength(1)),
    fields: z.array(fieldSchema),
  })
  .check(
    z.refine((instrument) => instrument.items.every((item) => item.scale in instrument.scales), {
      error: 'an item names a scale that is not defined',
    }),
    z.refine(
      (instrument) =>
        instrument.items.every(
          (item) =>
            item.wordedBy === undefined ||
            instrument.fields.some(
              ({ code, asked }) => code === item.wordedBy && asked === 'before-items',
            ),
        ),
      { error: 'an item is worded by a field that is not asked before the items' },
    ),
    z.refine(
      (instrument) =>
        new Set([...instrument.items, ...instrument.fields].map(({ code }) => code)).size ===
        instrument.items.length + instrument.fields.length,
      { error: 'a code is used twice' },
    ),
  );

export type Instrument = z.infer<typeof instrumentSchema>;
export type Item = Instrument['items'][number];
export type RespondentField = Instrument['fields'][number];
