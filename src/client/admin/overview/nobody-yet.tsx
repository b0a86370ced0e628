import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/states.tsx';

/** Before the first response: what to do next. */
export function NobodyYet() {
  const { t } = useWords();
  return (
    <Empty title={t('overview.nobodyTitle')}>
      <p>{t('overview.nobodyText')}</p>
      <Link to={{ page: 'posters', choice: { by: 'all' } }} class="button button-primary">
        {t('channels.printAll')}
      </Link>
    </Empty>
  );
}
