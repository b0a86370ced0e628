import { describe, expect, test, vi } from 'vitest';
import { askToBeWoken } from '#client/sync/ask-to-be-woken.ts';
import { browserTabs, type TabMessage } from '#client/sync/other-tabs.ts';
import { openIfHolding } from '#client/sync/open-if-holding.ts';
import { listenForSigns } from '#client/sync/signs.ts';
import { takeTurn, TURN_LIMIT_MS } from '#client/sync/turn.ts';
import { FakeTime, settled } from './device.ts';

type Page = Window & typeof globalThis;

/** A page of which only what a test names is there. */
function pageOf(parts: object): Page {
  return Object.assign(new EventTarget(), parts) as unknown as Page;
}

/** Locks as a browser gives them: in order, each held until its callback's promise ends. */
function fakeLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = async (
    _: string,
    { signal }: LockOptions,
    give: (lock: Lock | null) => Promise<void>,
  ) =>
    new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('AbortError')));
      last = last.then(async () => (signal?.aborted ? undefined : give(null))).then(resolve);
    });
  return { request, query: vi.fn<LockManager['query']>() } as unknown as LockManager;
}

describe('the turn to send', () => {
  test('is given to one tab after the other', async () => {
    const time = new FakeTime();
    const locks = fakeLocks();
    const after = time.after.bind(time);
    const events: string[] = [];
    const giveBack = await takeTurn(locks, after);
    const second = takeTurn(locks, after).then(() => events.push('second'));
    await settled();
    events.push('first gives back');
    giveBack();
    await second;
    expect(events).toEqual(['first gives back', 'second']);
  });

  test('is taken after a minute from a tab that never gives it back', async () => {
    const time = new FakeTime();
    const locks = fakeLocks();
    const after = time.after.bind(time);
    await takeTurn(locks, after);
    const taken = vi.fn<() => void>();
    void takeTurn(locks, after).then(taken);
    await time.pass(TURN_LIMIT_MS - 1);
    expect(taken).not.toHaveBeenCalled();
    await time.pass(1);
    expect(taken).toHaveBeenCalledOnce();
  });

  test('is free where there are no locks or they are forbidden', async () => {
    const time = new FakeTime();
    const after = time.after.bind(time);
    const forbidden = { request: async () => Promise.reject(new Error('SecurityError')) };
    (await takeTurn(undefined, after))();
    (await takeTurn(forbidden as unknown as LockManager, after))();
    expect(time.now).toBe(new FakeTime().now);
  });
});

const forbidden = () => {
  throw new Error('SecurityError');
};

class ForbiddenChannel extends EventTarget {
  constructor() {
    super();
    forbidden();
  }
}

describe('other tabs', () => {
  const message: TabMessage = { kind: 'acknowledged', ids: ['a'], epoch: null };

  test('hear by BroadcastChannel what one of them tells', async () => {
    const [one, two] = [
      browserTabs(pageOf({ BroadcastChannel })),
      browserTabs(pageOf({ BroadcastChannel })),
    ];
    const heard = new Promise((resolve) => {
      two.listen(resolve);
    });
    one.tell(message);
    expect(await heard).toEqual(message);
  });

  test('hear by the storage event where there is no BroadcastChannel, and pass over what is not ours', () => {
    const storage = {
      setItem: vi.fn<Storage['setItem']>(),
      removeItem: vi.fn<Storage['removeItem']>(),
    };
    const page = pageOf({ localStorage: storage });
    const hear = vi.fn<(heard: TabMessage) => void>();
    const tabs = browserTabs(page);
    tabs.listen(hear);
    tabs.tell(message);
    const [key, newValue] = storage.setItem.mock.calls[0] ?? [];
    page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue: null }));
    page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue: '{"kind":"hi"}' }));
    page.dispatchEvent(Object.assign(new Event('storage'), { key: 'other', newValue: '1' }));
    expect(hear.mock.calls).toEqual([[message]]);
  });

  test('are not missed where storage is forbidden', () => {
    const old = Object.defineProperty(pageOf({}), 'localStorage', { get: forbidden });
    expect(() => browserTabs(old).tell(message)).not.toThrow();
    expect(() =>
      browserTabs(pageOf({ BroadcastChannel: ForbiddenChannel })).tell(message),
    ).not.toThrow();
  });
});

const workerOf = (registration: object) =>
  ({ ready: Promise.resolve(registration) }) as ServiceWorkerContainer;

describe('signs', () => {
  test('come when a page is online, shown, hidden or woken, until it is no longer listened to', () => {
    const document = new EventTarget();
    const serviceWorker = new EventTarget();
    const page = pageOf({ document, navigator: { serviceWorker } });
    const sign = vi.fn<() => void>();
    const end = listenForSigns(page, sign);
    const all = () => {
      document.dispatchEvent(new Event('visibilitychange'));
      page.dispatchEvent(new Event('online'));
      page.dispatchEvent(new Event('pageshow'));
      serviceWorker.dispatchEvent(new MessageEvent('message', { data: 'wake' }));
      serviceWorker.dispatchEvent(new MessageEvent('message', { data: { type: 'other' } }));
    };
    all();
    expect(sign).toHaveBeenCalledTimes(4);
    end();
    all();
    expect(sign).toHaveBeenCalledTimes(4);
  });

  test('come on plain HTTP too, where there is no worker', () => {
    const page = pageOf({ document: new EventTarget(), navigator: {} });
    const sign = vi.fn<() => void>();
    listenForSigns(page, sign);
    page.dispatchEvent(new Event('online'));
    expect(sign).toHaveBeenCalledOnce();
  });

  test('are asked of the worker where it has Background Sync; without it, or refused, nothing happens', async () => {
    const register = vi.fn<(tag: string) => Promise<void>>(async () => {
      throw new Error('denied');
    });
    askToBeWoken(workerOf({ sync: { register } }));
    askToBeWoken(workerOf({}));
    askToBeWoken(undefined);
    await settled();
    expect(register.mock.calls).toEqual([['sucharit-outbox']]);
  });
});

const databases = (...names: string[]) => ({
  indexedDB: { databases: async () => names.map((name) => ({ name, version: 10 })) },
});

describe('on every start', () => {
  test.each([
    ['is opened where this device has one', databases('other', 'sucharit'), 1],
    ['is left closed on a first visit', databases('other'), 0],
    ['is opened where the browser does not say which databases there are', { indexedDB: {} }, 1],
  ])('the outbox %s', async (_, parts, times) => {
    const open = vi.fn<() => void>();
    await openIfHolding(pageOf(parts), open);
    expect(open).toHaveBeenCalledTimes(times);
  });
});
