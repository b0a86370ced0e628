import type { LocalizedName } from '#core/contract/language-schema.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useWords } from '../admin.ts';

/** More than this are not named one by one. */
const NAMED = 100;

/** Who is missing in the table of a year; nothing to see where nobody is. */
export function Without({ names, year }: { names: readonly LocalizedName[]; year: number }) {
  const { t, language, formats } = useWords();
  if (names.length === 0) return null;
  const left = names.length - NAMED;
  return (
    <details class="more">
      <summary>
        {t('rollUp.without', {
          count: names.length,
          n: formats.count(names.length),
          year: formats.year(year),
        })}
      </summary>
      <ul class="nothing-yet">
        {names.slice(0, NAMED).map((name, index) => (
          <li key={`${index} ${name.th}`}>{nameIn(language, name)}</li>
        ))}
      </ul>
      {left > 0 ? (
        <p class="hint">{t('orgImport.more', { count: left, n: formats.count(left) })}</p>
      ) : null}
    </details>
  );
}
