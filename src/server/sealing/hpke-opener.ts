// The receiving half of HPKE as core/seal/suite.ts chooses it, on Node's own cryptography: the library, which runs in browsers
// too, takes ten times as long for it, and opening is most of what receiving a response costs.
import { createDecipheriv, createHmac, createPrivateKey, decapsulate, hkdfSync } from 'node:crypto';
import { promisify } from 'node:util';

/** Opens what was sealed to one key; rejects what was not, or is not as it was sealed. `bound`: as it was sealed with. */
export type Open = (
  sealed: { encapsulated: Uint8Array; ciphertext: Uint8Array },
  bound: Uint8Array,
) => Promise<Uint8Array>;

/** A point of P-256 in 65 bytes, uncompressed: the only way that DHKEM(P-256) writes one (RFC 9180, section 7.1.1). */
const POINT_BYTES = 65;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 32;

/** Length of what is expanded, in two bytes (RFC 9180, section 4). */
const inTwoBytes = (number: number) => Uint8Array.of(number >> 8, number & 0xff);

const NOTHING = new Uint8Array();
const VERSION = Buffer.from('HPKE-v1');
/** DHKEM(P-256, HKDF-SHA256) is 0x0010, HKDF-SHA256 0x0001 and AES-128-GCM 0x0001 (section 7). */
const SUITE_ID = Buffer.concat([
  Buffer.from('HPKE'),
  inTwoBytes(0x00_10),
  inTwoBytes(0x00_01),
  inTwoBytes(0x00_01),
]);
const MODE_BASE = Uint8Array.of(0);

/** An empty salt is as many zeros as the hash has bytes (RFC 5869, section 2.2). */
const NO_SALT = new Uint8Array(HASH_BYTES);

/** What LabeledExtract makes of its label and material before it extracts. */
const labeled = (label: string) => Buffer.concat([VERSION, SUITE_ID, Buffer.from(label)]);

/** LabeledExtract of RFC 9180, section 4, without a salt. */
const extract = (label: string, material: Uint8Array) =>
  createHmac('sha256', NO_SALT).update(labeled(label)).update(material).digest();

/** What LabeledExpand expands by, but for the info that follows. */
const expandedBy = (label: string, length: number) =>
  Buffer.concat([inTwoBytes(length), labeled(label)]);

/** LabeledExtract and LabeledExpand of what it made, in one call: together they are HKDF (RFC 5869). */
const derive = (salt: Uint8Array, material: Buffer, by: Buffer, length: number) =>
  new Uint8Array(hkdfSync('sha256', material, salt, by, length));

const OF_NO_PSK = labeled('secret');

/** Decap of DHKEM (section 4.1), in the thread pool. A point that is not on the curve is no key and rejects. */
const decapsulated = promisify(decapsulate);

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/**
 * The opener of a key pair of P-256: the private key's 32 bytes, the public key's point, and the `info` that was sealed with
 * (RFC 9180, section 5.1.1), which is nothing for responses.
 */
export function createOpener(
  pair: { privateKey: Uint8Array; publicKey: Uint8Array },
  info: Uint8Array = NOTHING,
): Open {
  const point = Buffer.from(pair.publicKey);
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: base64url(pair.privateKey),
      x: base64url(point.subarray(1, 33)),
      y: base64url(point.subarray(33)),
    },
  });
  const context = Buffer.concat([
    MODE_BASE,
    extract('psk_id_hash', NOTHING),
    extract('info_hash', info),
  ]);
  const byKey = Buffer.concat([expandedBy('key', KEY_BYTES), context]);
  const byNonce = Buffer.concat([expandedBy('base_nonce', NONCE_BYTES), context]);

  return async function open({ encapsulated, ciphertext }, bound) {
    if (ciphertext.length < TAG_BYTES) throw new Error('shorter than its tag');
    if (encapsulated.length !== POINT_BYTES) throw new Error('not a point of P-256');
    const shared = await decapsulated(privateKey, encapsulated);
    const key = derive(shared, OF_NO_PSK, byKey, KEY_BYTES);
    const nonce = derive(shared, OF_NO_PSK, byNonce, NONCE_BYTES);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
    const text = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
    decipher.final();
    return text;
  };
}
