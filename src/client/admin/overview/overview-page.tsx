import type { Assessment } from '#core/contract/assessment.ts';
import type { Deliveries } from '#core/contract/deliveries.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { ScoresReply } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { useBehind } from '../live/use-behind.ts';
import { newerScores, noScores } from '../live/newer-scores.ts';
import { useLive } from '../live/use-live.ts';
import { hasSeveralOffices } from '../organizations/tree.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { AlarmNote } from './alarm-note.tsx';
import { ChannelsTable } from './channels-table.tsx';
import { DaysChart } from './days-chart.tsx';
import { DepartmentsTable } from './departments-table.tsx';
import { LanguagesTable } from './languages-table.tsx';
import { LiveNote } from './live-note.tsx';
import { NobodyYet } from './nobody-yet.tsx';
import { totalOf } from './participation-view.ts';
import { QualityCard } from './quality-card.tsx';
import { ScoresMoment } from './scores-moment.tsx';
import { StandingOutNote } from './standing-out-note.tsx';
import { StuckCard } from './stuck-card.tsx';
import { TargetCard } from './target-card.tsx';
import { WeakCard } from './weak-card.tsx';

interface OverviewPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

interface Figures {
  participation: Participation;
  deliveries: Deliveries;
  /** Null where they cannot be had. */
  scores: ScoresReply | null;
}

/** The three questions an admin opens the app for, then the detail; live. */
export function OverviewPage({ assessment, instruments }: OverviewPageProps) {
  const { api } = useAdmin();
  const organizations = useOrganizations();
  const { t } = useWords();
  const { figures, askNow } = useLive<Figures>(assessment.id, async (shown) => {
    const [participation, deliveries, scores] = await Promise.all([
      api.participation(assessment.id),
      api.deliveries(assessment.id),
      api.scores(assessment.id).catch((error: unknown) => noScores(shown?.scores ?? null, error)),
    ]);
    return {
      participation,
      deliveries,
      scores: scores && newerScores(shown?.scores ?? null, scores),
    };
  });
  const { latest, error, connection } = figures.value;
  useBehind(latest, askNow);

  function content() {
    if (latest === null)
      return error === null ? <Loading /> : <Failed error={error} retry={askNow} />;
    const { participation, deliveries, scores } = latest.value;
    const total = totalOf(participation);
    const shown = instruments.flatMap((instrument) =>
      participation.instruments
        .filter((counts) => counts.instrument === instrument.id)
        .map((counts) => ({ instrument, counts })),
    );
    return (
      <>
        <AlarmNote deliveries={deliveries} />
        {total === 0 ? <NobodyYet assessment={assessment} /> : null}
        <div class="answers">
          {shown.map(({ instrument, counts }) => (
            <TargetCard key={instrument.id} participation={counts} tool={instrument.tool} />
          ))}
          <WeakCard
            assessment={assessment}
            participation={participation}
            scores={scores}
            instruments={instruments}
          />
          <StuckCard participation={participation} deliveries={deliveries} now={latest.at} />
        </div>
        <div class="pair">
          {shown.map(({ instrument, counts }) => (
            <DepartmentsTable
              key={instrument.id}
              assessment={assessment}
              participation={counts}
              tool={instrument.tool}
            />
          ))}
          <LanguagesTable scores={scores} instruments={instruments} />
          <DaysChart participation={participation} />
        </div>
        <QualityCard scores={scores} instruments={instruments} />
        <StandingOutNote
          assessment={assessment}
          participation={participation}
          instruments={instruments}
        />
        <ChannelsTable
          assessment={assessment}
          participation={participation}
          instruments={instruments}
        />
      </>
    );
  }

  return (
    <Page
      title={t('overview.title')}
      lead={
        <>
          <LiveNote
            latest={latest?.at ?? null}
            error={error}
            connection={connection}
            askNow={askNow}
          />{' '}
          {latest ? <ScoresMoment scores={latest.value.scores} now={latest.at} /> : null}
        </>
      }
      actions={
        hasSeveralOffices(organizations) ? (
          <Link to={{ page: 'roll-up' }} class="button">
            {t('nav.rollUp')}
          </Link>
        ) : undefined
      }
    >
      {content()}
    </Page>
  );
}
