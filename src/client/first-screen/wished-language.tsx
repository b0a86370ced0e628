// The language switch before the scripts come: a tap ticks a box that stands before both screens, and the scripts read it.
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { WISHED_LANGUAGE } from '../survey/take-over.ts';
import { languageName } from './language-name.tsx';

const idOf = (language: Language) => `${WISHED_LANGUAGE}-${language}`;

/** One for each language, as HTML; that of the page is ticked. */
export const wishBoxes = (shown: Language): string =>
  LANGUAGES.map(
    (each) =>
      `<input type="radio" name="${WISHED_LANGUAGE}" id="${idOf(each)}" value="${each}" class="visually-hidden" autocomplete="off"${each === shown ? ' checked' : ''}>`,
  ).join('');

/** Looks like the switch that takes its place. `label`: of the group. `shown`: the language of the page. */
export function LanguageWishes({ label, shown }: { label: string; shown: Language }) {
  return (
    <fieldset class="language-switch">
      <legend class="visually-hidden">{label}</legend>
      {LANGUAGES.map((each) => (
        <label key={each} for={idOf(each)} lang={each} class="language">
          {languageName(each, shown)}
        </label>
      ))}
    </fieldset>
  );
}
