import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { PIN_HASH_BYTES, PIN_ROUNDS, type PinLock } from '#core/kiosk/pin.ts';

const derive = promisify(pbkdf2);

/** What a tablet checks a PIN against. `salt`: 128 random bits in hex. */
export async function lockFor(pin: string, salt: string): Promise<PinLock> {
  const hash = await derive(pin, Buffer.from(salt, 'hex'), PIN_ROUNDS, PIN_HASH_BYTES, 'sha256');
  return { salt, hash: hash.toString('hex') };
}
