import { describe, expect, it } from 'vitest';
import { createDisplay } from '#client/display/display.ts';
import { createDisplayStore } from '#client/display/display-store.ts';
import { problemOf, type ProblemCode } from '#core/contract/problem.ts';
import { FakeStorage } from '../survey/respondent.ts';

const HOUR = 60 * 60_000;
const NOON = Date.parse('2024-11-20T05:00:00Z');

const STANDING = {
  channel: 'K7RM3XAE',
  url: 'https://office.test/s/K7RM3XAE',
  organization: { th: 'สำนักงานเขตทดสอบ' },
  department: null,
  state: 'open',
};
const OPENED = {
  id: '9b2f4a1e-5c1d-4f0a-8f57-0d6f3a3f2b10',
  secret: '5e'.repeat(32),
  standing: STANDING,
};

/** A screen and its server; `off`: how far the screen's clock is ahead of the server's. */
function createScreen(storage = new FakeStorage()) {
  const world = { now: NOON, off: 0, network: true, refusal: null as ProblemCode | null };
  const asks: (() => void)[] = [];
  const answer = (body: unknown, status: number) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { date: new Date(world.now).toUTCString() },
    });
  const display = createDisplay({
    now: () => world.now + world.off,
    fetch: (_, init) => {
      if (!world.network) return Promise.reject(new TypeError('no network'));
      if (world.refusal !== null) return Promise.resolve(answer(problemOf(world.refusal), 410));
      return Promise.resolve(init?.method === 'POST' ? answer(OPENED, 201) : answer(STANDING, 200));
    },
    store: createDisplayStore(storage),
    every: (_, callback) => void asks.push(callback),
    onSign: () => undefined,
  });
  return {
    world,
    display,
    storage,
    /** What comes by itself: a second, then a minute. */
    minutePasses: async () => {
      for (const ask of asks) ask();
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    shownNow: () => display.now.value,
    kind: () => display.state.value.kind,
    isOffline: () => display.state.value.kind === 'showing' && display.state.value.isOffline,
  };
}

describe('a display', () => {
  it('goes by the server’s clock, whatever its own says', async () => {
    const { display, world, shownNow } = createScreen();
    world.off = HOUR;
    await display.open('token');
    expect(Math.abs(shownNow() - NOON)).toBeLessThan(1_000);
  });

  it('keeps over a reload without network how wrong its clock is', async () => {
    const before = createScreen();
    before.world.off = -HOUR;
    await before.display.open('token');
    const after = createScreen(before.storage);
    Object.assign(after.world, { off: -HOUR, network: false });
    after.display.resume();
    await after.minutePasses();
    expect(Math.abs(after.shownNow() - NOON)).toBeLessThan(1_000);
    expect(after.isOffline()).toBe(true);
  });

  it('is set right when its clock goes wrong while the server is heard', async () => {
    const { display, world, shownNow, minutePasses } = createScreen();
    await display.open('token');
    world.off = HOUR;
    await minutePasses();
    expect(Math.abs(shownNow() - NOON)).toBeLessThan(1_000);
  });

  it('says since when it hears nothing, and goes on', async () => {
    const { display, world, minutePasses, isOffline, kind } = createScreen();
    await display.open('token');
    expect(isOffline()).toBe(false);
    world.network = false;
    await minutePasses();
    expect([kind(), isOffline()]).toEqual(['showing', true]);
    world.network = true;
    await minutePasses();
    expect(isOffline()).toBe(false);
  });

  it('ends for good when the office made another one, and forgets the secret', async () => {
    const { display, world, minutePasses, kind, storage } = createScreen();
    await display.open('token');
    world.refusal = 'display-ended';
    await minutePasses();
    expect(kind()).toBe('ended');
    const again = createScreen(storage);
    again.display.resume();
    expect(again.kind()).toBe('unknown');
  });

  it('tells a link that was used from a server that is not there', async () => {
    const { display, world, kind } = createScreen();
    world.network = false;
    await display.open('token');
    expect(kind()).toBe('unreachable');
    Object.assign(world, { network: true, refusal: 'display-ended' });
    await display.open('token');
    expect(kind()).toBe('link-used');
  });
});
