import type { Assessment } from '#core/contract/assessment.ts';
import { useMay, useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { stateToday } from './state-today.ts';

/** Beside channels and posters: what their visitors read while the assessment is not open. */
export function LifeNote({ assessment }: { assessment: Assessment }) {
  const { t } = useWords();
  const may = useMay();
  const state = stateToday(assessment);
  if (state === 'open') return null;
  return (
    <p class="note">
      {t(`life.note.${state}`)}{' '}
      {may('edit') ? <Link to={{ page: 'life' }}>{t('life.title')}</Link> : null}
    </p>
  );
}
