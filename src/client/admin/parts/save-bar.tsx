import { useEffect, useRef } from 'preact/hooks';
import { afterPress } from '../../ui/after-press.ts';
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

/** Room between the bar and what would else be behind it. */
const ROOM_PX = 16;

/** Brings what one types in from behind the bar, which comes with the first letter. */
function uncover(bar: HTMLElement): void {
  const focused = document.activeElement;
  if (!focused || bar.contains(focused) || !bar.parentElement?.contains(focused)) return;
  const { top, bottom } = focused.getBoundingClientRect();
  const covered = bottom - bar.getBoundingClientRect().top;
  // Of what is higher than the window the beginning stays.
  if (covered > 0) window.scrollBy(0, Math.max(0, Math.min(covered + ROOM_PX, top - ROOM_PX)));
}

/** The foot of a long form: whether all is stored, and what to do if not. What is archived has none, but for what was typed before. */
export function SaveBar({ isChanged, isBusy, isArchived, onDiscard }: SaveBarProps) {
  const { t } = useWords();
  useUnsaved(isChanged);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const form = bar.current?.parentElement;
    if (!isChanged || !form) return undefined;
    const look = () => afterPress(() => bar.current && uncover(bar.current));
    look();
    form.addEventListener('focusin', look);
    return () => form.removeEventListener('focusin', look);
  }, [isChanged]);
  if (isArchived && !isChanged) return null;

  function discard() {
    // The button goes with what it throws away, and the focus would go with it.
    bar.current?.querySelector<HTMLElement>('[type=submit]')?.focus();
    onDiscard();
  }

  return (
    <div class={isChanged ? 'save-bar save-bar-changed' : 'save-bar'} ref={bar}>
      <output>{isChanged ? t('settings.unsaved') : t('settings.allSaved')}</output>
      <div class="form-acts">
        {isChanged ? (
          <button type="button" class="button button-quiet" onClick={discard}>
            {t('settings.discard')}
          </button>
        ) : null}
        <SubmitButton busy={isBusy}>{t('settings.save')}</SubmitButton>
      </div>
    </div>
  );
}
