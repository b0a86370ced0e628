// Read by the server alone: what a device writes it need not check.
import * as z from 'zod/mini';

/**
 * What a person came in by, where a channel is not simply open: a code of one's own, or what a counter's display showed.
 * `window`: the number of the time window in which the display showed it; `mark`: the display's mark of it, in hex; `isOld`: by
 * the phone's clock it was out of its time when the survey was opened by it. It travels with the response, is judged when that arrives, and is never stored with it.
 */
const admissionSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('code'), code: z.string().check(z.regex(/^[0-9A-Z]{1,32}$/)) }),
  z.strictObject({
    by: z.literal('display'),
    window: z.int().check(z.minimum(0)),
    mark: z.string().check(z.regex(/^[0-9a-f]{1,64}$/)),
    isOld: z.exactOptional(z.literal(true)),
  }),
]);

/** A response's text with an admission beside it, before the response itself is looked at. */
export const admittedSchema = z.strictObject({
  admission: admissionSchema,
  response: z.unknown(),
});

export type AdmissionSchema = typeof admissionSchema;
