import { useWords } from '../admin.ts';
import type { Segment } from './distribution.ts';

/** Segments shorter than this have no room for a label. */
const LABEL_SHARE = 0.09;

interface DistributionBarProps {
  segments: readonly Segment[];
  /** How many people it is of. */
  n: number;
}

/**
 * One stacked bar, the worst answers at its left end. Labels and gaps make it readable in black and white; the table
 * below says the same to a screen reader.
 */
export function DistributionBar({ segments, n }: DistributionBarProps) {
  const { formats } = useWords();
  return (
    <svg class="distribution" aria-hidden="true" focusable="false">
      {segments
        .filter((segment) => segment.n > 0)
        .map((segment) => (
          <rect
            key={segment.option}
            class={`step step-${segment.step}`}
            x={`${segment.start * 100}%`}
            y="0"
            width={`${segment.length * 100}%`}
            height="100%"
          />
        ))}
      {segments
        .filter(({ length }) => length >= LABEL_SHARE)
        .map((segment) => (
          <text
            key={segment.option}
            class={`on-step on-step-${segment.step}`}
            x={`${(segment.start + segment.length / 2) * 100}%`}
            y="50%"
            dy="0.35em"
          >
            {formats.roundPercent(segment.n, n)}
          </text>
        ))}
    </svg>
  );
}
