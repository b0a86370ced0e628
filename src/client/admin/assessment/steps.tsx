import { useWords } from '../admin.ts';

const STEPS = ['steps.account', 'steps.office', 'steps.departments'] as const;

/** Where one is on the way from the set-up link to the first assessment. `current` counts from 1. */
export function Steps({ current }: { current: 1 | 2 | 3 }) {
  const { t, formats } = useWords();
  return (
    <ol class="steps" aria-label={t('steps.label')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          class={index + 1 < current ? 'step-done' : undefined}
          aria-current={index + 1 === current ? 'step' : undefined}
        >
          <span class="step-number">{formats.count(index + 1)}</span>
          <span class="step-name">{t(step)}</span>
        </li>
      ))}
    </ol>
  );
}
