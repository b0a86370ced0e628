import type { Assessment } from '#core/contract/assessment.ts';
import { useMay, useWords } from '../admin.ts';
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
  const may = useMay();
  return (
    <Page title={t('life.title')} lead={t('life.lead')}>
      <StateCard assessment={assessment} />
      {may('edit') ? <DatesForm assessment={assessment} /> : null}
      <StatesList current={stateToday(assessment)} />
      {may('edit') ? <CopyForm assessment={assessment} /> : null}
      {may('own') ? <DeletionForm assessment={assessment} /> : null}
      <DeletedList />
    </Page>
  );
}
