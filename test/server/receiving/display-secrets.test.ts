import { expect, it } from 'vitest';
import { createDisplaySecrets } from '#server/receiving/display-secrets.ts';
import type { StoredDisplay } from '#server/storage/display-rows.ts';

/** Displays that a test replaces; `looks` has the channels of each look. */
function displays() {
  const stored = new Map<string, StoredDisplay>();
  const looks: (readonly string[])[] = [];
  const find = createDisplaySecrets({
    listDisplays: async (channels) => {
      looks.push(channels);
      return channels.flatMap((channel) => stored.get(channel) ?? []);
    },
  });
  const put = (channel: string, secret: string, isOpen = true) =>
    stored.set(channel, { channel, id: secret, secret, isOpen });
  return { find, put, looks };
}

it('looks once for all who ask in one turn, each by its own channel', async () => {
  const { find, put, looks } = displays();
  put('A', 'first');
  put('B', 'second');
  put('C', 'unopened', false);
  const [one, other] = await Promise.all([find(['A', 'C']), find(['B', 'A'])]);
  expect(looks).toEqual([['A', 'C', 'B']]);
  expect([one.get('A'), one.get('C'), other.get('B')]).toEqual(['first', undefined, 'second']);
});

it('looks anew for whoever asks later, and finds the display that is there then', async () => {
  const { find, put, looks } = displays();
  put('A', 'before');
  await find(['A']);
  put('A', 'after');
  expect((await find(['A'])).get('A')).toBe('after');
  expect(looks).toHaveLength(2);
});
