// Seals responses fast enough for a load of millions: what the library in browsers takes a millisecond for. One key of the
// sender's is used for many of them, which a device never does; opening each costs the server the same.
import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';
import { pad } from '#core/seal/padding.ts';
import { boundTo, writeSealedBody } from '#core/seal/sealed-body.ts';
import type { SealKey } from '#core/seal/seal-key.ts';

/** The body of a sealed envelope. */
export type Seal = (id: string, channel: string, text: string) => string;

const VERSION = Buffer.from('HPKE-v1');
const KEM_ID = Buffer.from('KEM\u0000\u0010', 'latin1');
const SUITE_ID = Buffer.from('HPKE\u0000\u0010\u0000\u0001\u0000\u0001', 'latin1');
const NO_SALT = Buffer.alloc(32);
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

const hmac = (key: Uint8Array, ...parts: readonly (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHmac('sha256', key)).digest();

const extract = (id: Buffer, salt: Buffer, label: string, material: Buffer) =>
  hmac(salt, VERSION, id, label, material);

const expand = (id: Buffer, secret: Buffer, label: string, info: Buffer, length: number) =>
  hmac(secret, Uint8Array.of(0, length), VERSION, id, label, info, Uint8Array.of(1)).subarray(
    0,
    length,
  );

/** HPKE in base mode as core/seal/suite.ts chooses it (RFC 9180, sections 4.1, 5.1 and 5.2), with one sender's key for all. */
export function createSeal({ number, publicKey }: SealKey): Seal {
  const point = Buffer.from(publicKey, 'hex');
  const sender = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encapsulated = sender.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  const agreed = diffieHellman({
    privateKey: sender.privateKey,
    publicKey: createPublicKey({
      format: 'der',
      type: 'spki',
      key: Buffer.concat([SPKI_HEAD, point]),
    }),
  });
  const both = Buffer.concat([encapsulated, point]);
  const eae = extract(KEM_ID, NO_SALT, 'eae_prk', agreed);
  const shared = expand(KEM_ID, eae, 'shared_secret', both, 32);
  const nothing = Buffer.alloc(0);
  const context = Buffer.concat([
    Uint8Array.of(0),
    extract(SUITE_ID, NO_SALT, 'psk_id_hash', nothing),
    extract(SUITE_ID, NO_SALT, 'info_hash', nothing),
  ]);
  const secret = extract(SUITE_ID, shared, 'secret', nothing);
  const key = expand(SUITE_ID, secret, 'key', context, 16);
  const nonce = expand(SUITE_ID, secret, 'base_nonce', context, 12);
  return function seal(id, channel, text) {
    const cipher = createCipheriv('aes-128-gcm', key, nonce);
    cipher.setAAD(boundTo(id, channel));
    const ciphertext = Buffer.concat([
      cipher.update(pad(Buffer.from(text))),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return writeSealedBody({
      key: number,
      encapsulated: new Uint8Array(encapsulated),
      ciphertext: new Uint8Array(ciphertext),
    });
  };
}
