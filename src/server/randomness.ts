import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Where randomness comes from. All of it has to be unguessable. */
export interface Randomness {
  /** An integer in [0, below). */
  below: (below: number) => number;
  /** A UUID v4. */
  uuid: () => string;
  /** 128 bits as text that needs no escaping in a URL. */
  token: () => string;
  /** 256 bits in hex. */
  secret: () => string;
}

export const cryptoRandomness: Randomness = {
  below: (below) => randomInt(below),
  uuid: () => randomUUID(),
  token: () => randomBytes(16).toString('base64url'),
  secret: () => randomBytes(32).toString('hex'),
};
