import { hydrate, render, type VNode } from 'preact';
import type { Question } from '#core/flow/steps.ts';
import type { EarlyTaps } from './early-taps.ts';
import type { Survey } from './survey.ts';

/** The box that a tap on Start ticks in the page that the server rendered, and the question that it uncovers. */
export const BEGUN = 'begun';
export const FIRST_QUESTION = 'first-question';

/** What the boxes are called that a tap on a language ticks there. */
export const WISHED_LANGUAGE = 'wished-language';

/** Stands at what leads nowhere without the scripts, until they take it over. @see public/cannot-start.js */
export const RENDERED = 'data-rendered';

/** The question on show, null where there is none. */
function askedIn({ screen: { value } }: Survey): Question | null {
  const step = value.kind === 'answering' ? value.answering.step : null;
  return step?.kind === 'item' || step?.kind === 'field' ? step : null;
}

/** Focus and place of the page stay as they are: the screen does not arrive, it is there already. */
function hydrateUnseen(app: VNode, root: HTMLElement): void {
  const focused = document.activeElement as HTMLElement;
  const { scrollY } = window;
  hydrate(app, root);
  window.scrollTo(0, scrollY);
  focused.focus({ preventScroll: true });
}

/** Takes the boxes of the languages away; the language that was tapped, null where none was. */
function takeWishedLanguage(): string | null {
  let wished: string | null = null;
  for (const box of document.querySelectorAll<HTMLInputElement>(`[name="${WISHED_LANGUAGE}"]`)) {
    if (box.checked && !box.defaultChecked) wished = box.value;
    box.remove();
  }
  return wished;
}

/**
 * Puts the app in the place of what the server rendered, with what was tapped there before the scripts came. `isInWords`: what is
 * there is in the app's language.
 */
export function takeOver(survey: Survey, app: VNode, isInWords: boolean, early: EarlyTaps): void {
  const notice = document.getElementById('app') as HTMLElement;
  const begun = document.getElementById(BEGUN) as HTMLInputElement | null;
  const question = document.getElementById(FIRST_QUESTION);
  const isAnswering = survey.screen.value.kind === 'answering';
  const hasBegun = begun?.checked && isAnswering;
  if (hasBegun) survey.next();
  const asked = hasBegun ? askedIn(survey) : null;
  const tapped = question?.querySelector<HTMLInputElement>('input:checked');
  if (asked && tapped) survey.choose(asked, tapped.value ? Number(tapped.value) : null);

  const language = takeWishedLanguage();
  const [root, other] = hasBegun && question ? [question, notice] : [notice, question];
  other?.remove();
  begun?.remove();
  root.id = 'app';
  if (isAnswering && isInWords && root.hasAttribute(RENDERED)) hydrateUnseen(app, root);
  else {
    root.textContent = '';
    render(app, root);
  }
  root.removeAttribute(RENDERED);
  early.end(asked && root.querySelector('.choices :checked'));
  // Again, on the button that took the place of what was tapped.
  if (language !== null) root.querySelector<HTMLElement>(`.language[lang="${language}"]`)?.click();
}
