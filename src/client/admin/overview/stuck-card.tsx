import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

/** Is anything stuck? What arrived but is kept apart and not counted. */
export function StuckCard({ quarantined, conflicts }: { quarantined: number; conflicts: number }) {
  const { t, formats } = useWords();
  const isStuck = quarantined + conflicts > 0;
  return (
    <section
      class={isStuck ? 'card answer answer-wide answer-warning' : 'card answer answer-wide'}
      aria-labelledby="stuck"
    >
      <h2 id="stuck">{t('overview.stuckTitle')}</h2>
      {isStuck ? (
        <ul class="findings">
          {quarantined === 0 ? null : (
            <li>
              <Icon name="warning" />
              {t('overview.quarantined', { count: quarantined, n: formats.count(quarantined) })}
            </li>
          )}
          {conflicts === 0 ? null : (
            <li>
              <Icon name="warning" />
              {t('overview.conflicts', { count: conflicts, n: formats.count(conflicts) })}
            </li>
          )}
        </ul>
      ) : (
        <p class="finding-fine">
          <Icon name="check" />
          {t('overview.nothingStuck')}
        </p>
      )}
      <p class="hint">{t('overview.stuckHint')}</p>
    </section>
  );
}
