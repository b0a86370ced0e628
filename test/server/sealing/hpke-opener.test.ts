import { asyncProperty, assert, integer, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { sealSuite } from '#core/seal/suite.ts';
import { createOpener } from '#server/sealing/hpke-opener.ts';
import { HPKE_VECTOR as VECTOR } from '../../support/hpke-vector.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

const vectorOpener = createOpener(
  { privateKey: bytes(VECTOR.privateKeyR), publicKey: bytes(VECTOR.publicKeyR) },
  bytes(VECTOR.info),
);
const SEALED = {
  encapsulated: bytes(VECTOR.encapsulated),
  ciphertext: bytes(VECTOR.ciphertext),
};

const suite = sealSuite();

/** A pair as devices and the server have it, and its opener. */
async function newPair() {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  const opener = createOpener({
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(privateKey)),
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)),
  });
  return { recipientPublicKey: publicKey, open: opener };
}

it("opens RFC 9180's vector", async () => {
  const opened = await vectorOpener(SEALED, bytes(VECTOR.aad));
  expect(Buffer.from(opened).toString('hex')).toBe(VECTOR.plaintext);
});

it('opens whatever a device seals, whatever is bound to it', async () => {
  const { recipientPublicKey, open } = await newPair();
  const text = uint8Array({ maxLength: 1_500 });
  await assert(
    asyncProperty(text, uint8Array({ maxLength: 80 }), async (content, bound) => {
      const { enc, ct } = await suite.seal({ recipientPublicKey }, content, bound);
      const sealed = { encapsulated: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
      expect(new Uint8Array(await open(sealed, bound))).toEqual(content);
    }),
    { numRuns: 60 },
  );
});

/** The bytes with one of their bits turned. */
const flip = (original: Uint8Array, place: number) => {
  const changed = Uint8Array.from(original);
  const at = place % (changed.length * 8);
  changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
  return changed;
};

it('opens nothing of which one bit is another', async () => {
  await assert(
    asyncProperty(integer({ min: 0, max: 4_000 }), async (place) => {
      const aad = bytes(VECTOR.aad);
      const { encapsulated, ciphertext } = SEALED;
      await expect(
        vectorOpener({ encapsulated: flip(encapsulated, place), ciphertext }, aad),
      ).rejects.toThrow(Error);
      await expect(
        vectorOpener({ encapsulated, ciphertext: flip(ciphertext, place) }, aad),
      ).rejects.toThrow(Error);
      await expect(vectorOpener(SEALED, flip(aad, place))).rejects.toThrow(Error);
    }),
  );
});

it('opens nothing that was sealed to another key', async () => {
  const [one, other] = await Promise.all([newPair(), newPair()]);
  const { recipientPublicKey } = other;
  const { enc, ct } = await suite.seal({ recipientPublicKey }, bytes('00'), bytes(''));
  const sealed = { encapsulated: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
  await expect(one.open(sealed, bytes(''))).rejects.toThrow(Error);
});

it.each([
  ['no point', { ...SEALED, encapsulated: new Uint8Array() }],
  ['a point in its short form', { ...SEALED, encapsulated: SEALED.encapsulated.subarray(0, 33) }],
  ['a point off the curve', { ...SEALED, encapsulated: Uint8Array.of(4, ...new Uint8Array(64)) }],
  ['no ciphertext', { ...SEALED, ciphertext: new Uint8Array() }],
  ['half a tag', { ...SEALED, ciphertext: SEALED.ciphertext.subarray(-8) }],
])('rejects %s', async (_, sealed) => {
  await expect(vectorOpener(sealed, bytes(VECTOR.aad))).rejects.toThrow(Error);
});

it('leaves the event loop free while it agrees on the key', async () => {
  const opening = vectorOpener(SEALED, bytes(VECTOR.aad)).then(() => 'it is open');
  // Behind every promise that waits for no other thread: what comes from one is heard in a later turn of the loop.
  const endOfTurn = new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve, 'the turn of the loop is over'));
  });
  expect(await Promise.race([opening, endOfTurn])).toBe('the turn of the loop is over');
  expect(await opening).toBe('it is open');
});
