import * as z from 'zod/mini';

/** The key that responses of an assessment are sealed to now. `publicKey`: an uncompressed point of P-256 in hex. */
export const sealKeySchema = z.strictObject({
  number: z.int().check(z.minimum(1)),
  publicKey: z.string().check(z.regex(/^04[0-9a-f]{128}$/)),
});

export type SealKey = z.infer<typeof sealKeySchema>;

/** What an admin is told: null where nothing is sealed. */
export const sealStandingSchema = z.strictObject({ seal: z.nullable(sealKeySchema) });

export type SealStanding = z.infer<typeof sealStandingSchema>;
