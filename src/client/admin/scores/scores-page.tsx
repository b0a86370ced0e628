import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores, ScoresWithCard } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { CardSection } from '../card/card-section.tsx';
import { useBehind } from '../live/use-behind.ts';
import { newerScores } from '../live/newer-scores.ts';
import { useLive } from '../live/use-live.ts';
import { LiveNote } from '../overview/live-note.tsx';
import { NobodyYet } from '../overview/nobody-yet.tsx';
import { totalOf } from '../overview/participation-view.ts';
import { ScoresMoment } from '../overview/scores-moment.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { usePrinting } from '../parts/use-printing.ts';
import { problemText } from '../problem-text.ts';
import { DepartmentsView } from './departments-view.tsx';
import { QualityView } from './quality-view.tsx';
import { RespondentsView } from './respondents-view.tsx';
import { ServicesView } from './services-view.tsx';
import { ToolSection } from './tool-section.tsx';
import { ViewsNav } from './views-nav.tsx';
import { breakdownsOf, type Breakdown } from './views.ts';

interface ScoresPageProps {
  assessment: Assessment;
  instruments: Instrument[];
  /** What the scores are shown by; null = of the whole office. */
  by: Breakdown | null;
}

interface Figures {
  scores: ScoresWithCard;
  /** Whether nobody answered or too few did is told by it: scores hide both alike. */
  participation: Participation;
}

/** What these scores are, and what they are not. */
function WhatTheyAre() {
  const { t } = useWords();
  return (
    <aside class="note" aria-labelledby="what-they-are">
      <h2 id="what-they-are">{t('scores.whatTitle')}</h2>
      <p>{t('scores.whatText')}</p>
      <p>{t('scores.whatNot')}</p>
    </aside>
  );
}

/** The score of these responses, never the published one. */
export function ScoresPage({ assessment, instruments, by }: ScoresPageProps) {
  const { api } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  async function load(shown: Figures | null, wait?: 'wait'): Promise<Figures> {
    const [scores, participation] = await Promise.all([
      api.scoresWithCard(assessment.id, wait),
      api.participation(assessment.id),
    ]);
    return { scores: newerScores(shown?.scores ?? null, scores), participation };
  }
  const { figures, askNow, take } = useLive(assessment.id, async (shown: Figures | null) =>
    load(shown),
  );
  const { latest, error, connection } = figures.value;
  useBehind(latest, askNow);
  const printing = usePrinting(
    () => api.announcePrint(assessment.id, 'scores'),
    async () => {
      if (latest?.value.scores.isLatest === false) take(await load(null, 'wait'));
    },
  );

  function tools(scores: Scores) {
    return instruments.map((instrument) => {
      const tool = scores.instruments.find((known) => known.instrument === instrument.id);
      return tool ? (
        <ToolSection
          key={instrument.id}
          instrument={instrument}
          scores={tool}
          threshold={scores.threshold}
          mayAddMeasures={may('edit') && assessment.life.state !== 'archived'}
        />
      ) : null;
    });
  }

  function view(scores: Scores) {
    const shown = { assessment, instruments, scores };
    if (by === 'departments') return <DepartmentsView {...shown} />;
    if (by === 'services') return <ServicesView {...shown} />;
    if (by === 'respondents') return <RespondentsView {...shown} />;
    if (by === 'quality') return <QualityView {...shown} />;
    return tools(scores);
  }

  function content() {
    if (latest === null)
      return error === null ? <Loading /> : <Failed error={error} retry={askNow} />;
    const { scores, participation } = latest.value;
    return totalOf(participation) === 0 ? <NobodyYet assessment={assessment} /> : view(scores);
  }

  return (
    <Page
      title={t('scores.title')}
      lead={
        <>
          {t('scores.lead')}{' '}
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
        <>
          <Link to={{ page: 'measures' }} class="button button-quiet">
            <Icon name="measures" />
            {t('nav.measures')}
          </Link>
          <Link to={{ page: 'report' }} class="button button-quiet">
            <Icon name="file" />
            {t('scores.toReport')}
          </Link>
          <Button kind="quiet" isBusy={printing.isBusy.value} onPress={printing.print}>
            <Icon name="print" />
            {t('scores.print')}
          </Button>
        </>
      }
    >
      {printing.error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, printing.error.value)}
        </p>
      ) : null}
      <ViewsNav breakdowns={breakdownsOf(instruments)} shown={by} />
      {by === null && latest ? (
        <CardSection assessment={assessment} reply={latest.value.scores.card} />
      ) : null}
      {by === null && (latest || error) ? <WhatTheyAre /> : null}
      {content()}
    </Page>
  );
}
