import type { Channel } from '#core/contract/channel.ts';

/**
 * Shared with the service worker, which answers the same address from the same cache. Give it a new number when a channel
 * gets a part that the survey cannot do without: what is kept is read as it is.
 */
const CACHE = 'channels-v1';

export const channelAddress = (code: string) => `/api/v1/channels/${code}`;

/**
 * Keeps the channel on the device, so that an offline start at /s/CODE finds it. Best effort: without Cache Storage
 * (old browser, private mode, plain HTTP) the survey works, only not offline.
 */
export async function rememberChannel(
  channel: Channel,
  storage: CacheStorage | undefined,
): Promise<void> {
  if (!storage) return;
  try {
    const cache = await storage.open(CACHE);
    const headers = { 'content-type': 'application/json' };
    await cache.put(
      channelAddress(channel.code),
      new Response(JSON.stringify(channel), { headers }),
    );
  } catch {
    // No room or no permission; see above.
  }
}
