import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';

/** What the server said to a change; where somebody else was quicker, the way to see what they wrote. */
export function RefusedNote({ refused, refresh }: { refused: ApiError; refresh: () => void }) {
  const { t } = useWords();
  const isStale = refused.code === 'changed-meanwhile';
  return (
    <div role="alert">
      <p class="field-problem">{isStale ? t('oit.changedMeanwhile') : problemText(t, refused)}</p>
      {isStale ? (
        <button type="button" class="button" onClick={refresh}>
          {t('oit.refresh')}
        </button>
      ) : null}
    </div>
  );
}
