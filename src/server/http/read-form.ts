import * as z from 'zod/mini';
import { envelopeIdSchema } from '#core/contract/envelope.ts';
import { languageSchema } from '#core/contract/language-schema.ts';
import { ProblemError } from './problem-error.ts';
import { placeOf, readText } from './read-json.ts';

/** Many times what the longest questionnaire takes. */
const MAX_FORM_BYTES = 16 * 1024;

export const FORM_TYPE = 'application/x-www-form-urlencoded';

const ownFields = {
  id: envelopeIdSchema,
  lang: languageSchema,
  /** Pressed instead of Send: the form is wanted in this language. */
  switch: z.exactOptional(languageSchema),
  code: z.exactOptional(z.string().check(z.maxLength(64))),
};

/** An option's number; '' = would rather not say. */
const chosenSchema = z.string().check(z.regex(/^\d{0,3}$/));

/** By the question's code. */
const formSchema = z.object({
  ...ownFields,
  chosen: z.record(z.string().check(z.regex(/^[A-Za-z][a-z0-9]{0,19}$/)), chosenSchema),
});

/** The same as it travels: what was chosen stands beside the other fields. */
export const formFieldsSchema = z.catchall(z.object(ownFields), chosenSchema);

type Form = z.infer<typeof formSchema>;

export type FilledForm = Form & Required<Pick<Form, 'code'>>;

/**
 * What a browser sends of the plain form.
 *
 * @throws ProblemError body-too-large, not-utf8, invalid-request: of another type, with a field twice, or no form of ours
 */
export async function readForm(request: Request): Promise<FilledForm> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== FORM_TYPE) throw new ProblemError('invalid-request', 'body');
  const fields = [...new URLSearchParams(await readText(request, MAX_FORM_BYTES))];
  const names = new Set(fields.map(([name]) => name));
  if (names.size < fields.length) throw new ProblemError('invalid-request', 'body');
  const own = new Set(Object.keys(ownFields));
  const result = formSchema.safeParse({
    ...Object.fromEntries(fields.filter(([name]) => own.has(name))),
    chosen: Object.fromEntries(fields.filter(([name]) => !own.has(name))),
  });
  if (!result.success) throw new ProblemError('invalid-request', placeOf(result.error));
  return { ...result.data, code: result.data.code ?? '' };
}
