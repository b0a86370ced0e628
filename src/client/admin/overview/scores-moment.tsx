import { useRef } from 'preact/hooks';
import type { ScoresReply } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';

interface ScoresMomentProps {
  scores: Pick<ScoresReply, 'asOf' | 'isLatest'> | null;
  /** When it is told. */
  now: Date;
}

/**
 * Of which moment the scores are, where newer ones are still being made. While many answer that is so again and again: what was needed
 * once keeps its room, so that nothing below goes up and down under a finger.
 */
export function ScoresMoment({ scores, now }: ScoresMomentProps) {
  const { t, formats } = useWords();
  const isBehind = scores !== null && !scores.isLatest;
  const wasBehind = useRef(false);
  wasBehind.current ||= isBehind;
  if (!wasBehind.current) return null;

  function words({ asOf }: Pick<ScoresReply, 'asOf'>) {
    const moment = new Date(asOf);
    const isToday = moment.toDateString() === now.toDateString();
    return t('scores.asOf', { moment: isToday ? formats.time(moment) : formats.moment(asOf) });
  }
  return <span class="scores-moment">{isBehind ? words(scores) : null}</span>;
}
