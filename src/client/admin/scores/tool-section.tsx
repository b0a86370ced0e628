import type { Scores, ToolScore } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { IndicatorsTable } from './indicators-table.tsx';
import { ItemCard } from './item-card.tsx';
import { largestChange } from './largest-change.ts';
import { ScaleLegend } from './scale-legend.tsx';
import { weakestItems } from './weakest-items.ts';

interface ToolSectionProps {
  instrument: Instrument;
  scores: Scores['instruments'][number];
  threshold: number;
  /** Whether one may begin a measure about an item. */
  mayAddMeasures: boolean;
}

/** How many items of a tool a measure is offered for: the weakest. */
const WEAK = 3;

interface ShownProps {
  instrument: Instrument;
  n: number;
  score: ToolScore;
  /** The codes of the items that a measure is offered for. */
  weak: readonly string[];
}

function Shown({ instrument, n, score, weak }: ShownProps) {
  const { t, formats } = useWords();
  return (
    <>
      <p class="figure">
        <strong>{formats.score(score.score)}</strong>{' '}
        <span>{t('scores.of', { count: n, n: formats.count(n) })}</span>
      </p>
      {score.score === null ? null : (
        <p class="hint">
          {t('scores.change', { points: formats.score(largestChange(score.score, n)) })}
        </p>
      )}
      <IndicatorsTable instrument={instrument.id} indicators={score.indicators} />
      <h3>{t('scores.items')}</h3>
      <ScaleLegend />
      <div class="items">
        {instrument.items.map((item) => {
          const found = score.items.find(({ code }) => code === item.code);
          return found ? (
            <ItemCard
              key={item.code}
              instrument={instrument}
              item={item}
              score={found}
              offersMeasure={weak.includes(item.code)}
            />
          ) : null;
        })}
      </div>
    </>
  );
}

/** One tool: its score with n, its indicators, its items. */
export function ToolSection({ instrument, scores, threshold, mayAddMeasures }: ToolSectionProps) {
  const { t, texts, formats } = useWords();
  const words = texts.instrument(instrument.id);
  const { office } = scores;
  const weak = mayAddMeasures ? weakestItems({ instruments: [scores] }, WEAK) : [];

  function content() {
    if (office.state === 'hidden')
      return (
        <div class="state state-empty">
          <Icon name="lock" />
          <p>{t('scores.officeHidden', { threshold: formats.count(threshold) })}</p>
        </div>
      );
    if (office.n === 0)
      return (
        <div class="state state-empty">
          <Icon name="waiting" />
          <p>{t('overview.nobodyTitle')}</p>
        </div>
      );
    return (
      <>
        {words?.translation === 'unofficial' ? <p class="hint">{t('scores.unofficial')}</p> : null}
        <Shown
          instrument={instrument}
          n={office.n}
          score={office.value}
          weak={weak.map(({ code }) => code)}
        />
      </>
    );
  }

  return (
    <section class="card tool-section" aria-labelledby={`tool-${instrument.id}`}>
      <h2 id={`tool-${instrument.id}`}>
        <InstrumentTitle id={instrument.id} tool={instrument.tool} />
      </h2>
      {content()}
    </section>
  );
}
