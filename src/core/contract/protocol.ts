// The protocol between a device and the server. History: 1 = first version; 2 = the body may be sealed; 3 = what a person came
// in by may travel along.

/**
 * The protocol version this build speaks. Raise it when an older server could misread what we send. Every older version is
 * taken for ever; a newer one is quarantined.
 */
export const PROTOCOL = 3;

/** The version in which an envelope with a body that everybody can read is written. */
export const PLAIN_PROTOCOL = 1;

/** The version in which an envelope with a sealed body is written. */
export const SEALED_PROTOCOL = 2;

/** The version in which an envelope is written whose text has an admission beside the response, sealed or open. */
export const ADMITTED_PROTOCOL = 3;

/** The highest version that an envelope may name: what the column that keeps it takes on both databases. */
export const MAX_PROTOCOL = 2 ** 31 - 1;

/** The header field in which a device tells how it talks to the server: the PROTOCOL of its build, apart from the envelopes'. */
export const PROTOCOL_HEADER = 'sucharit-protocol';

/** The header field of a batch that comes again with what the server wanted of it (contract/work.ts). */
export const WORK_HEADER = 'sucharit-work';

/**
 * The oldest build that may still talk to the server; raise it only where an older one would do harm. An older one is told
 * `outdated-client`, keeps everything, is updated and sends then: envelopes of every older protocol are taken for ever.
 */
export const MINIMUM_CLIENT_PROTOCOL = 1;

/** How long a device keeps what was acknowledged, to offer it again to a restored server, if the server says nothing else. */
export const DEFAULT_REOFFER_DAYS = 14;

/** Most envelopes in one batch. */
export const MAX_BATCH_ENVELOPES = 100;

/** Largest batch in bytes of the request's body. */
export const MAX_BATCH_BYTES = 512 * 1024;

/** Largest body of one envelope in characters; a finished response has about 300. */
export const MAX_BODY_CHARACTERS = 8 * 1024;
