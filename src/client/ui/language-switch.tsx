import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';

interface LanguageSwitchProps {
  label: string;
  language: Language;
  onChoose: (language: Language) => void;
}

/** The four languages side by side, each by its own name, so that nobody has to read a foreign word to find theirs. */
export function LanguageSwitch({ label, language, onChoose }: LanguageSwitchProps) {
  return (
    <fieldset class="language-switch">
      <legend class="visually-hidden">{label}</legend>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          class="language"
          aria-pressed={each === language}
          onClick={() => onChoose(each)}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </fieldset>
  );
}
