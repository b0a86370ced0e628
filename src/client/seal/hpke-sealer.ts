// The sending half of HPKE as core/seal/suite.ts chooses it, on the browser's own cryptography: the library, which knows many suites
// and both halves, is six times as large, and every phone would fetch it.
import { utf8Of } from '#core/bytes.ts';

/** What was sealed to one key: the point of the pair that was made for it, and the text with its tag. */
export interface Sealed {
  encapsulated: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

type Bytes = Uint8Array<ArrayBuffer>;

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const HMAC = { name: 'HMAC', hash: 'SHA-256' };
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const HASH_BYTES = 32;

const NOTHING = new Uint8Array();

/** An empty salt is as many zeros as the hash has bytes (RFC 5869, section 2.2). */
const NO_SALT = new Uint8Array(HASH_BYTES);

/** Bytes one after the other; a text stands for its bytes. */
function joined(...parts: readonly (Uint8Array | string)[]): Bytes {
  const all = parts.map((part) => (typeof part === 'string' ? utf8Of(part) : part));
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of all) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** A number in two bytes (RFC 9180, section 4). */
const inTwoBytes = (number: number) => Uint8Array.of(number >> 8, number & 0xff);

/** DHKEM(P-256, HKDF-SHA256) is 0x0010; with HKDF-SHA256 0x0001 and AES-128-GCM 0x0001 it is the suite (section 7). */
const KEM_ID = joined('KEM', inTwoBytes(0x00_10));
const SUITE_ID = joined('HPKE', inTwoBytes(0x00_10), inTwoBytes(0x00_01), inTwoBytes(0x00_01));
const MODE_BASE = Uint8Array.of(0);

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, HMAC, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** LabeledExtract of RFC 9180, section 4. */
const extract = async (id: Bytes, salt: Bytes, label: string, material: Bytes) =>
  hmac(salt, joined('HPKE-v1', id, label, material));

/** LabeledExpand of RFC 9180, section 4, to at most one hash's length: then it is one step of HKDF-Expand. */
async function expand(
  id: Bytes,
  secret: Bytes,
  label: string,
  info: Bytes,
  length: number,
): Promise<Bytes> {
  const message = joined(inTwoBytes(length), 'HPKE-v1', id, label, info, Uint8Array.of(1));
  return (await hmac(secret, message)).slice(0, length);
}

/** The pair of which the public half travels with what is sealed; made anew for each. */
const newPair = async () => crypto.subtle.generateKey(CURVE, false, ['deriveBits']);

/** Encap of DHKEM (section 4.1): the secret that only the receiver can make again, and what it takes for that. */
async function encapsulate(receiver: Bytes, pair: CryptoKeyPair) {
  // A point that is not on the curve is no key and rejects.
  const publicKey = await crypto.subtle.importKey('raw', receiver, CURVE, true, []);
  const agreed = await crypto.subtle.deriveBits(
    { name: 'ECDH', public: publicKey },
    pair.privateKey,
    HASH_BYTES * 8,
  );
  const encapsulated = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const secret = await extract(KEM_ID, NO_SALT, 'eae_prk', new Uint8Array(agreed));
  const both = joined(encapsulated, receiver);
  const shared = await expand(KEM_ID, secret, 'shared_secret', both, HASH_BYTES);
  return { encapsulated, shared };
}

/**
 * Seals a text to the receiver's point of P-256 (65 bytes, uncompressed), in base mode (RFC 9180, section 5.1.1), once. `bound`: sealed
 * along without being hidden. `info` and `pair`: for the RFC's own vector; else nothing, and a new one.
 *
 * @throws the browser's error where the point is none, TypeError where it hides WebCrypto
 */
export async function seal(
  receiver: Bytes,
  text: Bytes,
  bound: Bytes,
  info: Bytes = NOTHING,
  pair?: CryptoKeyPair,
): Promise<Sealed> {
  const { encapsulated, shared } = await encapsulate(receiver, pair ?? (await newPair()));
  const context = joined(
    MODE_BASE,
    await extract(SUITE_ID, NO_SALT, 'psk_id_hash', NOTHING),
    await extract(SUITE_ID, NO_SALT, 'info_hash', info),
  );
  const secret = await extract(SUITE_ID, shared, 'secret', NOTHING);
  const key = await expand(SUITE_ID, secret, 'key', context, KEY_BYTES);
  const iv = await expand(SUITE_ID, secret, 'base_nonce', context, NONCE_BYTES);
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const gcm = { name: 'AES-GCM', iv, additionalData: bound };
  return {
    encapsulated,
    ciphertext: new Uint8Array(await crypto.subtle.encrypt(gcm, cipher, text)),
  };
}
