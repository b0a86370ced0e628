import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { MeasuresView } from './measures-list.tsx';
import { readStanding } from './read-standing.ts';

interface MeasuresPageProps {
  assessment: Assessment;
  /** The item that a new measure is to be about; null = none is asked for. */
  item: string | null;
}

/** What the office does about what the assessment showed. */
export function MeasuresPage({ assessment, item }: MeasuresPageProps) {
  const { api, office } = useAdmin();
  const { t } = useWords();
  const all = office.value.state === 'ready' ? office.value.value.assessments : [];
  const { loaded, retry } = useLoaded(async () => {
    const [measures, standing] = await Promise.all([
      api.measures(assessment.id),
      readStanding(api, assessment, all),
    ]);
    return { measures, standing };
  }, assessment.id);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    const { measures, standing } = loaded.value.value;
    return (
      <MeasuresView
        assessment={assessment}
        item={item}
        measures={measures}
        standing={standing}
        onChange={(change) => {
          if (loaded.value.state !== 'ready') return;
          const { value } = loaded.value;
          loaded.value = {
            state: 'ready',
            value: { ...value, measures: change(value.measures) },
          };
        }}
      />
    );
  }

  return (
    <Page title={t('measures.title')} lead={t('measures.lead')}>
      {content()}
    </Page>
  );
}
