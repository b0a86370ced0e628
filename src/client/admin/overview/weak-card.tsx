import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { weakestItems } from '../scores/weakest-items.ts';
import { departmentsBehind, nobodyBehind } from './participation-view.ts';

interface WeakCardProps {
  assessment: Assessment;
  participation: Participation;
  /** Null while they are on their way or cannot be had. */
  scores: Scores | null;
  instruments: Instrument[];
}

const SHOWN = 3;

/** Where are we weak? The departments that lag and the items with the lowest scores. */
export function WeakCard({ assessment, participation, scores, instruments }: WeakCardProps) {
  const { t, language, texts, formats } = useWords();
  const behind = participation.instruments.flatMap((instrument) =>
    departmentsBehind(instrument).map((department) => ({
      ...department,
      instrument: instrument.instrument,
    })),
  );
  const nobody = nobodyBehind(participation);
  const weakest = scores === null ? [] : weakestItems(scores, SHOWN);
  const tool = (id: string) => instruments.find((known) => known.id === id)?.tool ?? id;

  return (
    <section class="card answer answer-wide" aria-labelledby="weak">
      <h2 id="weak">{t('overview.weakTitle')}</h2>
      <div class="weak-parts">
        <div>
          <h3>{t('overview.weakDepartments')}</h3>
          {behind.length === 0 ? (
            <p class={nobody === 'overview.nobodyBehind' ? 'finding-fine' : 'hint'}>{t(nobody)}</p>
          ) : (
            <ul class="findings findings-figures">
              {behind.slice(0, SHOWN).map(({ department, instrument, n, target }) => (
                <li key={`${instrument}${department}`}>
                  <Icon name="behind" />
                  <span>
                    {departmentName(assessment, language, t, department)} · {tool(instrument)}
                  </span>
                  <span class="finding-figure">
                    {t('overview.nOfTarget', {
                      n: formats.count(n),
                      target: formats.count(target ?? 0),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {behind.length > SHOWN ? (
            <p class="hint">
              {t('overview.moreBehind', {
                count: behind.length - SHOWN,
                n: formats.count(behind.length - SHOWN),
              })}
            </p>
          ) : null}
        </div>
        <div>
          <h3>{t('overview.weakItems')}</h3>
          {weakest.length === 0 ? (
            <p class="hint">
              {t('overview.noItemsYet', {
                threshold: formats.count(assessment.suppressionThreshold),
              })}
            </p>
          ) : (
            <ul class="findings findings-figures">
              {weakest.map(({ instrument, code, score }) => (
                <li key={code}>
                  <span class="item-code">{code}</span>
                  <span>{texts.instrument(instrument)?.items[code]?.short}</span>
                  <span class="finding-figure">{formats.score(score)}</span>
                </li>
              ))}
            </ul>
          )}
          <Link to={{ page: 'scores' }} class="more-link">
            {t('overview.toScores')}
          </Link>{' '}
          <Link to={{ page: 'measures' }} class="more-link">
            {t('overview.toMeasures')}
          </Link>
        </div>
      </div>
    </section>
  );
}
