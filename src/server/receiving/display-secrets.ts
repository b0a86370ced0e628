import type { Storage } from '../storage/storage.ts';

/**
 * The secrets of the displays that stand at the channels' counters, by channel. Asked anew each time: a display that was
 * replaced shows nothing valid from then on, whichever of several servers replaced it.
 */
export async function findDisplaySecrets(
  storage: Storage,
  channels: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const displays = await storage.listDisplays(channels);
  return new Map(
    displays.filter(({ isOpen }) => isOpen).map(({ channel, secret }) => [channel, secret]),
  );
}
