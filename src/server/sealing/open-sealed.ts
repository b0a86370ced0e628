import type { Envelope } from '#core/contract/envelope.ts';
import { unpad } from '#core/seal/padding.ts';
import { readSealedBody } from './read-sealed-body.ts';
import { boundTo } from '#core/seal/sealed-body.ts';
import type { SealSecret, Storage } from '../storage/storage.ts';
import type { Open } from './hpke-opener.ts';
import { openerOf } from './seal-keys.ts';

/**
 * How many keys newer than the last that storage knows are tried: after a restore, what devices sealed to keys that were made
 * since the backup still opens. Bounded, as each costs a computation.
 */
const KEYS_AHEAD = 50;

/** What is in a sealed envelope. broken: it was damaged, or was not sealed for this envelope; unknown-key: not to be opened here. */
export type Opened =
  | { state: 'open'; body: string }
  | { state: 'broken' }
  | { state: 'unknown-key' };

/** Opens what was sealed to a key of the assessment. */
export type OpenSealed = (assessment: string, envelope: Envelope) => Promise<Opened>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Opens with the keys that storage has the secrets of; each is computed once, and all who ask at once wait for one look. `openers`:
 * what was computed; clearing it costs computing it again.
 */
export function createOpenSealed(
  storage: Pick<Storage, 'findSealSecret'>,
  openers = new Map<string, Promise<Open>>(),
): OpenSealed {
  const looks = new Map<string, Promise<SealSecret | null>>();

  async function lookUp(assessment: string): Promise<SealSecret | null> {
    const begun = looks.get(assessment);
    if (begun) return begun;
    const look = storage.findSealSecret(assessment).finally(() => looks.delete(assessment));
    looks.set(assessment, look);
    return look;
  }

  async function openerFor(assessment: string, number: number): Promise<Open | null> {
    const name = `${assessment} ${number}`;
    const known = openers.get(name);
    if (known) return known;
    const sealSecret = await lookUp(assessment);
    if (!sealSecret || number > sealSecret.keys + KEYS_AHEAD) return null;
    const computed = openers.get(name);
    if (computed) return computed;
    const opener = openerOf(sealSecret, number);
    openers.set(name, opener);
    // What could not be computed once is tried again, not remembered.
    opener.catch(() => openers.delete(name));
    return opener;
  }

  return async function openSealed(assessment, { id, channel, body }) {
    const sealed = readSealedBody(body);
    if (!sealed) return { state: 'broken' };
    const open = await openerFor(assessment, sealed.key);
    if (!open) return { state: 'unknown-key' };
    try {
      const text = unpad(await open(sealed, boundTo(id, channel)));
      return text ? { state: 'open', body: utf8.decode(text) } : { state: 'broken' };
    } catch {
      return { state: 'broken' };
    }
  };
}
