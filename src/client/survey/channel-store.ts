import type { Channel } from '#core/contract/channel.ts';

/**
 * Give it a new number when a channel gets a part that the survey cannot do without: what is kept is read as it is. Only
 * the page uses this cache; the service worker leaves the API alone.
 */
const CACHE = 'channels-v1';

export const channelAddress = (code: string) => `/api/v1/channels/${code}`;

/** The channels that this device has seen, so that an offline start at /s/CODE finds its own. */
export interface ChannelStore {
  /** Null if the device does not know the code. Never rejects. */
  read(code: string): Promise<Channel | null>;
  /** Best effort. Never rejects. */
  remember(channel: Channel): Promise<void>;
}

/**
 * Without Cache Storage (old browser, private mode, plain HTTP) the store stays empty: the survey works, only not offline.
 */
export function createChannelStore(storage: CacheStorage | undefined): ChannelStore {
  return {
    async read(code) {
      try {
        const cache = await storage?.open(CACHE);
        const kept = await cache?.match(channelAddress(code));
        return kept ? await kept.json() : null;
      } catch {
        return null;
      }
    },
    async remember(channel) {
      try {
        const cache = await storage?.open(CACHE);
        const headers = { 'content-type': 'application/json' };
        const kept = new Response(JSON.stringify(channel), { headers });
        await cache?.put(channelAddress(channel.code), kept);
      } catch {
        // No room or no permission; see above.
      }
    },
  };
}
