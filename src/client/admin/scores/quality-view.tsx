import type { Scores, ToolScore } from '#core/contract/scores.ts';
import { DISPLAY_FLAGS } from '#core/display/display-flag.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { Table } from '../parts/table.tsx';
import { QualityTable } from './quality-table.tsx';
import { HiddenNote } from './score-cell.tsx';
import { ScoreDots } from './score-dots.tsx';

interface ItemsWithoutProps {
  instrument: Instrument;
  all: ToolScore;
  /** Of the responses without any mark. */
  without: ToolScore;
}

/** Item by item, with and without whatever bears a mark. */
function ItemsWithout({ instrument, all, without }: ItemsWithoutProps) {
  const { t, texts, formats } = useWords();
  const id = `items-without-${instrument.id}`;
  const series = [t('scores.allResponses'), t('scores.without.any')];
  const rows = instrument.items.map(({ code }) => ({
    code,
    scores: [all, without].map(
      ({ items }) => items.find((item) => item.code === code)?.score ?? null,
    ),
  }));
  return (
    <div>
      <h3 id={id}>{t('scores.itemsWithout')}</h3>
      <div class="beside">
        <Table kind="table-groups table-tall-heads" labelledBy={id}>
          <thead>
            <tr>
              <th scope="col">{t('scores.item')}</th>
              {series.map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, scores }) => (
              <tr key={code}>
                <th scope="row">
                  <span class="item-code">{code}</span>{' '}
                  {texts.instrument(instrument.id)?.items[code]?.short}
                </th>
                {scores.map((score, index) => (
                  <td key={series[index]} class="number">
                    {formats.score(score)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
        <ScoreDots
          series={series}
          rows={rows.map(({ code, scores }) => ({ key: code, name: code, scores }))}
        />
      </div>
    </div>
  );
}

interface QualityViewProps {
  instruments: readonly Instrument[];
  scores: Scores;
}

/** What one should look at twice, and what the score would be without it. Nothing is left out by itself. */
export function QualityView({ instruments, scores }: QualityViewProps) {
  const { t, formats } = useWords();
  const told = scores.instruments.flatMap(({ quality }) => quality);
  const displayMarks = DISPLAY_FLAGS.filter((flag) => told.some(({ mark }) => mark === flag));
  return (
    <>
      <aside class="note" aria-labelledby="quality-note">
        <h2 id="quality-note">{t('scores.qualityTitle')}</h2>
        <p>{t('scores.qualityText')}</p>
        <ul>
          <li>{t('scores.marks.too-fast')}</li>
          <li>{t('scores.marks.all-the-same')}</li>
          <li>{t('scores.marks.never-contacted')}</li>
          {displayMarks.map((mark) => (
            <li key={mark}>{t(`scores.marks.${mark}`)}</li>
          ))}
        </ul>
      </aside>
      {instruments.map((instrument) => {
        const own = scores.instruments.find((known) => known.instrument === instrument.id);
        if (!own) return null;
        const { office, quality } = own;
        const withAny = quality.find(({ mark }) => mark === 'any')?.without;
        const id = `quality-${instrument.id}`;
        return (
          <section key={instrument.id} class="card breakdown" aria-labelledby={id}>
            <h2 id={id}>
              <InstrumentTitle id={instrument.id} tool={instrument.tool} />
            </h2>
            {office.state === 'hidden' || office.n === 0 ? (
              <p class="hint">
                {office.state === 'hidden'
                  ? t('scores.officeHidden', { threshold: formats.count(scores.threshold) })
                  : t('overview.nobodyTitle')}
              </p>
            ) : (
              <>
                <div>
                  <QualityTable labelledBy={id} scores={own} threshold={scores.threshold} />
                  <HiddenNote
                    groups={quality.map(({ without }) => without)}
                    threshold={scores.threshold}
                  />
                </div>
                {withAny?.state === 'shown' && withAny.n < office.n ? (
                  <ItemsWithout
                    instrument={instrument}
                    all={office.value}
                    without={withAny.value}
                  />
                ) : null}
              </>
            )}
          </section>
        );
      })}
    </>
  );
}
