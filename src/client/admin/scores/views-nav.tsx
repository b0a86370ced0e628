import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import type { Breakdown } from './views.ts';

interface ViewsNavProps {
  breakdowns: readonly Breakdown[];
  shown: Breakdown | null;
}

/** What the scores can be looked at by; each is an address of its own. */
export function ViewsNav({ breakdowns, shown }: ViewsNavProps) {
  const { t } = useWords();
  return (
    <nav class="views" aria-label={t('scores.views.label')}>
      <ul>
        <li>
          <Link to={{ page: 'scores' }} current={shown === null}>
            {t('scores.views.office')}
          </Link>
        </li>
        {breakdowns.map((breakdown) => (
          <li key={breakdown}>
            <Link to={{ page: 'scores', by: breakdown }} current={shown === breakdown}>
              {t(`scores.views.${breakdown}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
