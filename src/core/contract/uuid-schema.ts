import * as z from 'zod/mini';

/**
 * As `z.uuidv4()`, for what every phone fetches: the code of all kinds of ids would come along with that. In lower case alone, as ids are
 * written: PostgreSQL sorts capitals by its language and we by their numbers, and a count that goes by both would count some twice.
 */
export const uuidSchema = z
  .string()
  .check(z.regex(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/));
