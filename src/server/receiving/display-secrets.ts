import { setImmediate } from 'node:timers/promises';
import type { Storage } from '../storage/storage.ts';

/** The secrets of the displays that stand at the channels' counters, by channel. */
type Secrets = ReadonlyMap<string, string>;

/**
 * Looks up the secrets of displays. Asked anew each time: a display that was replaced shows nothing valid from then on, whichever of
 * several servers replaced it. Those who ask in one turn of the event loop share a look, which begins after all of them have asked.
 */
export function createDisplaySecrets({
  listDisplays,
}: Pick<Storage, 'listDisplays'>): (channels: readonly string[]) => Promise<Secrets> {
  let coming: { channels: Set<string>; secrets: Promise<Secrets> } | null = null;

  async function look(channels: ReadonlySet<string>): Promise<Secrets> {
    await setImmediate();
    coming = null;
    const displays = await listDisplays([...channels]);
    return new Map(
      displays.filter(({ isOpen }) => isOpen).map(({ channel, secret }) => [channel, secret]),
    );
  }

  function join(): { channels: Set<string>; secrets: Promise<Secrets> } {
    const channels = new Set<string>();
    return { channels, secrets: look(channels) };
  }

  return function findDisplaySecrets(channels) {
    coming ??= join();
    for (const channel of channels) coming.channels.add(channel);
    return coming.secrets;
  };
}
