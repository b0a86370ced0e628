import { useSignal } from '@preact/signals';
import type { GroupScore } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { ItemCard } from './item-card.tsx';
import { ScaleLegend } from './scale-legend.tsx';

export interface NamedGroup {
  key: string;
  name: string;
  instrument: Instrument;
  group: GroupScore;
}

interface GroupItemsProps {
  /** Tells it from others on the page. */
  id: string;
  groups: readonly NamedGroup[];
}

/** One group after the other, item by item with how its answers lie; only those that are shown can be chosen. */
export function GroupItems({ id, groups }: GroupItemsProps) {
  const { t, formats } = useWords();
  const chosen = useSignal('');
  const shown = groups.flatMap(({ group, ...named }) =>
    group.state === 'shown' && group.n > 0 ? [{ ...named, n: group.n, score: group.value }] : [],
  );
  if (shown.length === 0) return null;
  const found = shown.find(({ key }) => key === chosen.value);

  return (
    <section class="card breakdown" aria-labelledby={`${id}-items`}>
      <h2 id={`${id}-items`}>{t('scores.groupItems')}</h2>
      <div class="field scores-choice no-print">
        <label for={`${id}-group`}>{t('scores.group')}</label>
        <select
          id={`${id}-group`}
          class="input"
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          <option value="">{t('scores.chooseGroup')}</option>
          {shown.map(({ key, name, instrument }) => (
            <option key={key} value={key}>
              {instrument.tool} · {name}
            </option>
          ))}
        </select>
      </div>
      {found === undefined ? null : (
        <>
          <h3>
            {found.instrument.tool} · {found.name}
          </h3>
          <p class="figure">
            <strong>{formats.score(found.score.score)}</strong>{' '}
            <span>{t('scores.of', { count: found.n, n: formats.count(found.n) })}</span>
          </p>
          <ScaleLegend />
          <div class="items">
            {found.instrument.items.map((item) => {
              const score = found.score.items.find(({ code }) => code === item.code);
              return score ? (
                <ItemCard key={item.code} instrument={found.instrument} item={item} score={score} />
              ) : null;
            })}
          </div>
        </>
      )}
    </section>
  );
}
