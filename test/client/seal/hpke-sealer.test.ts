import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { assert, asyncProperty, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { seal } from '#client/seal/hpke-sealer.ts';
import { sealSuite } from '#core/seal/suite.ts';
import { createOpener } from '#server/sealing/hpke-opener.ts';
import { HPKE_VECTOR as VECTOR } from '../../support/hpke-vector.ts';

const suite = sealSuite();
const bytes = (hex: string) => new Uint8Array(hexToBytes(hex));
const RECEIVER = bytes(VECTOR.publicKeyR);

const anyBytes = (maxLength: number) =>
  uint8Array({ maxLength }).map((some) => new Uint8Array(some));

it("seals as RFC 9180's vector", async () => {
  const pair = await suite.kem.deriveKeyPair(bytes(VECTOR.ikmE));
  const sealed = await seal(
    RECEIVER,
    bytes(VECTOR.plaintext),
    bytes(VECTOR.aad),
    bytes(VECTOR.info),
    pair,
  );
  expect(bytesToHex(sealed.encapsulated)).toBe(VECTOR.encapsulated);
  expect(bytesToHex(sealed.ciphertext)).toBe(VECTOR.ciphertext);
});

it('is opened by the library and by the server, whatever it seals and binds to it', async () => {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  const receiver = new Uint8Array(await suite.kem.serializePublicKey(publicKey));
  const secret = new Uint8Array(await suite.kem.serializePrivateKey(privateKey));
  const open = createOpener({ privateKey: secret, publicKey: receiver });
  await assert(
    asyncProperty(anyBytes(1_500), anyBytes(80), async (text, bound) => {
      const sealed = await seal(receiver, text, bound);
      const { encapsulated: enc, ciphertext } = sealed;
      const opened = await suite.open({ recipientKey: privateKey, enc }, ciphertext, bound);
      expect(new Uint8Array(opened)).toEqual(text);
      expect(new Uint8Array(await open(sealed, bound))).toEqual(text);
    }),
    { numRuns: 60 },
  );
});

it('seals the same text anew each time', async () => {
  const [one, other] = await Promise.all(
    [1, 2].map(async () => seal(RECEIVER, bytes('00'), bytes(''))),
  );
  expect(one?.encapsulated).not.toEqual(other?.encapsulated);
  expect(one?.ciphertext).not.toEqual(other?.ciphertext);
});

it.each([
  ['no point', bytes('')],
  ['a point in its short form', RECEIVER.slice(0, 33)],
  ['a point off the curve', Uint8Array.of(4, ...new Uint8Array(64))],
])('seals nothing to %s', async (_, receiver) => {
  await expect(seal(receiver, bytes('00'), bytes(''))).rejects.toThrow(Error);
});
