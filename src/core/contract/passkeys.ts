import * as z from 'zod/mini';

export const MAX_PASSKEY_NAME_CHARACTERS = 60;

/** How the owner of a passkey tells it from their others. */
export const passkeyNameSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(MAX_PASSKEY_NAME_CHARACTERS));

/** A passkey of one's own. When it was last used, nobody keeps. */
export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** ISO, UTC. */
  addedAt: z.string(),
});

export type Passkey = z.infer<typeof passkeySchema>;

/** PATCH /api/v1/account/passkeys/:id. */
export const passkeyRenamingSchema = z.strictObject({ name: passkeyNameSchema });

// What follows is WebAuthn's own (level 3, section 5.1): only what our pages and better-auth use of it is let through.

/** Bytes as base64url. */
const bytesSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,10000}$/));

const publicKeySchema = z.literal('public-key');

const transportsSchema = z
  .array(z.string().check(z.regex(/^[a-z-]{1,20}$/)))
  .check(z.maxLength(10));

/** What a browser is asked for when a passkey is added: PublicKeyCredentialCreationOptionsJSON. */
export const passkeyCreationSchema = z.object({
  challenge: bytesSchema,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: bytesSchema, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: publicKeySchema, alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(z.object({ id: bytesSchema, type: publicKeySchema })),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});

export type PasskeyCreation = z.infer<typeof passkeyCreationSchema>;

/** What a browser is asked for at a sign-in: PublicKeyCredentialRequestOptionsJSON. */
export const passkeyRequestSchema = z.object({
  challenge: bytesSchema,
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
});

export type PasskeyRequest = z.infer<typeof passkeyRequestSchema>;

/** A new passkey as the browser made it: RegistrationResponseJSON. */
export const madePasskeySchema = z.object({
  id: bytesSchema,
  rawId: bytesSchema,
  type: publicKeySchema,
  response: z.object({
    clientDataJSON: bytesSchema,
    attestationObject: bytesSchema,
    transports: z.optional(transportsSchema),
  }),
});

export type MadePasskey = z.infer<typeof madePasskeySchema>;

/** POST /api/v1/account/passkeys. */
export const passkeyAdditionSchema = z.strictObject({
  name: passkeyNameSchema,
  passkey: madePasskeySchema,
});

export type PasskeyAddition = z.infer<typeof passkeyAdditionSchema>;

/** What a passkey says at a sign-in: AuthenticationResponseJSON. */
export const passkeyProofSchema = z.object({
  id: bytesSchema,
  rawId: bytesSchema,
  type: publicKeySchema,
  response: z.object({
    clientDataJSON: bytesSchema,
    authenticatorData: bytesSchema,
    signature: bytesSchema,
  }),
});

export type PasskeyProof = z.infer<typeof passkeyProofSchema>;
