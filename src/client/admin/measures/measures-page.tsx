import type { Assessment } from '#core/contract/assessment.ts';
import type { Measure } from '#core/contract/measures.ts';
import { useAdmin, useWords } from '../admin.ts';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
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
  const load = useLoaded(async () => {
    const [measures, standing] = await Promise.all([
      api.measures(assessment.id),
      readStanding(api, assessment, all),
    ]);
    return { measures, standing };
  }, assessment.id);
  const { loaded } = load;

  function keep(change: (measures: readonly Measure[]) => Measure[]) {
    if (loaded.value.state !== 'ready') return;
    const { value } = loaded.value;
    loaded.value = { state: 'ready', value: { ...value, measures: change(value.measures) } };
  }

  return (
    <Page title={t('measures.title')} lead={t('measures.lead')}>
      <LoadedContent load={load}>
        {(shown) => <MeasuresView assessment={assessment} item={item} onChange={keep} {...shown} />}
      </LoadedContent>
    </Page>
  );
}
