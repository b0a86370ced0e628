import type { Assessment } from '#core/contract/assessment.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import type { Randomness } from '../randomness.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';
import { missingChannels } from './plan-channels.ts';

/**
 * The channels that an assessment lacks, with codes that nobody has: 23^7 are possible, so another try is all it takes.
 */
export async function newChannels(
  { storage, randomness }: { storage: Storage; randomness: Randomness },
  assessment: Assessment,
  existing: readonly StoredChannel[],
): Promise<StoredChannel[]> {
  for (;;) {
    const channels = missingChannels(assessment, existing, () => makeChannelCode(randomness.below));
    const codes = new Set(channels.map(({ code }) => code));
    const taken = await storage.findChannels([...codes]);
    if (taken.length === 0 && codes.size === channels.length) return channels;
  }
}
