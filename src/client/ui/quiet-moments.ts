import { afterPaint } from './after-paint.ts';

/** Whoever has not touched the page for this long reads: that a tap is just coming is not likely. */
const UNTOUCHED_MS = 500;

type WhenQuiet = (act: () => void) => void;

/**
 * Does what is given to it when nobody feels that the page is busy: behind the paint that shows a chosen answer, one thing each
 * time, because the next question comes only a little later; or else once the page was not touched for a while.
 */
export function createQuietMoments(): WhenQuiet {
  const waiting: (() => void)[] = [];
  // By the clock that is never set: phones correct the other one when they find a network.
  let quietFrom = performance.now() + UNTOUCHED_MS;
  const act = () => waiting.shift()?.();
  const wait = () => {
    setTimeout(
      () => (performance.now() < quietFrom ? wait() : act()),
      quietFrom - performance.now(),
    );
  };
  const touch = () => {
    quietFrom = performance.now() + UNTOUCHED_MS;
  };
  addEventListener('pointerdown', touch);
  addEventListener('change', ({ target }) => {
    touch();
    // A box that is ticked to begin is no answer: what it uncovers is read first.
    if ((target as HTMLInputElement).type === 'radio') afterPaint(act);
  });
  return (given) => {
    waiting.push(given);
    wait();
  };
}
