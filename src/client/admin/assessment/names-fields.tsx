import type { Language } from '#core/contract/language.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import { lacksOldNames, OTHER_LANGUAGES, withThai, type NameForm } from './name-form.ts';

interface NamesFieldsProps {
  /** What is named: the label of the Thai field. */
  label: string;
  hint?: string;
  name: NameForm;
  fieldOf: (language: Language) => string;
  problemOf: (field: string) => string | undefined;
  onChange: (name: NameForm) => void;
}

/** A name in Thai, and folded away in the other languages, where Thai stands in for what is left empty. */
export function NamesFields(props: NamesFieldsProps) {
  const { label, hint, name, fieldOf, problemOf, onChange } = props;
  const { t } = useWords();
  const field = (language: Language, text: string) => (
    <TextField
      key={language}
      id={fieldOf(language)}
      label={text}
      hint={language === 'th' ? hint : undefined}
      lang={language}
      value={name[language]}
      problem={problemOf(fieldOf(language))}
      onInput={(value) =>
        onChange(language === 'th' ? withThai(name, value) : { ...name, [language]: value })
      }
    />
  );
  const isWritten = OTHER_LANGUAGES.every((language) => name[language].trim() !== '');
  return (
    <div class="names">
      {field('th', label)}
      <div aria-live="polite">
        {lacksOldNames(name) ? <p class="hint">{t('names.othersRemoved')}</p> : null}
      </div>
      <details class="more">
        <summary>{isWritten ? t('names.others') : t('names.othersMissing')}</summary>
        <div class="names-others">
          {OTHER_LANGUAGES.map((language) => field(language, t(`names.${language}`)))}
        </div>
      </details>
    </div>
  );
}
