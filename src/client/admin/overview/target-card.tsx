import { useWords } from '../admin.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { departmentsShort, shareOf, type InstrumentParticipation } from './participation-view.ts';

interface TargetCardProps {
  participation: InstrumentParticipation;
  tool: Instrument['tool'];
}

/** Are we on target? One instrument's answer. */
export function TargetCard({ participation, tool }: TargetCardProps) {
  const { t, formats } = useWords();
  const { instrument, n, target } = participation;
  const share = shareOf(n, target);
  const missing = target === null ? 0 : target - n;
  const short = departmentsShort(participation).length;

  function verdict() {
    if (target === null) return t('overview.noTarget');
    if (missing > 0)
      return t('overview.missing', { count: missing, missing: formats.count(missing) });
    return short > 0
      ? t('overview.reachedInAll', { count: short, n: formats.count(short) })
      : t('overview.reached');
  }

  return (
    <section class="card answer" aria-labelledby={`answer-${instrument}`}>
      <h2 id={`answer-${instrument}`}>
        <InstrumentTitle id={instrument} tool={tool} />
      </h2>
      <p class="figure">
        <strong>{formats.count(n)}</strong>{' '}
        <span>
          {target === null
            ? t('overview.answered', { count: n })
            : t('overview.ofTarget', { target: formats.count(target) })}
        </span>
      </p>
      {share === null ? null : (
        <ProgressBar share={share} tone={share >= 1 && short === 0 ? 'reached' : 'normal'} />
      )}
      <p class="verdict">
        {verdict()}
        {share === null ? null : (
          <span class="verdict-share">{formats.roundPercent(n, target ?? 0)}</span>
        )}
      </p>
    </section>
  );
}
