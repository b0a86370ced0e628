import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import type { NameForm } from './draft-form.ts';

interface NamesFieldsProps {
  /** What is named: the label of the Thai field. */
  label: string;
  name: NameForm;
  fieldOf: (language: Language) => string;
  problemOf: (field: string) => string | undefined;
  onChange: (name: NameForm) => void;
}

/** A name in Thai, and folded away in the other languages, where Thai stands in for what is left empty. */
export function NamesFields({ label, name, fieldOf, problemOf, onChange }: NamesFieldsProps) {
  const { t } = useWords();
  const field = (language: Language, text: string) => (
    <TextField
      key={language}
      id={fieldOf(language)}
      label={text}
      lang={language}
      value={name[language]}
      problem={problemOf(fieldOf(language))}
      onInput={(value) => onChange({ ...name, [language]: value })}
    />
  );
  const others = LANGUAGES.filter((language) => language !== 'th');
  const written = others.filter((language) => name[language].trim() !== '').length;
  return (
    <div class="names">
      {field('th', label)}
      <details class="more">
        <summary>
          {written === others.length ? t('names.others') : t('names.othersMissing')}
        </summary>
        <div class="names-others">
          {others.map((language) => field(language, t(`names.${language}`)))}
        </div>
      </details>
    </div>
  );
}
