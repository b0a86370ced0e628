import type * as z from 'zod/mini';
import type { AppContext } from './effects.ts';
import { ProblemError } from './problem-error.ts';

/** What the address asks for. @throws ProblemError invalid-request, with the parameter's name */
export function readQuery<Schema extends z.ZodMiniType>(
  context: AppContext,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(context.req.query());
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', parsed.error.issues[0]?.path.join('.'));
}
