import { OpenError } from '@hpke/core';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect, it } from 'vitest';
import { sealSuite } from '#core/seal/suite.ts';
import { HPKE_VECTOR as VECTOR } from '../../support/hpke-vector.ts';

const suite = sealSuite();
const bytes = (hex: string) => new Uint8Array(hexToBytes(hex));
const hexOf = (buffer: ArrayBuffer) => bytesToHex(new Uint8Array(buffer));

it("derives the pair of RFC 9180's vector", async () => {
  const { publicKey, privateKey } = await suite.kem.deriveKeyPair(bytes(VECTOR.ikmR));
  expect(hexOf(await suite.kem.serializePublicKey(publicKey))).toBe(VECTOR.publicKeyR);
  expect(hexOf(await suite.kem.serializePrivateKey(privateKey))).toBe(VECTOR.privateKeyR);
});

it("seals as RFC 9180's vector", async () => {
  const sealed = await suite.seal(
    {
      recipientPublicKey: await suite.kem.deserializePublicKey(bytes(VECTOR.publicKeyR)),
      info: bytes(VECTOR.info),
      ekm: await suite.kem.deriveKeyPair(bytes(VECTOR.ikmE)),
    },
    bytes(VECTOR.plaintext),
    bytes(VECTOR.aad),
  );
  expect(hexOf(sealed.enc)).toBe(VECTOR.encapsulated);
  expect(hexOf(sealed.ct)).toBe(VECTOR.ciphertext);
});

it("opens RFC 9180's vector, and not under other bound data", async () => {
  const params = {
    recipientKey: await suite.kem.deserializePrivateKey(bytes(VECTOR.privateKeyR)),
    enc: bytes(VECTOR.encapsulated),
    info: bytes(VECTOR.info),
  };
  const opened = await suite.open(params, bytes(VECTOR.ciphertext), bytes(VECTOR.aad));
  expect(hexOf(opened)).toBe(VECTOR.plaintext);
  await expect(
    suite.open(params, bytes(VECTOR.ciphertext), bytes('436f756e742d31')),
  ).rejects.toThrow(OpenError);
});
