import * as z from 'zod/mini';
import { languageSchema } from './language-schema.ts';
import { responseSchema } from './response.ts';
import { weightSchema } from '../instruments/instrument.ts';
import { DISPLAY_FLAGS } from '../display/display-flag.ts';

/** From 0 to 100, rounded half-up once, as text with two decimals: "98.13". Null where there is nobody to tell of. */
const figureSchema = z.nullable(z.string().check(z.regex(/^\d{1,3}\.\d{2}$/)));

/** By how much a score rose, with its sign: "+0.34", "-1.20", "0.00". Null where there is nothing to compare. */
const changeSchema = z.nullable(z.string().check(z.regex(/^[+-]?\d{1,3}\.\d{2}$/)));

/**
 * One cell of the report, typed so that the page, the spreadsheet and the text file each write it in their own way. What
 * may not be told is `hidden`: a group of fewer than `below` people, or one that would give such a group away.
 */
const reportCellSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('count'), value: z.int() }),
  z.object({ type: z.literal('score'), value: figureSchema }),
  z.object({ type: z.literal('percent'), value: figureSchema }),
  z.object({ type: z.literal('change'), value: changeSchema }),
  z.object({ type: z.literal('weight'), value: weightSchema }),
  z.object({ type: z.literal('day'), day: z.iso.date() }),
  z.object({
    type: z.literal('hidden'),
    reason: z.enum(['few', 'complement']),
    below: z.int(),
  }),
]);

export type ReportCell = z.infer<typeof reportCellSchema>;

const reportTableSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** A sentence about the table; empty where there is nothing to say. */
  note: z.string(),
  /** Single figures that stand above the rows. */
  facts: z.array(z.object({ label: z.string(), cell: reportCellSchema })),
  columns: z.array(z.object({ title: z.string(), holds: z.enum(['words', 'figures']) })),
  /** The column whose figures (of 100) are drawn as bars as well; null: none. */
  bars: z.nullable(z.int()),
  /** As many cells in each row as there are columns; the first says what the row is about. None: the note says why. */
  rows: z.array(z.array(reportCellSchema)),
});

export type ReportTable = z.infer<typeof reportTableSchema>;

const reportSectionSchema = z.object({
  /** Short and plain, such as `respondents` or `iit-2567`. */
  id: z.string(),
  title: z.string(),
  /** A few words for where there is little room, such as the tab of a spreadsheet. */
  shortTitle: z.string(),
  paragraphs: z.array(z.string()),
  tables: z.array(reportTableSchema),
});

export type ReportSection = z.infer<typeof reportSectionSchema>;

/** The report of an assessment in one language: GET /api/v1/assessments/:id/report/page?language=th */
export const reportSchema = z.object({
  language: languageSchema,
  title: z.string(),
  organization: z.string(),
  /** Of the Buddhist era. */
  fiscalYear: z.int(),
  /** The day it was made, in Thailand. */
  madeOn: z.iso.date(),
  /** What stands in the place of a figure that is hidden to protect another group. */
  withheld: z.string(),
  sections: z.array(reportSectionSchema),
});

export type Report = z.infer<typeof reportSchema>;

/** The files a report can be had as; json is the same as the page is made from. */
export const REPORT_FILES = ['xlsx', 'csv', 'json'] as const;

export type ReportFile = (typeof REPORT_FILES)[number];

/** The query of GET /api/v1/assessments/:id/report/page. */
export const reportPageQuerySchema = z.object({ language: languageSchema });

/** The query of GET /api/v1/assessments/:id/report. */
export const reportFileQuerySchema = z.object({
  language: languageSchema,
  format: z.enum(REPORT_FILES),
});

/** The files that single responses can be had as. */
export const RESPONSE_FILES = ['csv', 'json'] as const;

export type ResponseFile = (typeof RESPONSE_FILES)[number];

/** The query of GET /api/v1/assessments/:id/responses. */
export const responseFileQuerySchema = z.object({
  instrument: z.string(),
  format: z.enum(RESPONSE_FILES),
});

/** The header field of a file of single responses that says how many there are in it. */
export const RESPONSES_HEADER = 'x-responses';

/**
 * Single responses to one instrument, in an order that tells nothing. No id, no day; `channel` is null where so few people
 * answered by it that it could tell who they are. `display`: how it came, where the channel has a display and is told; else null.
 * `unreadable`: how many more are stored and cannot be read, as after damage. In a text file each of those is a line with nothing but that word.
 */
export const responseFileSchema = z.object({
  instrument: z.string(),
  responses: z.array(
    z.object({
      channel: z.nullable(z.string()),
      language: languageSchema,
      answers: responseSchema.shape.answers,
      respondent: responseSchema.shape.respondent,
      quality: responseSchema.shape.quality,
      display: z.nullable(z.enum(DISPLAY_FLAGS)),
    }),
  ),
  unreadable: z.int(),
});

export type SingleResponse = z.infer<typeof responseFileSchema>['responses'][number];
