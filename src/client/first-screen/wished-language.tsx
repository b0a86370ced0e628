// The language switch before the scripts come: a tap ticks a box that stands before both screens, and the scripts read it.
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { WISHED_LANGUAGE } from '../survey/take-over.ts';

const idOf = (language: Language) => `${WISHED_LANGUAGE}-${language}`;

/** One for each language, as HTML; that of the page is ticked. */
export const wishBoxes = (shown: Language): string =>
  LANGUAGES.map(
    (each) =>
      `<input type="radio" name="${WISHED_LANGUAGE}" id="${idOf(each)}" value="${each}" class="visually-hidden" autocomplete="off"${each === shown ? ' checked' : ''}>`,
  ).join('');

/** Looks like the switch that takes its place. `label`: of the group. */
export function LanguageWishes({ label }: { label: string }) {
  return (
    <fieldset class="language-switch">
      <legend class="visually-hidden">{label}</legend>
      {LANGUAGES.map((each) => (
        <label key={each} for={idOf(each)} lang={each} class="language">
          {LANGUAGE_NAMES[each]}
        </label>
      ))}
    </fieldset>
  );
}
