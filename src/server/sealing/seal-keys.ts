import { hkdfSync } from 'node:crypto';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { SealKey } from '#core/seal/seal-key.ts';
import { sealSuite } from '#core/seal/suite.ts';
import type { Randomness } from '../randomness.ts';
import type { SealSecret } from '../storage/storage.ts';
import { createOpener, type Open } from './hpke-opener.ts';

const suite = sealSuite();

/** For an assessment that is made; its first key. */
export const newSealSecret = ({ secret }: Randomness): SealSecret => ({
  secret: secret(),
  keys: 1,
});

/**
 * The pair of an assessment's key of that number. All of them follow from the secret that the assessment was made with, so a
 * backup that knows the assessment opens everything that was ever sealed to it, also to keys that are newer than the backup.
 */
const keyPairOf = async ({ secret }: SealSecret, number: number) => {
  const seed = hkdfSync(
    'sha256',
    Buffer.from(secret, 'hex'),
    '',
    `sucharit seal key ${number}`,
    32,
  );
  return suite.kem.deriveKeyPair(seed);
};

/** What devices seal to now. */
export async function currentSealKey(sealSecret: SealSecret): Promise<SealKey> {
  const number = sealSecret.keys;
  const { publicKey } = await keyPairOf(sealSecret, number);
  const point = await suite.kem.serializePublicKey(publicKey);
  return { number, publicKey: bytesToHex(new Uint8Array(point)) };
}

/** Opens what was sealed to that key; computed once. */
export async function openerOf(sealSecret: SealSecret, number: number): Promise<Open> {
  const { publicKey, privateKey } = await keyPairOf(sealSecret, number);
  return createOpener({
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(privateKey)),
  });
}
