import { useWords } from '../admin.ts';
import { isPublished } from '#core/instruments/oit/gaps.ts';
import type { OitView } from './checklist-view.ts';
import { EntryCard } from './entry-card.tsx';
import type { EntriesWork } from './use-entries.ts';

interface IndicatorSectionProps {
  instrument: string;
  indicator: OitView['indicators'][number];
  /** The items that the filter lets through. */
  shown: ReadonlySet<string>;
  today: string;
  entries: EntriesWork | null;
  refresh: () => void;
}

/** One indicator with its sub-indicators and their items; nothing where none of them is shown. */
export function IndicatorSection(props: IndicatorSectionProps) {
  const { instrument, indicator, shown, today, entries, refresh } = props;
  const { t, texts, formats } = useWords();
  const words = texts.oit(instrument);
  const parts = indicator.subIndicators
    .map((part) => ({ ...part, visible: part.entries.filter(({ item }) => shown.has(item)) }))
    .filter(({ visible }) => visible.length > 0);
  if (parts.length === 0) return null;
  const id = `oit-indicator-${indicator.indicator}`;
  const scoreText = (score: string | null) =>
    score === null ? t('oit.noScoreYet') : t('oit.scoreOf', { score: formats.score(score) });
  return (
    <section class="oit-indicator" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>
          {t('oit.indicator', {
            indicator: formats.count(indicator.indicator),
            name: words?.indicators[String(indicator.indicator)] ?? '',
          })}
        </h2>
        <p class="oit-score">{scoreText(indicator.score)}</p>
      </div>
      {parts.map((part) => (
        <section key={part.code} class="oit-part" aria-labelledby={`oit-part-${part.code}`}>
          <div class="section-head">
            <h3 id={`oit-part-${part.code}`}>
              <span class="item-code">{formats.code(part.code)}</span>{' '}
              {words?.subIndicators[part.code]}
            </h3>
            <p class="oit-score">
              {t('oit.partPublished', {
                n: formats.count(part.entries.filter(isPublished).length),
                of: formats.count(part.entries.length),
              })}
              {' · '}
              {scoreText(part.score)}
            </p>
          </div>
          <ul class="oit-entries">
            {part.visible.map((entry) => (
              <EntryCard
                key={entry.item}
                entry={entry}
                name={words?.items[entry.item] ?? entry.item}
                today={today}
                entries={entries}
                refresh={refresh}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
