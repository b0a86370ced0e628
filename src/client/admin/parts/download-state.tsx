import { Button } from '../../ui/button.tsx';
import { useWords } from '../admin.ts';
import type { Progress } from '../download.ts';
import { problemText } from '../problem-text.ts';
import { ProgressBar } from './progress-bar.tsx';
import type { Download } from './use-download.ts';

interface DownloadStateProps {
  download: Download;
  cancel: () => void;
}

/** How many are here. Only that it began is read out; the figure that moves is not. */
function HowFar({ progress }: { progress: NonNullable<Progress> }) {
  const { t, formats } = useWords();
  const { done, total } = progress;
  return (
    <div aria-hidden="true">
      <ProgressBar share={total === 0 ? 1 : done / total} tone="normal" />
      <p class="hint">
        {t('download.progress', { done: formats.count(done), total: formats.count(total) })}
      </p>
    </div>
  );
}

/** What becomes of a file: how far it is and a way to stop it, or why it is not saved. */
export function DownloadState({ download, cancel }: DownloadStateProps) {
  const { t } = useWords();
  const isUnderWay = download.state === 'under-way';
  return (
    <div class="download-state">
      <output>
        {isUnderWay ? <p>{t('download.making')}</p> : null}
        {download.state === 'cancelled' ? <p>{t('download.cancelled')}</p> : null}
      </output>
      {isUnderWay && download.progress ? <HowFar progress={download.progress} /> : null}
      {isUnderWay ? (
        <Button kind="secondary" onPress={cancel}>
          {t('download.cancel')}
        </Button>
      ) : null}
      {download.state === 'failed' ? (
        <p class="field-problem" role="alert">
          {problemText(t, download.error)} {t('download.nothingSaved')}
        </p>
      ) : null}
    </div>
  );
}
