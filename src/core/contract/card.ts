import * as z from 'zod/mini';
import { enteredFiguresSchema, figureSchema } from './figures.ts';

const toolSchema = z.enum(['IIT', 'EIT', 'OIT']);

/** A share as data writes it, such as "0.30". */
const weightSchema = z.string().check(z.regex(/^[01](\.\d{1,4})?$/));

/** An exact number, such as "71420/725": what is told is rounded from it, nothing is calculated from what is told. */
const exactSchema = z.string().check(z.regex(/^\d+\/[1-9]\d*$/));

/**
 * Why a tool has no score. not-used: the assessment has no such instrument; nobody: no responses, or no item looked at;
 * hidden: fewer people than the threshold; incomplete: some items have no score yet.
 */
const absenceSchema = z.enum(['not-used', 'nobody', 'hidden', 'incomplete']);

const basisItemSchema = z.object({
  code: z.string(),
  indicator: z.int(),
  /** Its share of what the office's tool scores, and of its indicator. */
  share: exactSchema,
  shareOfIndicator: exactSchema,
  /** From 0 to 100; null = none yet, or not to be shown. */
  points: z.nullable(exactSchema),
  /** 0 or 100 and nothing between: the items of the OIT. */
  isAllOrNothing: z.boolean(),
});

/**
 * All that a card is made of, after suppression, with exact numbers: whoever has it can work the card out anew with other
 * points (what-if). `weight` is that of what the office itself collects; the assessor's part has its own.
 */
const cardBasisSchema = z.object({
  /** Of the Buddhist era; decides the names of the levels. */
  fiscalYear: z.int(),
  tools: z.array(
    z.object({
      tool: toolSchema,
      /** Null where the assessment uses none. */
      instrument: z.nullable(z.string()),
      weight: weightSchema,
      assessor: z.nullable(z.object({ weight: weightSchema, score: figureSchema })),
      absence: z.nullable(absenceSchema),
      items: z.array(basisItemSchema),
    }),
  ),
});

export const levelSchema = z.enum([
  'excellent',
  'good',
  'pass',
  'improve',
  'improve-urgently',
  'AA',
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
]);

const helpSchema = z.object({
  tool: toolSchema,
  code: z.string(),
  score: figureSchema,
  /** By how much the tool and the ITA rise if the item reaches 100. */
  toolGain: figureSchema,
  itaGain: figureSchema,
  /** The lowest score of the item that reaches the next level by itself; null = no score of it does. */
  reachesAt: z.nullable(figureSchema),
});

/**
 * What keeps from the next level. next: the ITA or some tools are too low, by so many points; missing: there is no ITA
 * yet, `needs` tells the score that all missing tools have to reach, or pass, for each level (null = out of reach), and
 * `best` what comes out if they reach 100.
 */
const outlookSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('highest') }),
  z.object({
    state: z.literal('next'),
    level: levelSchema,
    /** Null where the ITA is high enough. */
    itaGap: z.nullable(figureSchema),
    /** Of the tools that are too low. */
    toolGaps: z.array(z.object({ tool: toolSchema, gap: figureSchema })),
    /** The items that would help most, those first. */
    helps: z.array(helpSchema),
  }),
  z.object({
    state: z.literal('missing'),
    tools: z.array(z.object({ tool: toolSchema, absence: absenceSchema })),
    best: z.object({ ita: figureSchema, level: levelSchema }),
    needs: z.array(z.object({ level: levelSchema, score: z.nullable(figureSchema) })),
  }),
]);

/** The ITA card as it is told. */
const cardSchema = z.object({
  ita: z.nullable(figureSchema),
  level: z.nullable(levelSchema),
  tools: z.array(
    z.object({
      tool: toolSchema,
      instrument: z.nullable(z.string()),
      weight: weightSchema,
      score: z.nullable(figureSchema),
      /** What it contributes to the ITA. */
      weighted: z.nullable(figureSchema),
      /** What the office collected itself, where an assessor's part stands beside it. */
      parts: z.nullable(
        z.object({
          office: z.object({ weight: weightSchema, score: z.nullable(figureSchema) }),
          assessor: z.object({ weight: weightSchema, score: figureSchema }),
        }),
      ),
      absence: z.nullable(absenceSchema),
    }),
  ),
  indicators: z.array(
    z.object({ indicator: z.int(), tool: toolSchema, score: z.nullable(figureSchema) }),
  ),
  items: z.array(
    z.object({
      code: z.string(),
      indicator: z.int(),
      tool: toolSchema,
      score: z.nullable(figureSchema),
    }),
  ),
  outlook: outlookSchema,
});

/** GET /api/v1/assessments/:id/card: of everything that is stored; of the scores that are told at once it comes with these. */
export const cardReplySchema = z.object({
  card: cardSchema,
  basis: cardBasisSchema,
  entered: enteredFiguresSchema,
});

export type CardReply = z.infer<typeof cardReplySchema>;
export type Card = z.infer<typeof cardSchema>;
export type CardBasis = z.infer<typeof cardBasisSchema>;
export type BasisTool = CardBasis['tools'][number];
export type BasisItem = BasisTool['items'][number];
export type Level = z.infer<typeof levelSchema>;
export type Outlook = Card['outlook'];
