import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { isUnderWay, useImport } from './use-import.ts';

/** Takes a file that was saved on a device or exported from a server, by the picker or dropped, and sends what it holds. */
export function ImportSection({ onDone }: { onDone: () => void }) {
  const { router } = useAdmin();
  const { t } = useWords();
  const { current, start, cancel } = useImport(onDone);
  const isOver = useSignal(false);
  const now = current.value;
  const isBusy = isUnderWay(now);

  useEffect(() => router.guard(() => (isBusy ? t('import.leave') : null)), [isBusy, t]);

  function drop(event: DragEvent) {
    event.preventDefault();
    isOver.value = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file) start(file);
  }

  return (
    <section class="card aside-section" aria-labelledby="import">
      <h2 id="import">{t('import.title')}</h2>
      <p>{t('import.lead')}</p>
      <div
        class={isOver.value ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={drop}
      >
        <Icon name="file" />
        <label class="button file-pick" aria-disabled={isBusy ? 'true' : undefined}>
          <input
            type="file"
            class="visually-hidden"
            accept=".json,application/json"
            disabled={isBusy}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) start(file);
              currentTarget.value = ''; // so that the same file can be picked again
            }}
          />
          <span>{t('import.pick')}</span>
        </label>
        <p class="hint drop-hint">{t('import.drop')}</p>
      </div>
      <output class="import-told">
        {now.state === 'reading' ? <p>{t('import.reading')}</p> : null}
        {now.state === 'sending' ? <ImportProgress state={now} /> : null}
        {now.state === 'wrong' || now.state === 'ended' ? <ImportResult of={now} /> : null}
      </output>
      {now.state === 'sending' ? (
        <div>
          <Button kind="secondary" onPress={cancel}>
            {t('import.cancel')}
          </Button>
        </div>
      ) : null}
      <p class="hint">{t('import.privacy')}</p>
    </section>
  );
}
