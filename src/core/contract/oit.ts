import * as z from 'zod/mini';
import { weightSchema } from '../instruments/instrument.ts';
import {
  oitInstrumentSchema,
  oitItemCodeSchema,
  subIndicatorCodeSchema,
} from '../instruments/oit/oit-instrument.ts';

/** How far an item is, in order. checked: somebody looked at the page and found on it what the item asks for. */
export const ENTRY_STATES = ['not-started', 'in-work', 'published', 'checked'] as const;

export const MAX_URLS = 5;
export const MAX_URL_CHARACTERS = 2000;
export const MAX_RESPONSIBLE_CHARACTERS = 200;
export const MAX_NOTE_CHARACTERS = 2000;

/** What an office writes of one item: PUT /api/v1/assessments/:id/oit/entries/:item */
export const checklistEntrySchema = z.strictObject({
  item: oitItemCodeSchema,
  /** The pages of the office's web site on which it is; none = nowhere yet. */
  urls: z
    .array(z.url({ protocol: /^https?$/ }).check(z.maxLength(MAX_URL_CHARACTERS)))
    .check(z.maxLength(MAX_URLS)),
  /** Who sees to it, as the office calls them; empty = nobody yet. */
  responsible: z.string().check(z.trim(), z.maxLength(MAX_RESPONSIBLE_CHARACTERS)),
  note: z.string().check(z.trim(), z.maxLength(MAX_NOTE_CHARACTERS)),
  state: z.enum(ENTRY_STATES),
  /** Until when it has to be done; ISO. */
  due: z.nullable(z.iso.date()),
  /** What the office gives itself; null = it has not judged yet. */
  points: z.nullable(z.union([z.literal(0), z.literal(100)])),
});

export type ChecklistEntry = z.infer<typeof checklistEntrySchema>;

/**
 * The weights that an assessment sets in the place of assumed ones, by the code of the sub-indicator:
 * PUT /api/v1/assessments/:id/oit/weights. Empty = as the instrument assumes.
 */
export const checklistWeightsSchema = z.record(subIndicatorCodeSchema, weightSchema);

export type ChecklistWeights = z.infer<typeof checklistWeightsSchema>;

/** `entries`: one for each item of the instrument, in its order. */
export const checklistSchema = z.strictObject({
  weights: checklistWeightsSchema,
  entries: z.array(checklistEntrySchema),
});

export type Checklist = z.infer<typeof checklistSchema>;

/** GET /api/v1/assessments/:id/oit */
export const oitSchema = z.object({ instrument: oitInstrumentSchema, checklist: checklistSchema });

export type Oit = z.infer<typeof oitSchema>;

/** The entry of an item that nobody has written of. */
export const emptyEntry = (item: string): ChecklistEntry => ({
  item,
  urls: [],
  responsible: '',
  note: '',
  state: 'not-started',
  due: null,
  points: null,
});
