import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { isTree } from '../organizations/tree.ts';
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
import { isOlder, totalOf } from './participation-view.ts';
import { QualityCard } from './quality-card.tsx';
import { StandingOutNote } from './standing-out-note.tsx';
import { StuckCard } from './stuck-card.tsx';
import { TargetCard } from './target-card.tsx';
import { usePolled } from './use-polled.ts';
import { WeakCard } from './weak-card.tsx';

interface OverviewPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

/** The three questions an admin opens the app for, then the detail; live. */
export function OverviewPage({ assessment, instruments }: OverviewPageProps) {
  const { api } = useAdmin();
  const organizations = useOrganizations();
  const { t } = useWords();
  const { polled, askNow } = usePolled(async () => {
    const [participation, deliveries] = await Promise.all([
      api.participation(assessment.id),
      api.deliveries(assessment.id),
    ]);
    return { participation, deliveries };
  }, assessment.id);
  const scores = useSignal<Scores | null>(null);
  const { latest, error } = polled.value;
  const total = latest === null ? null : totalOf(latest.value.participation);

  const isBehind =
    scores.value !== null && latest !== null && isOlder(scores.value, latest.value.participation);

  // The scores change only when somebody answered, and of many responses a moment later. A failed try is made again with the next
  // response or visit.
  useEffect(() => {
    async function askScores() {
      try {
        scores.value = await api.scores(assessment.id);
      } catch {
        scores.value = null;
      }
    }
    if (total !== null && total > 0) void askScores();
  }, [total, isBehind ? latest?.at : null]);

  function content() {
    if (latest === null)
      return error === null ? <Loading /> : <Failed error={error} retry={askNow} />;
    const { participation, deliveries } = latest.value;
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
            scores={scores.value}
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
          <LanguagesTable scores={scores.value} instruments={instruments} />
          <DaysChart participation={participation} />
        </div>
        <QualityCard scores={scores.value} instruments={instruments} />
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
      lead={<LiveNote latest={latest?.at ?? null} error={error} askNow={askNow} />}
      actions={
        isTree(organizations) ? (
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
