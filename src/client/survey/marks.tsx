const BARS = [1, 2, 3, 4, 5] as const;

/**
 * A mark that grows with the step: option 1 of 6 ("not at all") fills no bar, option 6 all five. Neutral on purpose: no
 * colours of good and bad, no faces, for they push.
 */
export function StepMark({ step }: { step: number }) {
  return (
    <svg class="step-mark" viewBox="0 0 34 24" width="34" height="24" aria-hidden="true">
      {BARS.map((bar) => (
        <rect
          key={bar}
          class={bar < step ? 'step-bar step-bar-filled' : 'step-bar'}
          x={bar * 7 - 6}
          y={21 - bar * 4}
          width="4"
          height={bar * 4 + 2}
          rx="1.5"
        />
      ))}
    </svg>
  );
}

/** Stands before the words that say that an item asks about something that should not happen. */
export function NegativeMark() {
  return (
    <svg class="negative-mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path
        d="M10 1.8 18.2 10 10 18.2 1.8 10Z"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
      />
      <path d="M6.5 10h7" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}
