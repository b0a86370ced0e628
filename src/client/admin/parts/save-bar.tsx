import { useWords } from '../admin.ts';
import { SubmitButton } from './submit-button.tsx';
import { useUnsaved } from './use-unsaved.ts';

interface SaveBarProps {
  /** Whether something is typed that is not stored. */
  isChanged: boolean;
  isBusy: boolean;
  isArchived: boolean;
  onDiscard: () => void;
}

/** The foot of a long form: whether all is stored, and what to do if not. What is archived has none, but for what was typed before. */
export function SaveBar({ isChanged, isBusy, isArchived, onDiscard }: SaveBarProps) {
  const { t } = useWords();
  useUnsaved(isChanged);
  if (isArchived && !isChanged) return null;

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
