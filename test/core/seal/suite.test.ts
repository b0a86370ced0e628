import { OpenError } from '@hpke/core';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect, it } from 'vitest';
import { sealSuite } from '#core/seal/suite.ts';

/** RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, first encryption. */
const VECTOR = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  ikmE: '4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e',
  ikmR: '668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550',
  publicKeyR:
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  privateKeyR: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
  encapsulated:
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  plaintext: '4265617574792069732074727574682c20747275746820626561757479',
  aad: '436f756e742d30',
  ciphertext:
    '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
};

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
