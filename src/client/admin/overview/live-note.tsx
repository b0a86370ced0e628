import { useWords } from '../admin.ts';
import { type ApiError, errorToTell } from '../api-error.ts';
import type { Connection } from '../live/live-figures.ts';
import { OtherAssessments } from '../parts/other-assessments.tsx';
import { problemText } from '../problem-text.ts';
import type { Translate } from '../texts.ts';

interface LiveNoteProps {
  latest: Date | null;
  error: ApiError | null;
  /** Of the stream by which the figures come, where there is one. */
  connection?: Connection;
  askNow: () => void;
}

/** Why figures are no longer new by themselves. */
function offWords(t: Translate, error: ApiError | null, time: string): string {
  if (error === null) return t('overview.notLive', { time });
  if (error.code === 'unreachable') return t('overview.unreachable', { time });
  if (error.code === 'not-found') return t('overview.gone', { time });
  return t('overview.refused', { why: problemText(t, error), time });
}

/** How fresh the figures are, and whether the server can be reached. That they have changed is read out to nobody: they would talk on and on. */
export function LiveNote({ latest, error: last, connection = 'open', askNow }: LiveNoteProps) {
  const { t, formats } = useWords();
  const error = last && errorToTell(last);
  if (latest === null)
    return error === null ? <span class="live">{t('overview.asking')}</span> : null;
  const time = formats.time(latest);
  if (error === null && connection === 'crowded-out')
    return <span class="live">{t('overview.byMinute', { time })}</span>;
  if (error === null && connection !== 'lost')
    return <span class="live live-on">{t('overview.asOf', { time })}</span>;
  return (
    <output class="live live-off">
      {offWords(t, error, time)}{' '}
      {error?.code === 'not-found' ? (
        <OtherAssessments isSmall />
      ) : (
        <button type="button" class="button button-small" onClick={askNow}>
          {t('states.retry')}
        </button>
      )}
    </output>
  );
}
