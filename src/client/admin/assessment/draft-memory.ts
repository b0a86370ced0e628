import * as z from 'zod/mini';
import type { DraftForm } from './draft-form.ts';

const names = { th: z.string(), en: z.string(), zh: z.string(), my: z.string() };

const nameFormSchema = z.object({ ...names, loaded: z.object(names) });

const draftFormSchema = z.object({
  organizationId: z.optional(z.string()),
  organization: nameFormSchema,
  fiscalYear: z.string(),
  instruments: z.array(z.string()),
  departments: z.array(
    z.object({
      number: z.number(),
      name: nameFormSchema,
      targets: z.record(z.string(), z.string()),
      headCount: z.string(),
      retired: z.boolean(),
    }),
  ),
  suppressionThreshold: z.string(),
  complaints: z.array(z.object({ name: nameFormSchema, address: z.string() })),
});

/** A new assessment as text, for a page that is thrown away while it is typed; empty = there is none. */
export const draftText = (form: DraftForm | null): string =>
  form === null ? '' : JSON.stringify(form);

/** The form of such a text; null where it is none, or one of another version. */
export function readDraftText(text: string): DraftForm | null {
  try {
    return draftFormSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
