import type { Assessment } from '#core/contract/assessment.ts';
import { useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/states.tsx';

/** Before the first response: what to do next, and that none can come while the assessment is not open. */
export function NobodyYet({ assessment }: { assessment: Assessment }) {
  const { t } = useWords();
  return (
    <Empty title={t('overview.nobodyTitle')}>
      <LifeNote assessment={assessment} />
      <p>{t('overview.nobodyText')}</p>
      <Link to={{ page: 'posters', choice: { by: 'all' } }} class="button button-primary">
        {t('channels.printAll')}
      </Link>
    </Empty>
  );
}
