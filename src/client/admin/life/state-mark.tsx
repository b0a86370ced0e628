import type { LifeState } from '#core/contract/life.ts';
import { useWords } from '../admin.ts';

/** The name of a state in a box whose look goes with it. */
export function StateMark({ state }: { state: LifeState }) {
  const { t } = useWords();
  return <span class={`life-mark life-mark-${state}`}>{t(`life.states.${state}`)}</span>;
}
