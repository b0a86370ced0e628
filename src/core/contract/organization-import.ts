import * as z from 'zod/mini';
import { localizedNameSchema } from './language-schema.ts';
import { departmentPlanSchema, organizationSchema } from './organization.ts';

/** Of one file: 50 districts have some 600 departments. */
export const MAX_IMPORT_ROWS = 2_000;

const importedNameSchema = z.pick(localizedNameSchema, { th: true, en: true });

/** A district, and where it is told one of its departments with what is planned for it. */
export const importRowSchema = z.strictObject({
  district: importedNameSchema,
  department: z.optional(z.strictObject({ name: importedNameSchema, plan: departmentPlanSchema })),
});

export type ImportRow = z.infer<typeof importRowSchema>;

/** POST /api/v1/organizations/:id/imports: districts below the organization of that id, with their departments. */
export const organizationImportSchema = z.strictObject({
  rows: z.array(importRowSchema).check(z.minLength(1), z.maxLength(MAX_IMPORT_ROWS)),
});

/** What an import did, as it is taken back: POST /api/v1/organizations/:id/imports/undo. */
export const importUndoSchema = z.strictObject({
  added: z.array(organizationSchema).check(z.maxLength(2 * MAX_IMPORT_ROWS)),
  changed: z
    .array(z.strictObject({ before: organizationSchema, after: organizationSchema }))
    .check(z.maxLength(2 * MAX_IMPORT_ROWS)),
});

export type ImportUndo = z.infer<typeof importUndoSchema>;

/** How many organizations the file named that were as it says; those that were not are told by `undo`. */
export const importOutcomeSchema = z.object({ unchanged: z.int(), undo: importUndoSchema });

export type ImportOutcome = z.infer<typeof importOutcomeSchema>;
