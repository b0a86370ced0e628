declare global {
  interface Window {
    /** Hears what `watch` notes; set by whoever opened the tab. */
    tellBench: (noted: string) => void;
  }
}

/** Milliseconds: when the first question could be answered, since the visit began; or what a tap took to the paint that shows it. */
export type Noted = { usableMs: number; firstPaintMs: number } | { tapMs: number };

/**
 * Runs in the page before its own scripts: presses Start as soon as it is on the screen, and tells when the first question is
 * painted, and how long each tap on an option takes to the next paint. A question is usable when it is on the screen and a tap on
 * it stays: before the scripts too, where they take over what is ticked.
 */
export function watch(): void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  // oxlint-disable-next-line consistent-function-scoping -- the page gets nothing but this function
  const tell = (noted: Noted) => window.tellBench(JSON.stringify(noted));
  const afterPaint = (note: () => void) =>
    requestAnimationFrame(() => {
      waiting.push(note);
      port2.postMessage(null);
    });
  // oxlint-disable-next-line consistent-function-scoping -- the page gets nothing but this function
  const isSeen = (element: Element | null | undefined) =>
    (element?.getClientRects().length ?? 0) > 0;
  const tellUsable = () => {
    const usableMs = performance.now();
    // Noted by the browser a little later than the page may know.
    const [painted] = performance.getEntriesByName('first-contentful-paint');
    if (painted) tell({ usableMs, firstPaintMs: painted.startTime });
    else
      new PerformanceObserver((list, observer) => {
        const [noted] = list.getEntriesByName('first-contentful-paint');
        if (!noted) return;
        observer.disconnect();
        tell({ usableMs, firstPaintMs: noted.startTime });
      }).observe({ type: 'paint', buffered: true });
  };
  const isAsked = () => isSeen(document.querySelector('label input[type=radio]')?.closest('label'));
  const pressStart = () => {
    const start = document.querySelector<HTMLElement>('.button-primary');
    if (isSeen(start)) start?.click();
  };
  // In every frame: a page that waits for its style sheets has none. What a press shows at once is in the paint of its own frame.
  const look = () => {
    if (!isAsked()) pressStart();
    if (isAsked()) afterPaint(tellUsable);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener(
    'click',
    ({ target, timeStamp }) => {
      if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
      afterPaint(() => tell({ tapMs: performance.now() - timeStamp }));
    },
    true,
  );
}

/**
 * In the page: the middle of the second answer to the first question on show that has none yet, scrolled to if need be; null where
 * there is none. One product shows one question at a time, another all of them.
 */
export function nextAnswer(): { x: number; y: number } | null {
  const open = [...document.querySelectorAll('fieldset')].find(
    (group) =>
      group.getClientRects().length > 0 &&
      group.querySelector('input[type=radio]') &&
      !group.querySelector('input:checked'),
  );
  const [, answer] = open?.querySelectorAll('label') ?? [];
  if (!answer) return null;
  const { top, bottom } = answer.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) answer.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = answer.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
