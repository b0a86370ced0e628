import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import type { holdersOf } from './holders.ts';

/** Why an organization cannot be removed that seems to have nothing. */
export function HeldNote({ holders }: { holders: ReturnType<typeof holdersOf> }) {
  const { t, formats } = useWords();
  const what = holders
    .map(({ kind, count }) =>
      t(`organizations.holders.${kind}`, { count, n: formats.count(count) }),
    )
    .join(' · ');
  return (
    <p class="hint">
      {t('organizations.held', { what })}{' '}
      {holders.some(({ kind }) => kind !== 'deleted') ? (
        <Link to={{ page: 'people' }}>{t('people.title')}</Link>
      ) : null}
    </p>
  );
}
