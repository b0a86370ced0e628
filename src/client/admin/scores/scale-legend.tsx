import { useWords } from '../admin.ts';
import type { Segment } from './distribution.ts';
import { Swatch } from './swatch.tsx';

const STEPS: ReadonlyArray<Segment['step']> = [1, 2, 3, 4, 5, 6];

/** How to read the bars: from the worst answer to the best. */
export function ScaleLegend() {
  const { t } = useWords();
  return (
    <div class="legend">
      <p class="legend-ends">
        <span>{t('scores.worst')}</span>
        <span class="legend-steps">
          {STEPS.map((step) => (
            <Swatch key={step} step={step} />
          ))}
        </span>
        <span>{t('scores.best')}</span>
      </p>
      <p class="hint">{t('scores.legend')}</p>
    </div>
  );
}
