import { type LifeState, lifeStateSchema } from '#core/contract/life.ts';
import { useWords } from '../admin.ts';
import { StateMark } from './state-mark.tsx';

/** All states in the order of a year: what each means, and what it makes of the posters. */
export function StatesList({ current }: { current: LifeState }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="life-all">
      <h2 id="life-all">{t('life.all')}</h2>
      <ol class="life-states">
        {lifeStateSchema.options.map((state) => (
          <li key={state} class="card" aria-current={state === current ? 'step' : undefined}>
            <h3>
              <StateMark state={state} />
            </h3>
            <p>{t(`life.means.${state}`)}</p>
            <p>{t(`life.posters.${state}`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
