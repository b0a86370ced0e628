import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { judgedIn, type ImportState } from './import-state.ts';

const SECOND_MS = 1_000;

/** How far an import is. Only that it began and why it waits is read out; the figure that moves is not. */
export function ImportProgress({ state }: { state: Extract<ImportState, { state: 'sending' }> }) {
  const { t, formats } = useWords();
  const { counts, pause } = state;
  const done = judgedIn(counts);
  const seconds = Math.ceil((pause?.ms ?? 0) / SECOND_MS);
  return (
    <>
      <p>{t('import.sending', { count: counts.total, total: formats.count(counts.total) })}</p>
      <div aria-hidden="true">
        <ProgressBar share={done / counts.total} tone="normal" />
        <p class="hint">
          {t('import.progress', {
            done: formats.count(done),
            total: formats.count(counts.total),
          })}
        </p>
      </div>
      {pause === null ? null : (
        <p class="import-pause">
          {t(`import.pause.${pause.because}`, { count: seconds, seconds: formats.count(seconds) })}
        </p>
      )}
    </>
  );
}
