import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';

interface RefusedNoteProps {
  refused: ApiError;
  /** What is said where somebody else was quicker; left out of a form, which keeps what was typed. */
  stale?: string | undefined;
  refresh: () => void;
}

/** What the server said to a change; where somebody else was quicker, the way to see what they wrote. */
export function RefusedNote({ refused, stale, refresh }: RefusedNoteProps) {
  const { t } = useWords();
  const isStale = refused.code === 'changed-meanwhile';
  return (
    <div role="alert">
      <p class="field-problem">
        {isStale ? (stale ?? t('oit.changedMeanwhile')) : problemText(t, refused)}
      </p>
      {isStale ? (
        <button type="button" class="button" onClick={refresh}>
          {t('oit.refresh')}
        </button>
      ) : null}
    </div>
  );
}
