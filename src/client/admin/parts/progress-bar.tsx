interface ProgressBarProps {
  /** How much of it is filled, from 0 to 1; more counts as full. */
  share: number;
  tone: 'normal' | 'behind' | 'reached';
}

/** A bar beside a figure that says the same; a screen reader reads the figure. */
export function ProgressBar({ share, tone }: ProgressBarProps) {
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <svg class={`bar bar-${tone}`} aria-hidden="true" focusable="false">
      <rect class="bar-track" x="0" y="0" width="100%" height="100%" />
      <rect class="bar-fill" x="0" y="0" width={width} height="100%" />
    </svg>
  );
}
