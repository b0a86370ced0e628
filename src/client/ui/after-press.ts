/** Whatever is held longer is no press; and a list that a press opened may swallow its release. */
const LONGEST_PRESS_MS = 3_000;
/** So late a click may still follow the finger that was lifted. */
const LATEST_CLICK_MS = 100;

const waiting: (() => void)[] = [];
let end: ReturnType<typeof setTimeout> | null = null;

function release(): void {
  end = null;
  for (const show of waiting.splice(0)) show();
}

function endAfter(ms: number): void {
  if (end !== null) clearTimeout(end);
  end = setTimeout(release, ms);
}

/** Begins to heed where a finger or a mouse is down on the page. */
export function heedPresses(page: Pick<EventTarget, 'addEventListener'>): void {
  const heed = (type: string, ms: number) =>
    page.addEventListener(type, () => endAfter(ms), { capture: true, passive: true });
  heed('pointerdown', LONGEST_PRESS_MS);
  heed('pointerup', LATEST_CLICK_MS);
  heed('pointercancel', 0);
  heed('click', 0);
  heed('change', 0);
}

/**
 * Shows what came by itself: at once, but behind the press where one is under way. Else what is pressed would move away between
 * the press and its release, and the browser would take it for none.
 */
export function afterPress(show: () => void): void {
  if (end === null) show();
  else waiting.push(show);
}
