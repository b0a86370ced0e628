import { options } from 'preact';

/** A page that is not painted, because nobody sees it, goes on after this long. */
const LONGEST_WAIT_MS = 1000;

/** Acts once, when what is there by now has been painted. */
export function afterPaint(act: () => void): void {
  let isDone = false;
  const once = () => {
    if (!isDone) act();
    isDone = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, LONGEST_WAIT_MS);
}

let isShown = false;

// Of every page's drawing: at the end of the task, as Preact does by itself, or behind the paint.
options.debounceRendering = (draw) => (isShown ? afterPaint(draw) : queueMicrotask(draw));

/**
 * Makes a change that the browser shows by itself, a button that was ticked: what else follows from it is drawn behind the paint
 * that shows it. Until then what stands on the screen, and hears what is tapped there, is of the state before.
 */
export function changeShown(change: () => void): void {
  isShown = true;
  change();
  isShown = false;
}
