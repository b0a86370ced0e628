import type { Segment } from './distribution.ts';

/** The colour of a step beside its words. */
export function Swatch({ step }: { step: Segment['step'] }) {
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <rect class={`step step-${step}`} width="16" height="16" />
    </svg>
  );
}
