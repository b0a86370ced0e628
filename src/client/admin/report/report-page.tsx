import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { ReportDocument } from './report-document.tsx';
import { ReportFiles } from './report-files.tsx';
import { SingleResponses } from './single-responses.tsx';

interface ReportPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

/** The year's report in the language of the page: to read, to print, to save as files. */
export function ReportPage({ assessment, instruments }: ReportPageProps) {
  const { api } = useAdmin();
  const { t, language } = useWords();
  const { loaded, retry } = useLoaded(
    () => api.report(assessment.id, language),
    `${assessment.id} ${language}`,
  );

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return <ReportDocument report={loaded.value.value} />;
  }

  return (
    <div class="report-page">
      <Page title={t('report.title')} lead={t('report.lead')}>
        <ReportFiles assessment={assessment} />
        {content()}
        {/* What stands below the report waits for it: nothing moves away under a finger. */}
        <div hidden={loaded.value.state === 'loading'}>
          <SingleResponses assessment={assessment} instruments={instruments} />
        </div>
      </Page>
    </div>
  );
}
