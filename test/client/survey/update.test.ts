import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import type { Draft } from '#core/flow/draft.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { beginAnswering } from '#client/survey/answering.ts';
import type { Screen } from '#client/survey/screen.ts';
import { isSafeToReload } from '#client/survey/update-banner.tsx';
import { watchForUpdate } from '#client/survey/update.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';
import { settled } from '../sync/device.ts';

class FakeWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly postMessage = vi.fn<(message: unknown) => void>();

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  readonly update = vi.fn<() => Promise<void>>(async () => undefined);

  /** A new version is found and installed; it waits if there is an active one. */
  find(): FakeWorker {
    const worker = new FakeWorker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    this.installing = null;
    if (this.active) this.waiting = worker;
    else this.active = worker;
    worker.become('installed');
    return worker;
  }

  activateWaiting(): void {
    this.active = this.waiting;
    this.waiting = null;
    this.active?.become('activated');
  }
}

const WORKER = { script: '/worker.js', scope: '/' };

async function watch(registration = new FakeRegistration()) {
  const container = Object.assign(new EventTarget(), {
    controller: null as FakeWorker | null,
    register: vi.fn<() => Promise<FakeRegistration>>(async () => registration),
  });
  const time = { now: 0, visible: () => {} };
  const reload = vi.fn<() => void>();
  const update = watchForUpdate({
    serviceWorker: container as unknown as ServiceWorkerContainer,
    worker: WORKER,
    reload,
    onVisible: (callback) => {
      time.visible = callback;
    },
    now: () => time.now,
  });
  update.start();
  await settled();
  return { update, registration, container, reload, time };
}

describe('a new version', () => {
  test('is not the very first one', async () => {
    const { update, registration } = await watch();
    registration.find();
    expect(update.state.value).toBe('none');
  });

  test('is offered in a page that was opened before there was any worker, and reloads it on consent', async () => {
    const { update, registration, reload } = await watch();
    registration.find();
    const second = registration.find();
    expect(update.state.value).toBe('ready');
    expect(second.postMessage).not.toHaveBeenCalled();
    update.apply();
    expect(second.postMessage).toHaveBeenCalledWith('skip-waiting', []);
    expect(reload).not.toHaveBeenCalled();
    registration.activateWaiting();
    expect(reload).toHaveBeenCalledOnce();
  });

  test('is offered at the start if it waited already', async () => {
    const registration = new FakeRegistration();
    registration.find();
    registration.find();
    const { update, reload } = await watch(registration);
    expect(update.state.value).toBe('ready');
    update.apply();
    registration.activateWaiting();
    expect(reload).toHaveBeenCalledOnce();
  });

  test('that took the place of another before the consent is the one put to work', async () => {
    const { update, registration } = await watch();
    registration.find();
    const second = registration.find();
    const third = registration.find();
    update.apply();
    expect(second.postMessage).not.toHaveBeenCalled();
    expect(third.postMessage).toHaveBeenCalledOnce();
  });

  test('that is replaced while it is put to work is offered again', async () => {
    const { update, registration } = await watch();
    registration.find();
    const second = registration.find();
    update.apply();
    expect(update.state.value).toBe('updating');
    second.become('redundant');
    expect(update.state.value).toBe('ready');
  });

  test('that another tab put to work is offered and does not reload this one by itself', async () => {
    const { update, registration, container, reload } = await watch();
    registration.find();
    container.dispatchEvent(new Event('controllerchange'));
    expect(update.state.value).toBe('ready');
    expect(reload).not.toHaveBeenCalled();
    update.apply();
    expect(reload).toHaveBeenCalledOnce();
  });

  test('is asked for once an hour at most when the page is looked at again', async () => {
    const { registration, time } = await watch();
    time.visible();
    time.now += 59 * 60_000;
    time.visible();
    expect(registration.update).not.toHaveBeenCalled();
    time.now += 60_000;
    time.visible();
    time.visible();
    expect(registration.update).toHaveBeenCalledOnce();
  });
});

