import { useEffect } from 'preact/hooks';
import { useAdmin, useWords } from '../admin.ts';
import { SubmitButton } from './submit-button.tsx';

interface SaveBarProps {
  /** Whether something is typed that is not stored. */
  isChanged: boolean;
  isBusy: boolean;
  onDiscard: () => void;
}

/** The foot of a long form: whether all is stored, and what to do if not. Nobody leaves by mistake what is typed. */
export function SaveBar({ isChanged, isBusy, onDiscard }: SaveBarProps) {
  const { router } = useAdmin();
  const { t } = useWords();

  useEffect(() => router.guard(() => (isChanged ? t('settings.leaveUnsaved') : null)));

  return (
    <div class={isChanged ? 'save-bar save-bar-changed' : 'save-bar'}>
      <output>{isChanged ? t('settings.unsaved') : t('settings.allSaved')}</output>
      <div class="form-acts">
        {isChanged ? (
          <button type="button" class="button button-quiet" onClick={onDiscard}>
            {t('settings.discard')}
          </button>
        ) : null}
        <SubmitButton busy={isBusy}>{t('settings.save')}</SubmitButton>
      </div>
    </div>
  );
}
