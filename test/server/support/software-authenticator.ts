import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  MadePasskey,
  PasskeyCreation,
  PasskeyProof,
  PasskeyRequest,
} from '#core/contract/passkeys.ts';

/** What an authenticator does otherwise than it should. */
export interface Misbehaviour {
  /** Where the browser says that the page is from. */
  origin?: string;
  /** The name that the passkey is for. */
  rpId?: string;
  /** Nobody showed who they are. */
  unverified?: boolean;
  /** What is signed in the place of the challenge. */
  challenge?: string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const CREDENTIAL_INCLUDED = 0x40;

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** A CBOR head (RFC 8949) of a major type with a small length. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
const cborBytes = (bytes: Buffer) => Buffer.concat([head(2, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborInteger = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const cborMap = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

/** A public key as COSE_Key: EC2, ES256, P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const integers = [
    [1, 2],
    [3, -7],
    [-1, 1],
  ].map(([name = 0, value = 0]) => [cborInteger(name), cborInteger(value)] as const);
  const point = [
    [-2, x],
    [-3, y],
  ].map(
    ([name, value]) =>
      [cborInteger(Number(name)), cborBytes(Buffer.from(String(value), 'base64url'))] as const,
  );
  return cborMap([...integers, ...point]);
}

/** A device with one passkey (ES256, no attestation), and the browser that it is asked through. */
export function createAuthenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let counter = 0;

  function clientData(
    type: 'webauthn.create' | 'webauthn.get',
    challenge: string,
    other: Misbehaviour,
  ) {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: other.challenge ?? challenge,
        origin: other.origin ?? origin,
        crossOrigin: false,
      }),
    );
  }

  function authenticatorData(rpId: string, other: Misbehaviour, credential?: Buffer): Buffer {
    counter += 1;
    const flags =
      USER_PRESENT |
      (other.unverified ? 0 : USER_VERIFIED) |
      (credential ? CREDENTIAL_INCLUDED : 0);
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(counter);
    return Buffer.concat([
      sha256(other.rpId ?? rpId),
      Buffer.from([flags]),
      counted,
      credential ?? Buffer.alloc(0),
    ]);
  }

  const named = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
  } as const;

  return {
    id: named.id,

    make({ challenge, rp }: PasskeyCreation, other: Misbehaviour = {}): MadePasskey {
      const length = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(authenticatorData(rp.id, other, credential))],
      ]);
      return {
        ...named,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, other).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      };
    },

    prove({ challenge, rpId }: PasskeyRequest, other: Misbehaviour = {}): PasskeyProof {
      const data = authenticatorData(rpId, other);
      const client = clientData('webauthn.get', challenge, other);
      return {
        ...named,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString(
            'base64url',
          ),
        },
      };
    },
  };
}
