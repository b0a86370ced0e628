// The protocol between a device and the server. History: 1 = first version.

/**
 * The protocol version this build speaks. Raise it when an older server could misread what we send. Every older version is
 * taken for ever; a newer one is quarantined.
 */
export const PROTOCOL = 1;

/** Most envelopes in one batch. */
export const MAX_BATCH_ENVELOPES = 100;

/** Largest batch in bytes of the request's body. */
export const MAX_BATCH_BYTES = 512 * 1024;

/** Largest body of one envelope in characters; a finished response has about 300. */
export const MAX_BODY_CHARACTERS = 8 * 1024;
