import * as z from 'zod/mini';
import { LANGUAGES } from './language.ts';

export const languageSchema = z.enum(LANGUAGES);

/** A name that an office typed: Thai always, the others where somebody wrote them. */
export const localizedNameSchema = z.strictObject({
  th: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  en: z.optional(z.string().check(z.trim(), z.maxLength(200))),
  zh: z.optional(z.string().check(z.trim(), z.maxLength(200))),
  my: z.optional(z.string().check(z.trim(), z.maxLength(200))),
});

export type LocalizedName = z.infer<typeof localizedNameSchema>;
