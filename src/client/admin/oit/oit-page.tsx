import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useWords } from '../admin.ts';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { ChecklistView } from './checklist.tsx';

/** The OIT checklist of an assessment: what the office publishes on its web site, and how far it is with it. */
export function OitPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const load = useLoaded(() => api.oit(assessment.id), assessment.id);
  const { loaded } = load;

  return (
    <Page title={t('oit.title')} lead={t('oit.lead')}>
      <LoadedContent load={load}>
        {(oit) => (
          <ChecklistView
            assessment={assessment}
            oit={oit}
            onChange={(change) => {
              if (loaded.value.state === 'ready')
                loaded.value = { state: 'ready', value: change(loaded.value.value) };
            }}
          />
        )}
      </LoadedContent>
    </Page>
  );
}
