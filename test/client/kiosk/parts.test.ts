import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { attentionOf } from '#client/kiosk/attention.ts';
import { guardBack } from '#client/kiosk/back-guard.ts';
import { deliveryWords } from '#client/kiosk/delivery-words.ts';
import { createKioskServer } from '#client/kiosk/kiosk-server.ts';
import { createKioskStore } from '#client/kiosk/kiosk-store.ts';
import { takeLink } from '#client/kiosk/link.ts';
import type { KioskScreen } from '#client/kiosk/kiosk-screen.ts';
import { updateBetweenPeople } from '#client/kiosk/update-between-people.ts';
import { createMemoryHistory } from '#client/kiosk/memory-history.ts';
import { problemOf } from '#core/contract/problem.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';
import { FakeOutbox, FakeStorage } from '../survey/respondent.ts';

const ignore = () => undefined;

/** A browser's window with a history of its own. */
function fakeWindow(address: string) {
  const location = new URL(address);
  const states: unknown[] = [null];
  let tell: () => void = ignore;
  const history = {
    get state() {
      return states.at(-1);
    },
    pushState: (state: unknown) => void states.push(state),
    replaceState(state: unknown, _: string, path: string) {
      states[states.length - 1] = state;
      location.hash = '';
      location.pathname = path;
    },
  };
  const addEventListener = (_: string, listener: () => void) => {
    tell = listener;
  };
  const page = { location, history, addEventListener } as unknown as Window;
  const pressBack = (entries = 1) => {
    states.splice(-entries);
    tell();
  };
  const pressForward = (state: unknown) => {
    states.push(state);
    tell();
  };
  return { page, location, states, pressBack, pressForward };
}

test('the token of the link is out of the address at once', () => {
  const { page, location, states } = fakeWindow('https://office.test/kiosk#a-token');
  expect(takeLink(page)).toBe('a-token');
  expect(location.href).toBe('https://office.test/kiosk');
  expect(states).toEqual([null]);
  expect(takeLink(page)).toBeNull();
});

test('Back stays on the page for ten presses without a tap, by entries that taps made, and the history does not grow', () => {
  const { page, states, pressBack } = fakeWindow('https://office.test/kiosk');
  const onBack = vi.fn<() => void>();
  const guard = guardBack(page, onBack);
  for (const presses of [0, 3, 10]) {
    guard.arm();
    expect(states).toHaveLength(11);
    for (let press = 1; press <= presses; press += 1) {
      onBack.mockClear();
      pressBack();
      expect(onBack).toHaveBeenCalledOnce();
      // What Chromium would pass over is made only where nothing else is left.
      expect(states).toHaveLength(press < 10 ? 11 - press : 2);
    }
  }
});

test('Forward is no Back, and Firefox, which goes back past all that nobody touched, stays however often it is pressed', () => {
  const { page, states, pressBack, pressForward } = fakeWindow('https://office.test/kiosk');
  const onBack = vi.fn<() => void>();
  guardBack(page, onBack).arm();
  pressBack();
  pressForward({ kiosk: 10 });
  expect(onBack).toHaveBeenCalledTimes(1);
  for (let press = 0; press < 3; press += 1) {
    pressBack(states.length - 1);
    expect(states).toHaveLength(2);
  }
  expect(onBack).toHaveBeenCalledTimes(4);
});

test('the way through the questions is in memory alone', () => {
  const history = createMemoryHistory();
  const arrived: string[] = [];
  history.onArrive(({ step }) => arrived.push(step));
  history.push({ step: 'E1', depth: 1, reviewDepth: null });
  history.push({ step: 'E2', depth: 2, reviewDepth: null });
  history.back(1);
  history.back(7);
  expect(arrived).toEqual(['E1', 'notice']);
  expect(history.current().depth).toBe(0);
});

describe('what the tablet keeps of itself', () => {
  test('is read again as it was, and anything else counts as nothing', () => {
    const storage = new FakeStorage();
    const standing = { state: 'linked', link: 'a', token: 'b' } as const;
    createKioskStore(storage).keepStanding(standing);
    expect(createKioskStore(storage).readStanding()).toEqual(standing);
    for (const text of ['{', '{"standing":{"state":"enrolled"}}', 'null']) {
      storage.setItem('sucharit:kiosk', text);
      expect(createKioskStore(storage).readStanding()).toEqual({ state: 'none' });
    }
    expect(createKioskStore(null).readStanding()).toEqual({ state: 'none' });
  });
});

const answering = (reply: () => Response) =>
  createKioskServer(async () => reply()).contact('a-token');

const gone = () => Response.json(problemOf('kiosk-unknown'), { status: 404 });

describe('what the server answers', () => {
  test('is a refusal only in the words of our own server', async () => {
    expect(await answering(gone)).toEqual({ kind: 'refused', problem: 'kiosk-unknown' });
    for (const other of [
      () => new Response('<html>sign in to Wi-Fi</html>'),
      () => new Response('not found', { status: 404 }),
      () => Response.json({ name: 'somebody else' }),
      () => {
        throw new TypeError('Failed to fetch');
      },
    ])
      expect(await answering(other)).toEqual({ kind: 'unreachable' });
  });
});

const HOUR_MS = 3_600_000;
const outboxWith = (...entries: ReturnType<typeof entryOf>[]) => {
  const outbox = new FakeOutbox();
  outbox.entries.value = entries;
  return outbox;
};

describe('staff should look', () => {
  test('when something waits long, was refused, or storage is in trouble; else not', () => {
    const waiting = { ...entryOf(1), keptAt: 0 };
    expect(attentionOf(null, 0)).toBeNull();
    expect(attentionOf(outboxWith(waiting), HOUR_MS)).toBeNull();
    expect(attentionOf(outboxWith(waiting), HOUR_MS + 1)).toBe('waits-long');
    const sent = { ...entryOf(1, { kind: 'acknowledged', epoch: null }), keptAt: 0 };
    expect(attentionOf(outboxWith(sent), 9 * HOUR_MS)).toBeNull();
    const refused = entryOf(2, { kind: 'refused', problem: problemOf('item-missing') });
    expect(attentionOf(outboxWith(refused), 0)).toBe('refused');
    const full = outboxWith();
    full.trouble.value = 'full';
    expect(attentionOf(full, 0)).toBe('storage');
  });
});

test('a newer version waits for the end of a turn, and for what is in the page alone', () => {
  const state = signal<'none' | 'ready' | 'updating'>('none');
  const apply = vi.fn<() => void>();
  const screen = signal<KioskScreen>({ kind: 'counters', language: 'th' });
  const outbox = outboxWith({ ...entryOf(1), isStored: false });
  updateBetweenPeople({ state, apply }, screen, signal(outbox));
  state.value = 'ready';
  screen.value = { kind: 'status' };
  expect(apply).not.toHaveBeenCalled();
  screen.value = { kind: 'start' };
  expect(apply).not.toHaveBeenCalled();
  outbox.become({ isStored: true });
  expect(apply).toHaveBeenCalledOnce();
});

test.each([
  [false, 'problems:item-missing finished.refusedText'],
  [true, 'problems:item-missing'],
])('a refused response that only the page has (%s) is told: %s', (isOnlyHere, text) => {
  const delivery = { kind: 'refused', problem: 'item-missing', isOnlyHere } as const;
  expect(deliveryWords(String, String, delivery).text).toBe(text);
});
