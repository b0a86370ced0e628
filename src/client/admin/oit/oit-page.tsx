import type { Assessment } from '#core/contract/assessment.ts';
import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { ChecklistView } from './checklist.tsx';

/** The OIT checklist of an assessment: what the office publishes on its web site, and how far it is with it. */
export function OitPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => api.oit(assessment.id), assessment.id);

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return (
      <ChecklistView
        assessment={assessment}
        oit={loaded.value.value}
        onChange={(change) => {
          if (loaded.value.state === 'ready')
            loaded.value = { state: 'ready', value: change(loaded.value.value) };
        }}
      />
    );
  }

  return (
    <Page title={t('oit.title')} lead={t('oit.lead')}>
      {content()}
    </Page>
  );
}
