import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useWords } from '../admin.ts';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
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
  const load = useLoaded(() => api.report(assessment.id, language), `${assessment.id} ${language}`);

  return (
    <div class="report-page">
      <Page title={t('report.title')} lead={t('report.lead')}>
        <ReportFiles assessment={assessment} />
        <LoadedContent load={load}>{(report) => <ReportDocument report={report} />}</LoadedContent>
        {/* What stands below the report waits for it: nothing moves away under a finger. */}
        <div hidden={load.loaded.value.state === 'loading'}>
          <SingleResponses assessment={assessment} instruments={instruments} />
        </div>
      </Page>
    </div>
  );
}
