import type { Envelope } from '#core/contract/envelope.ts';
import { unpad } from '#core/seal/padding.ts';
import { boundTo, readSealedBody } from '#core/seal/sealed-body.ts';
import type { Storage } from '../storage/storage.ts';
import { openerOf, type OpenWithKey } from './seal-keys.ts';

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

/** Opens with the keys that storage has the secrets of; each is computed once. */
export function createOpenSealed(storage: Pick<Storage, 'findSealSecret'>): OpenSealed {
  const openers = new Map<string, Promise<OpenWithKey>>();

  async function openerFor(assessment: string, number: number): Promise<OpenWithKey | null> {
    const name = `${assessment} ${number}`;
    const known = openers.get(name);
    if (known) return known;
    const sealSecret = await storage.findSealSecret(assessment);
    if (!sealSecret || number > sealSecret.keys + KEYS_AHEAD) return null;
    const opener = openerOf(sealSecret, number);
    openers.set(name, opener);
    return opener;
  }

  return async function openSealed(assessment, { id, channel, body }) {
    const sealed = readSealedBody(body);
    if (!sealed) return { state: 'broken' };
    const open = await openerFor(assessment, sealed.key);
    if (!open) return { state: 'unknown-key' };
    try {
      const text = unpad(new Uint8Array(await open(sealed, boundTo(id, channel))));
      return text ? { state: 'open', body: utf8.decode(text) } : { state: 'broken' };
    } catch {
      return { state: 'broken' };
    }
  };
}
