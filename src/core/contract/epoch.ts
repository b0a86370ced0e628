import * as z from 'zod/mini';
import { integerSchema } from './integer-schema.ts';
import { uuidSchema } from './uuid-schema.ts';

/**
 * What a server tells every device that talks to it. `epoch` names the database's life: it changes when the database was
 * restored from a backup or replaced, and what was acknowledged in an earlier epoch may be gone. `reofferDays`: how long a
 * device keeps what was acknowledged, to offer it again then; 0 = not at all.
 */
export const serverStandingSchema = z.object({
  epoch: uuidSchema,
  reofferDays: integerSchema.check(z.minimum(0), z.maximum(366)),
});

export type ServerStanding = z.infer<typeof serverStandingSchema>;
