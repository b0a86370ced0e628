import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterPress, heedPresses } from '#client/ui/after-press.ts';

const page = new EventTarget();
heedPresses(page);
const hear = (type: string) => page.dispatchEvent(new Event(type));

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

/** Says what is on show, after several things came by themselves. */
function shownOf(...came: readonly string[]): string[] {
  const shown: string[] = [];
  for (const one of came) afterPress(() => shown.push(one));
  return shown;
}

it('is shown at once where nobody presses', () => {
  expect(shownOf('figures')).toEqual(['figures']);
});

it('is shown behind the click of a press, in the order in which it came', () => {
  hear('pointerdown');
  const shown = shownOf('older', 'newer');
  vi.advanceTimersByTime(2_900);
  hear('pointerup');
  vi.advanceTimersByTime(90);
  hear('click');
  expect(shown).toEqual([]);
  vi.advanceTimersByTime(0);
  expect(shown).toEqual(['older', 'newer']);
  expect(shownOf('later')).toEqual(['later']);
});

it.each([
  ['the finger began to scroll', 'pointercancel'],
  ['something was chosen from the list that the press opened', 'change'],
])('is shown where %s', (_, type) => {
  hear('pointerdown');
  const shown = shownOf('figures');
  hear(type);
  vi.advanceTimersByTime(0);
  expect(shown).toEqual(['figures']);
});

it('is shown where no click follows, and where nobody hears of the release', () => {
  hear('pointerdown');
  hear('pointerup');
  const shown = shownOf('figures');
  vi.advanceTimersByTime(100);
  expect(shown).toEqual(['figures']);
  hear('pointerdown');
  const next = shownOf('figures');
  vi.advanceTimersByTime(3_000);
  expect(next).toEqual(['figures']);
});

it('waits for the press that follows a press', () => {
  hear('pointerdown');
  const shown = shownOf('figures');
  hear('click');
  hear('pointerdown');
  vi.advanceTimersByTime(500);
  expect(shown).toEqual([]);
  hear('click');
  vi.advanceTimersByTime(0);
  expect(shown).toEqual(['figures']);
});
