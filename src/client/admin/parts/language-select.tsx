import { LANGUAGES } from '#core/contract/language.ts';
import { LANGUAGE_NAMES } from '../../i18n/language-names.ts';
import { useAdmin, useWords } from '../admin.ts';

export function LanguageSelect({ id }: { id: string }) {
  const admin = useAdmin();
  const { t, language } = useWords();
  function choose(select: HTMLSelectElement) {
    const chosen = LANGUAGES.find((known) => known === select.value);
    if (!chosen) return;
    admin.trouble.value = null;
    admin.chooseLanguage(chosen).catch(() => {
      select.value = language; // the page is still in it
      admin.trouble.value = t('errors.unreachable');
    });
  }
  return (
    <div>
      <label for={id} class="visually-hidden">
        {t('app.language')}
      </label>
      <select id={id} class="input" onChange={(event) => choose(event.currentTarget)}>
        {LANGUAGES.map((known) => (
          <option key={known} value={known} lang={known} selected={known === language}>
            {LANGUAGE_NAMES[known]}
          </option>
        ))}
      </select>
    </div>
  );
}
