import type { ItemScore } from '#core/contract/scores.ts';
import type { Instrument, Item } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { Table } from '../parts/table.tsx';
import { DistributionBar } from './distribution-bar.tsx';
import { distributionOf, optionLabel } from './distribution.ts';
import { PolarityMark } from './polarity-mark.tsx';
import { Swatch } from './swatch.tsx';

interface ItemCardProps {
  instrument: Instrument;
  item: Item;
  score: ItemScore;
  /** Whether a measure about it can be begun from here. */
  offersMeasure?: boolean;
}

/** One item: what it asks, its score with n, how the answers lie, and the same as a table. */
export function ItemCard({ instrument, item, score, offersMeasure = false }: ItemCardProps) {
  const { t, texts, formats } = useWords();
  const words = texts.instrument(instrument.id);
  const segments = distributionOf(instrument, item, score.options);
  const label = (option: number) =>
    words ? optionLabel(words, item, option) : formats.count(option);
  const worst = segments[0];
  const best = segments[segments.length - 1];

  return (
    <article class="item" aria-labelledby={`item-${item.code}`}>
      <header class="item-head">
        <div>
          <h4 id={`item-${item.code}`}>
            <span class="item-code">{item.code}</span>
            <span>{words?.items[item.code]?.short}</span>
          </h4>
          <PolarityMark polarity={item.polarity} />
        </div>
        <p class="item-score">
          <strong>{formats.score(score.score)}</strong>
          <span>{t('scores.n', { n: formats.count(score.n) })}</span>
        </p>
      </header>
      <DistributionBar segments={segments} n={score.n} />
      <p class="distribution-ends" aria-hidden="true">
        <span>{worst ? label(worst.option) : null}</span>
        <span>{best ? label(best.option) : null}</span>
      </p>
      <details class="more">
        <summary>
          {t('scores.itemTable')}
          <span class="visually-hidden"> {item.code}</span>
        </summary>
        <Table kind="table-options" labelledBy={`item-${item.code}`}>
          <thead>
            <tr>
              <th scope="col">{t('scores.option')}</th>
              <th scope="col" class="number">
                {t('scores.people')}
              </th>
              <th scope="col" class="number">
                {t('scores.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {segments.map(({ option, n, step }) => (
              <tr key={option}>
                <th scope="row">
                  <Swatch step={step} />
                  {label(option)}
                </th>
                <td class="number">{formats.count(n)}</td>
                <td class="number">{formats.percent(n, score.n)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
      {offersMeasure ? (
        <Link to={{ page: 'measures', item: item.code }} class="more-link item-measure">
          {t('measures.addFor')}
          <span class="visually-hidden"> {item.code}</span>
        </Link>
      ) : null}
    </article>
  );
}
