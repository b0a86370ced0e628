import type { Item } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

const SHAPES: Record<Item['polarity'], string> = {
  positive: 'M8 3v10M3 8h10',
  negative: 'M3 8h10',
};

/** Says in words and shape whether "most" is good or bad here. */
export function PolarityMark({ polarity }: { polarity: Item['polarity'] }) {
  const { t } = useWords();
  return (
    <span class={`polarity polarity-${polarity}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={SHAPES[polarity]} />
      </svg>
      {polarity === 'negative' ? t('scores.negative') : t('scores.positive')}
    </span>
  );
}
