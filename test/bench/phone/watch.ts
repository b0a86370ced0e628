declare global {
  interface Window {
    /** When the first question could be answered, in milliseconds since the visit began. */
    usableAt?: number;
    /** From each tap to the paint that shows it, in milliseconds. */
    tapMs: number[];
  }
}

/**
 * Runs in the page before its own scripts: presses Start as soon as it is on the screen, and notes when the first question is
 * painted, and how long each tap on an option takes to the next paint. A question is usable when it is on the screen and a tap on
 * it stays: before the scripts too, where they take over what is ticked.
 */
export function watch(): void {
  window.tapMs = [];
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  const afterPaint = (note: () => void) =>
    requestAnimationFrame(() => {
      waiting.push(note);
      port2.postMessage(null);
    });
  // oxlint-disable-next-line consistent-function-scoping -- the page gets nothing but this function
  const isSeen = (element: Element | null | undefined) =>
    (element?.getClientRects().length ?? 0) > 0;
  // In every frame: a page that waits for its style sheets has none.
  const look = () => {
    if (isSeen(document.querySelector('input[type=radio]')?.closest('label'))) {
      afterPaint(() => (window.usableAt = performance.now()));
      return;
    }
    const start = document.querySelector<HTMLElement>('.button-primary');
    if (isSeen(start)) start?.click();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      afterPaint(() => window.tapMs.push(performance.now() - event.timeStamp));
    },
    true,
  );
}
