import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import { REPORT_FILES, type ReportFile } from '#core/contract/report.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemText } from '../problem-text.ts';

const NAMES: Record<ReportFile, string> = { xlsx: 'XLSX', csv: 'CSV', json: 'JSON' };

/** The report on paper and as files, in the language of the page. */
export function ReportFiles({ assessment }: { assessment: Assessment }) {
  const { api, feedback } = useAdmin();
  const { t, language } = useWords();
  const busy = useSignal<ReportFile | null>(null);
  const error = useSignal<ApiError | null>(null);

  async function save(format: ReportFile) {
    busy.value = format;
    error.value = null;
    try {
      const content = await api.reportFile(assessment.id, language, format);
      saveFile(`ita-${assessment.fiscalYear}-${language}.${format}`, content);
      feedback.value = t('report.saved');
    } catch (thrown) {
      error.value = asApiError(thrown);
    } finally {
      busy.value = null;
    }
  }

  return (
    <div class="report-files">
      <button type="button" class="button button-primary" onClick={() => window.print()}>
        <Icon name="print" />
        {t('report.print')}
      </button>
      {REPORT_FILES.map((format) => (
        <Button
          key={format}
          kind="secondary"
          isBusy={busy.value === format}
          onPress={() => void save(format)}
        >
          <Icon name="save" />
          {NAMES[format]}
        </Button>
      ))}
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
    </div>
  );
}
