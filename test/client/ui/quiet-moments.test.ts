import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQuietMoments } from '#client/ui/quiet-moments.ts';

/** Frames of a screen, as fake timers have them. */
const FRAME_MS = 16;

/** A page that somebody touches, of one control of the given type. */
class FakePage extends EventTarget {
  type = 'radio';
  touch() {
    this.dispatchEvent(new Event('pointerdown'));
  }
  changeByKey() {
    this.dispatchEvent(new Event('change'));
  }
  choose() {
    this.touch();
    this.changeByKey();
  }
}

function opened() {
  const page = new FakePage();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  return { page, whenQuiet: createQuietMoments() };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act, FRAME_MS));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);

describe('what is heavy', () => {
  it('waits for half a second after the page was opened', () => {
    const { whenQuiet } = opened();
    const act = vi.fn<() => void>();
    whenQuiet(act);
    pass(490);
    expect(act).not.toHaveBeenCalled();
    pass(20);
    expect(act).toHaveBeenCalledOnce();
  });

  it('is not held up by a clock that is set back meanwhile', () => {
    const { whenQuiet } = opened();
    const act = vi.fn<() => void>();
    vi.setSystemTime(-60 * 60_000);
    whenQuiet(act);
    pass(510);
    expect(act).toHaveBeenCalledOnce();
  });

  it('waits while somebody taps, and until half a second after that', () => {
    const { page, whenQuiet } = opened();
    const act = vi.fn<() => void>();
    page.touch();
    whenQuiet(act);
    for (let taps = 0; taps < 10; taps += 1) {
      pass(400);
      page.touch();
    }
    pass(490);
    expect(act).not.toHaveBeenCalled();
    pass(20);
    expect(act).toHaveBeenCalledOnce();
  });

  it('waits for half a second after a box was ticked by a key, which begins a question to be read', () => {
    const { page, whenQuiet } = opened();
    const act = vi.fn<() => void>();
    whenQuiet(act);
    pass(400);
    page.type = 'checkbox';
    page.changeByKey();
    pass(490);
    expect(act).not.toHaveBeenCalled();
    pass(20);
    expect(act).toHaveBeenCalledOnce();
  });

  it('is done behind the paint of a chosen answer, one thing each time, and once', () => {
    const { page, whenQuiet } = opened();
    const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
    whenQuiet(first);
    whenQuiet(second);
    page.choose();
    pass(FRAME_MS - 1);
    expect(first).not.toHaveBeenCalled();
    pass(5);
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
    pass(400);
    page.choose();
    pass(20);
    expect(second).toHaveBeenCalledOnce();
    pass(10_000);
    expect(first).toHaveBeenCalledOnce();
    expect(second).toHaveBeenCalledOnce();
  });
});
