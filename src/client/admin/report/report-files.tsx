import type { Assessment } from '#core/contract/assessment.ts';
import { REPORT_FILES, type ReportFile } from '#core/contract/report.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { DownloadState } from '../parts/download-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { useDownload } from '../parts/use-download.ts';
import { usePrinting } from '../parts/use-printing.ts';
import { problemText } from '../problem-text.ts';
import { useNameOfFile } from './use-name-of-file.ts';
import { useTitleOnPaper } from './use-title-on-paper.ts';

const NAMES: Record<ReportFile, string> = { xlsx: 'XLSX', csv: 'CSV', json: 'JSON' };

/** The report on paper and as files, in the language of the page. */
export function ReportFiles({ assessment }: { assessment: Assessment }) {
  const { api, feedback } = useAdmin();
  const { t, language } = useWords();
  const { current, start, cancel } = useDownload(() => {
    feedback.value = t('report.saved');
  });
  const download = current.value;
  const printing = usePrinting(() => api.announcePrint(assessment.id, 'report'));
  const name = useNameOfFile(assessment)('ita', String(assessment.fiscalYear), language);
  useTitleOnPaper(name);

  function save(format: ReportFile) {
    start({
      name: `${name}.${format}`,
      get: (watch) => api.reportFile(assessment.id, language, format, watch),
    });
  }

  return (
    <div class="report-files">
      <Button kind="primary" isBusy={printing.isBusy.value} onPress={printing.print}>
        <Icon name="print" />
        {t('report.print')}
      </Button>
      {REPORT_FILES.map((format) => (
        <Button
          key={format}
          kind="secondary"
          isBusy={download.state === 'under-way'}
          onPress={() => save(format)}
        >
          <Icon name="save" />
          {NAMES[format]}
        </Button>
      ))}
      {printing.error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, printing.error.value)}
        </p>
      ) : null}
      <DownloadState download={download} cancel={cancel} />
    </div>
  );
}
