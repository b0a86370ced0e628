import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { DownloadState } from '../parts/download-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { useDownload } from '../parts/use-download.ts';
import { useNameOfFile } from './use-name-of-file.ts';

interface SingleResponsesProps {
  assessment: Assessment;
  instruments: Instrument[];
}

/** Every answer of every person, for owners alone and after a warning: it can tell who said what. */
export function SingleResponses({ assessment, instruments }: SingleResponsesProps) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const nameOf = useNameOfFile(assessment);
  const isUnderstood = useSignal(false);
  const { current, start, cancel } = useDownload(() => {
    feedback.value = t('report.saved');
  });
  const download = current.value;
  if (!may('own')) return null;

  function save({ id }: Instrument) {
    start({
      name: `${nameOf('responses', String(assessment.fiscalYear), id)}.csv`,
      get: (watch) => api.responseFile(assessment.id, id, 'csv', watch),
    });
  }

  return (
    <details class="card single-responses">
      <summary>{t('report.single.title')}</summary>
      <p>{t('report.single.what')}</p>
      <p class="single-responses-warning">
        <Icon name="warning" />
        {t('report.single.warning')}
      </p>
      <label class="single-responses-understood">
        <input
          type="checkbox"
          checked={isUnderstood.value}
          onChange={(event) => {
            isUnderstood.value = event.currentTarget.checked;
          }}
        />
        {t('report.single.understood')}
      </label>
      {isUnderstood.value ? (
        <p class="report-files">
          {instruments.map((instrument) => (
            <Button
              key={instrument.id}
              kind="secondary"
              isBusy={download.state === 'under-way'}
              onPress={() => save(instrument)}
            >
              <Icon name="save" />
              {t('report.single.save', { tool: instrument.tool })}
            </Button>
          ))}
        </p>
      ) : null}
      <DownloadState download={download} cancel={cancel} />
    </details>
  );
}
