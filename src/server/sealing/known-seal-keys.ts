import type { SealKey } from '#core/seal/seal-key.ts';
import type { Storage } from '../storage/storage.ts';
import type { Open } from './hpke-opener.ts';
import { createOpenSealed, type OpenSealed } from './open-sealed.ts';
import { currentSealKey } from './seal-keys.ts';

/** The keys of all assessments. Computing one takes a third of a millisecond, so what was computed is remembered. */
export interface KnownSealKeys {
  openSealed: OpenSealed;
  /** What devices seal to now; null for an assessment from before there was sealing. */
  current(assessment: string): Promise<SealKey | null>;
  /** Forgets what was computed: of a removed assessment nothing stays in memory. The others are computed anew. */
  forget(): void;
}

export function createKnownSealKeys(storage: Pick<Storage, 'findSealSecret'>): KnownSealKeys {
  const openers = new Map<string, Promise<Open>>();
  const latest = new Map<string, SealKey>();

  return {
    openSealed: createOpenSealed(storage, openers),
    async current(assessment) {
      // Asked each time, as another process may have renewed it.
      const sealSecret = await storage.findSealSecret(assessment);
      if (!sealSecret) return null;
      const known = latest.get(assessment);
      if (known?.number === sealSecret.keys) return known;
      const key = await currentSealKey(sealSecret);
      latest.set(assessment, key);
      return key;
    },
    forget() {
      openers.clear();
      latest.clear();
    },
  };
}
