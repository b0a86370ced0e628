import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { QualityTable } from '../scores/quality-table.tsx';
import { HiddenNote } from '../scores/score-cell.tsx';

interface QualityCardProps {
  /** Null while they are on their way or cannot be had. */
  scores: Scores | null;
  instruments: readonly Instrument[];
}

/** How many responses one should look at twice, and the score with and without them. */
export function QualityCard({ scores, instruments }: QualityCardProps) {
  const { t } = useWords();
  const known = instruments.flatMap((instrument) => {
    const own = scores?.instruments.find(({ instrument: id }) => id === instrument.id);
    return own?.office.state === 'shown' && own.office.n > 0 ? [{ instrument, own }] : [];
  });
  const threshold = scores?.threshold ?? 0;
  return (
    <section class="card quality-card" aria-labelledby="quality">
      <h2 id="quality">{t('overview.qualityTitle')}</h2>
      <p class="hint">{t('scores.qualityTitle')}</p>
      {known.length === 0 ? <p class="hint">{t('overview.noQualityYet')}</p> : null}
      <div class="beside">
        {known.map(({ instrument, own }) => (
          <div key={instrument.id}>
            <h3 id={`quality-${instrument.id}`}>{instrument.tool}</h3>
            <QualityTable
              labelledBy={`quality-${instrument.id}`}
              scores={own}
              threshold={threshold}
            />
            <HiddenNote groups={own.quality.map(({ without }) => without)} threshold={threshold} />
          </div>
        ))}
      </div>
      {known.length === 0 ? null : (
        <Link to={{ page: 'scores', by: 'quality' }} class="more-link">
          {t('overview.toQuality')}
        </Link>
      )}
    </section>
  );
}
