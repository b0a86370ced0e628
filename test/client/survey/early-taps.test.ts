import { afterEach, expect, it, vi } from 'vitest';
import { hearEarlyTaps } from '#client/survey/early-taps.ts';

/** `detail` as browsers give it: none where a key made the click. */
class Click extends Event {
  readonly detail: number;
  constructor(type: string, { detail }: { detail: number }) {
    super(type, { cancelable: true });
    this.detail = detail;
  }
}

/** A page with one control, which a listener finds as the target of each click. `within`: by which selector it is found there. */
class FakePage extends EventTarget {
  disabled = true;
  presses = 0;
  readonly within: string;
  constructor(within: string) {
    super();
    this.within = within;
  }
  closest(selector: string) {
    return selector === this.within ? this : null;
  }
  press(detail: number) {
    const click = new Click('click', { detail });
    this.dispatchEvent(click);
    return click;
  }
  /** By a script. */
  click() {
    this.presses += 1;
  }
}

function opened(what: { within?: string; isTicked?: boolean }) {
  const page = new FakePage(what.within ?? '.choices');
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('MouseEvent', Click);
  vi.stubGlobal('document', {
    querySelector: () => (what.isTicked ? page : null),
    querySelectorAll: () => [page],
  });
  const waiting: (() => void)[] = [];
  const early = hearEarlyTaps((act) => waiting.push(act));
  const hasCome = vi.fn<() => void>();
  void early.moment.then(hasCome);
  /** What an answer in the app's own screen hears in the end. */
  const handedOver = () => {
    const heard: string[] = [];
    const answer = new EventTarget();
    answer.addEventListener('click', (event) => {
      heard.push((event as MouseEvent).detail > 0 ? 'a tap' : 'a key');
    });
    early.end(answer as Element);
    return heard;
  };
  return { page, early, handedOver, hasCome, letBeQuiet: () => waiting.shift()?.() };
}

const settled = async () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => vi.unstubAllGlobals());

it('waits for quiet', async () => {
  const { letBeQuiet, hasCome } = opened({});
  await settled();
  expect(hasCome).not.toHaveBeenCalled();
  letBeQuiet();
  await settled();
  expect(hasCome).toHaveBeenCalledOnce();
});

it('lets nobody wait whose answer was ticked before', async () => {
  const { hasCome, handedOver } = opened({ isTicked: true });
  await settled();
  expect(hasCome).toHaveBeenCalledOnce();
  expect(handedOver()).toEqual(['a tap']);
});

it('hands over the tap on an answer', () => {
  const { page, handedOver } = opened({});
  page.press(1);
  expect(handedOver()).toEqual(['a tap']);
});

it('does not go on from an answer that a key chose', () => {
  const { page, handedOver } = opened({});
  page.press(1);
  page.press(0);
  expect(handedOver()).toEqual([]);
});

it('goes on from an answer that was tapped where a key chose a language after it', () => {
  const { page, handedOver } = opened({ within: '.language-switch' });
  page.press(0);
  expect(handedOver()).toEqual(['a tap']);
});

it('keeps a button that is pressed for the app, at once, and does nothing else of it', async () => {
  const { page, early, hasCome } = opened({ within: 'button' });
  expect(page.disabled).toBe(false);
  expect(page.press(1).defaultPrevented).toBe(true);
  await settled();
  expect(hasCome).toHaveBeenCalledOnce();
  expect(page.presses).toBe(0);
  early.end(null);
  expect(page.presses).toBe(1);
  expect(page.press(1).defaultPrevented).toBe(false);
});
