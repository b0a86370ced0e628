import type { ScoresReply } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';

interface ScoresMomentProps {
  scores: Pick<ScoresReply, 'asOf' | 'isLatest'> | null;
  /** When it is told. */
  now: Date;
}

/** Of which moment the scores are, where newer ones are still being made. */
export function ScoresMoment({ scores, now }: ScoresMomentProps) {
  const { t, formats } = useWords();
  if (scores === null || scores.isLatest) return null;
  const moment = new Date(scores.asOf);
  const isToday = moment.toDateString() === now.toDateString();
  return (
    <span class="scores-moment">
      {t('scores.asOf', {
        moment: isToday ? formats.time(moment) : formats.moment(scores.asOf),
      })}
    </span>
  );
}
