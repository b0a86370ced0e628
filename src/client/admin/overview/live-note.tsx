import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';

interface LiveNoteProps {
  latest: Date | null;
  error: ApiError | null;
  askNow: () => void;
}

/** How fresh the figures are, and whether the server can be reached. */
export function LiveNote({ latest, error, askNow }: LiveNoteProps) {
  const { t, formats } = useWords();
  if (latest === null) return <span class="live">{t('overview.asking')}</span>;
  const time = formats.time(latest);
  if (error === null) return <span class="live live-on">{t('overview.asOf', { time })}</span>;
  return (
    <output class="live live-off">
      {t('overview.unreachable', { time })}{' '}
      <button type="button" class="button button-small" onClick={askNow}>
        {t('states.retry')}
      </button>
    </output>
  );
}
