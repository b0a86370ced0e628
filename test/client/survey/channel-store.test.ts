import { expect, test } from 'vitest';
import { channelAddress, createChannelStore } from '#client/survey/channel-store.ts';
import { channelOf } from '../../core/flow/channels.ts';

const channel = channelOf('eit-2567');
const { code } = channel;

/** Cache Storage as far as the store looks at it. */
function cacheStorage(kept = new Map<string, Response>()): CacheStorage {
  const cache = {
    match: async (address: string) => kept.get(address)?.clone(),
    put: async (address: string, reply: Response) => void kept.set(address, reply),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}

const forbidden = {
  open: () => Promise.reject(new Error('SecurityError')),
} as unknown as CacheStorage;

test('a channel is known on the device once it was there, by its code alone', async () => {
  const storage = cacheStorage();
  expect(await createChannelStore(storage).read(code)).toBeNull();
  await createChannelStore(storage).remember(channel);
  expect(await createChannelStore(storage).read(code)).toEqual(channel);
  expect(await createChannelStore(storage).read('ANOTHER')).toBeNull();
});

test('what cannot be read is not known', async () => {
  const broken = new Map([[channelAddress(code), new Response('{"code":')]]);
  expect(await createChannelStore(cacheStorage(broken)).read(code)).toBeNull();
});

test.each([
  ['there is no Cache Storage', undefined],
  ['it is forbidden', forbidden],
])('nothing is known and nothing breaks where %s', async (_, storage) => {
  const store = createChannelStore(storage);
  await store.remember(channel);
  expect(await store.read(code)).toBeNull();
});
