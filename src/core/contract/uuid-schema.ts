import * as z from 'zod/mini';

/** As `z.uuidv4()`, for what every phone fetches: the code of all kinds of ids would come along with that. */
export const uuidSchema = z
  .string()
  .check(z.regex(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i));
