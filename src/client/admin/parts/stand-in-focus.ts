/**
 * The button that was pressed stands in its place again; else what comes first there has the focus. Where the place itself is gone, a
 * removed row, the page begins again.
 */
function giveBack(place: Element, words: string): void {
  if (document.activeElement !== document.body) return;
  if (!place.isConnected) {
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    return;
  }
  const pressed = [...place.querySelectorAll('button')].find(
    ({ textContent }) => textContent === words,
  );
  (pressed ?? place.querySelector<HTMLElement>('input, button'))?.focus();
}

/**
 * For what stands in the place of a button for a while, which goes with the focus that it had: focuses `element` there. What it returns
 * is called when the button of these words comes back, and gives it the focus.
 */
export function takeFocus(element: HTMLElement | null, words: string): () => void {
  const place = element?.closest('li, section, .page');
  element?.focus();
  return () => requestAnimationFrame(() => place && giveBack(place, words));
}
