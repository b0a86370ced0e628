import * as z from 'zod/mini';

/** As `z.int()`, for what every phone fetches: the code of all kinds of numbers would come along with that. */
export const integerSchema = z.number().check(z.refine(Number.isSafeInteger));