describe('a page from which the server takes nothing more', () => {
  test('offers the newer version that it finds, at work by consent', async () => {
    const { update, registration, container, reload } = await watch();
    registration.find();
    container.controller = registration.active;
    registration.update.mockImplementationOnce(async () => void registration.find());
    update.check();
    await settled();
    expect(update.state.value).toBe('ready');
    expect(reload).not.toHaveBeenCalled();
    update.apply();
    registration.activateWaiting();
    expect(reload).toHaveBeenCalledOnce();
  });

  test('offers nothing where it comes from the newest version there is', async () => {
    const { update, registration, container } = await watch();
    registration.find();
    container.controller = registration.active;
    update.check();
    await settled();
    expect(registration.update).toHaveBeenCalledOnce();
    expect(update.state.value).toBe('none');
  });

  test('offers a reload where it was opened before there was any worker', async () => {
    const { update, registration, reload } = await watch();
    registration.find();
    update.check();
    await settled();
    expect(update.state.value).toBe('ready');
    update.apply();
    expect(reload).toHaveBeenCalledOnce();
  });

  test('offers nothing where the server cannot be asked', async () => {
    const { update, registration } = await watch();
    registration.find();
    registration.update.mockRejectedValueOnce(new TypeError('offline'));
    update.check();
    await settled();
    expect(update.state.value).toBe('none');
  });
});

test.each([
  ['is absent', null],
  [
    'is denied',
    Object.assign(new EventTarget(), {
      register: async () => Promise.reject(new Error('SecurityError')),
    }) as unknown as ServiceWorkerContainer,
  ],
])(
  'nothing breaks where the service worker %s, and a reload is offered to a page that is too old',
  async (_, serviceWorker) => {
    const reload = vi.fn<() => void>();
    const update = watchForUpdate({
      serviceWorker,
      worker: WORKER,
      reload,
      onVisible: () => {},
      now: () => 0,
    });
    update.start();
    await settled();
    expect(update.state.value).toBe('none');
    expect(reload).not.toHaveBeenCalled();
    update.check();
    await settled();
    expect(update.state.value).toBe('ready');
    update.apply();
    expect(reload).toHaveBeenCalledOnce();
  },
);

const ignore = () => undefined;

function finished(keeping: 'device' | 'memory', entries: OutboxEntry[]): Screen {
  const outbox = {
    keeping,
    entries: signal(entries),
    forgotten: signal(0),
    uncounted: signal(0),
    unreadable: signal(0),
    trouble: signal('none' as const),
    room: signal(null),
    keep: async () => undefined,
    sendNow: ignore,
  };
  return { kind: 'finished', channel: null as never, envelopeId: '', outbox, saveFile: ignore };
}

const answeringAt = (kind: 'notice' | 'review', draft?: Draft): Screen => {
  const channel = channelOf('eit-2567');
  const answering = beginAnswering(channel, null, 0);
  return {
    kind: 'answering',
    answering: { ...answering, step: { kind }, draft: draft ?? answering.draft },
  };
};
const typing = (typed: string): Screen => ({
  kind: 'enter-code',
  typed,
  trouble: null,
  isAsking: false,
});

test.each<[string, Screen, boolean]>([
  ['on the notice', answeringAt('notice'), true],
  [
    'on the notice that somebody came back to',
    answeringAt('notice', { answers: {}, respondent: { service: 2 } }),
    false,
  ],
  ['at the review', answeringAt('review'), false],
  ['while a code is typed', typing('A'), false],
  ['before a code is typed', typing(''), true],
  ['on the waiting page', { kind: 'waiting' }, true],
  ['after sending, kept on the device', finished('device', [entryOf(1)]), true],
  ['while only the page has a response', finished('memory', [entryOf(1)]), false],
  [
    'once it was sent',
    finished('memory', [entryOf(1, { kind: 'acknowledged', epoch: null })]),
    true,
  ],
])('the offer to update %s: %#', (_, screen, isSafe) => {
  expect(isSafeToReload(screen)).toBe(isSafe);
});
