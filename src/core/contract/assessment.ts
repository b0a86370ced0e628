import * as z from 'zod/mini';
import { channelCodeSchema } from './channel-code-schema.ts';
import { complaintChannelsSchema } from './complaints.ts';
import { localizedNameSchema } from './language-schema.ts';
import { beginningSchema, lifeSchema } from './life.ts';

export const peopleCountSchema = z.int().check(z.minimum(1), z.maximum(1_000_000));

/** Responses wanted: so many, or a share of the people on the department's staff list. */
export const targetSchema = z.union([
  peopleCountSchema,
  z.strictObject({ percent: z.int().check(z.minimum(1), z.maximum(100)) }),
]);

/** By instrument id; null = no target set. */
const targetsSchema = z.record(z.string(), z.nullable(targetSchema));

/**
 * A department of the assessed office. `number` is its option number in responses, given once and never used again; a
 * retired department keeps its number and its responses, but is no longer offered.
 */
export const departmentSchema = z.strictObject({
  number: z.int().check(z.minimum(1), z.maximum(200)),
  name: localizedNameSchema,
  targets: targetsSchema,
  /** How many people its staff list has; left out where nobody told. */
  headCount: z.optional(peopleCountSchema),
  retired: z.boolean(),
});

/** Of the Buddhist era: 2568 = October 2024 to September 2025. */
const fiscalYearSchema = z.int().check(z.minimum(2560), z.maximum(2650));

/** The part of an assessment that an admin writes. */
export const assessmentDraftSchema = z.strictObject({
  organization: localizedNameSchema,
  fiscalYear: fiscalYearSchema,
  instruments: z.array(z.string()).check(z.minLength(1), z.maxLength(5)),
  departments: z.array(departmentSchema).check(
    z.minLength(1),
    z.maxLength(200),
    z.refine(
      (departments) => new Set(departments.map(({ number }) => number)).size === departments.length,
      { error: 'a department number is used twice' },
    ),
  ),
  /** Groups of fewer people than this show neither scores nor distributions. */
  suppressionThreshold: z.int().check(z.minimum(3), z.maximum(1_000)),
  /** Where respondents are told that they can complain; left out = nothing is said. */
  complaints: z.optional(complaintChannelsSchema),
});

export type AssessmentDraft = z.infer<typeof assessmentDraftSchema>;

/**
 * POST /api/v1/assessments. Without `begin` it is open at once. `organizationId`: whose it is, which keeps its names; left
 * out, the one at the top of one's branch, or for who sees everything the one at the top that has this Thai name. `id`: made by the
 * sender; sent again, as the answer got lost, nothing is made a second time.
 */
export const newAssessmentSchema = z.strictObject({
  id: z.optional(z.uuidv4()),
  ...assessmentDraftSchema.shape,
  organizationId: z.optional(z.uuidv4()),
  begin: z.optional(beginningSchema),
});

export type NewAssessment = z.infer<typeof newAssessmentSchema>;

/** An assessment as stored. `deletedOn`: the day (ISO, in Thailand) an admin deleted it; gone for good after a grace period. */
export const assessmentSchema = z.strictObject({
  id: z.uuidv4(),
  ...assessmentDraftSchema.shape,
  life: lifeSchema,
  deletedOn: z.nullable(z.iso.date()),
});

export type Assessment = z.infer<typeof assessmentSchema>;

/** A year by itself, typed to confirm that this year is to be deleted. */
export const yearSchema = z.strictObject({ fiscalYear: fiscalYearSchema });

/**
 * The copy that is wanted: POST /api/v1/assessments/:id/copies. `repeatDone`: the measures that are done come along to be
 * done once more, beside those that are not.
 */
export const copySchema = z.strictObject({
  fiscalYear: fiscalYearSchema,
  repeatDone: z.optional(z.boolean()),
});

export type Copy = z.infer<typeof copySchema>;

export const assessmentListSchema = z.object({ assessments: z.array(assessmentSchema) });

/** A ready-made draft, as data in src/core/templates. */
export const templateSchema = z.strictObject({ id: z.string(), draft: assessmentDraftSchema });

export type Template = z.infer<typeof templateSchema>;

export const templateListSchema = z.object({ templates: z.array(templateSchema) });

/** A channel as the admin's list and the posters show it. `url` is what the QR code says. */
export const channelSummarySchema = z.strictObject({
  code: channelCodeSchema,
  url: z.string(),
  state: z.enum(['open', 'closed']),
  instrument: z.string(),
  department: z.nullable(z.int()),
  service: z.nullable(z.int()),
});

export type ChannelSummary = z.infer<typeof channelSummarySchema>;

export const channelListSchema = z.object({ channels: z.array(channelSummarySchema) });

/** PATCH /api/v1/assessments/:id/channels/:code */
export const channelChangeSchema = z.strictObject({
  state: z.optional(z.enum(['open', 'closed'])),
  service: z.optional(z.nullable(z.int().check(z.minimum(1)))),
});

export type ChannelChange = z.infer<typeof channelChangeSchema>;
