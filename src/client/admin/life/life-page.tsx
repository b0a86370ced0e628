import type { Assessment } from '#core/contract/assessment.ts';
import { useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { CopyForm } from './copy-form.tsx';
import { DatesForm } from './dates-form.tsx';
import { DeletedList } from './deleted-list.tsx';
import { DeletionForm } from './deletion-form.tsx';
import { StateCard } from './state-card.tsx';
import { stateToday } from './state-today.ts';
import { StatesList } from './states-list.tsx';

/** The life of an assessment: open, close, archive, copy to another year, delete. */
export function LifePage({ assessment }: { assessment: Assessment }) {
  const { t } = useWords();
  return (
    <Page title={t('life.title')} lead={t('life.lead')}>
      <StateCard assessment={assessment} />
      <DatesForm assessment={assessment} />
      <StatesList current={stateToday(assessment)} />
      <CopyForm assessment={assessment} />
      <DeletionForm assessment={assessment} />
      <DeletedList />
    </Page>
  );
}
