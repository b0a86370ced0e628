import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { QualityTable } from './quality-table.tsx';
import { HiddenNote } from './score-cell.tsx';
import { ScoreDots } from './score-dots.tsx';

interface QualityViewProps {
  instruments: readonly Instrument[];
  scores: Scores;
}

/** What one should look at twice, and what the score would be without it. Nothing is left out by itself. */
export function QualityView({ instruments, scores }: QualityViewProps) {
  const { t, formats } = useWords();
  return (
    <>
      <aside class="note" aria-labelledby="quality-note">
        <h2 id="quality-note">{t('scores.qualityTitle')}</h2>
        <p>{t('scores.qualityText')}</p>
        <ul>
          <li>{t('scores.marks.too-fast')}</li>
          <li>{t('scores.marks.all-the-same')}</li>
          <li>{t('scores.marks.never-contacted')}</li>
        </ul>
      </aside>
      {instruments.map((instrument) => {
        const own = scores.instruments.find((known) => known.instrument === instrument.id);
        if (!own) return null;
        const { office, quality } = own;
        const withAny = quality.find(({ mark }) => mark === 'any')?.without;
        const id = `quality-${instrument.id}`;
        const scoreIn = (code: string, group: typeof office | undefined) =>
          group?.state === 'shown'
            ? (group.value.items.find((item) => item.code === code)?.score ?? null)
            : null;
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
              <div class="beside">
                <div>
                  <QualityTable labelledBy={id} scores={own} threshold={scores.threshold} />
                  <HiddenNote
                    groups={quality.map(({ without }) => without)}
                    threshold={scores.threshold}
                  />
                </div>
                <div>
                  <h3 id={`${id}-items`}>{t('scores.itemsWithout')}</h3>
                  <table class="table table-groups" aria-labelledby={`${id}-items`}>
                    <thead>
                      <tr>
                        <th scope="col">{t('scores.item')}</th>
                        <th scope="col" class="number">
                          {t('scores.allResponses')}
                        </th>
                        <th scope="col" class="number">
                          {t('scores.without.any')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {instrument.items.map(({ code }) => (
                        <tr key={code}>
                          <th scope="row">{code}</th>
                          {[scoreIn(code, office), scoreIn(code, withAny)].map((score, index) => (
                            <td key={index === 0 ? 'all' : 'without'} class="number">
                              {score === null ? '–' : formats.score(score)}
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                  <ScoreDots
                    series={[t('scores.allResponses'), t('scores.without.any')]}
                    rows={instrument.items.map(({ code }) => ({
                      key: code,
                      name: code,
                      scores: [scoreIn(code, office), scoreIn(code, withAny)],
                    }))}
                  />
                </div>
              </div>
            )}
          </section>
        );
      })}
    </>
  );
}
