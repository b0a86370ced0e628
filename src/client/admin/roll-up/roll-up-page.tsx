import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { nameIn } from '#core/contract/localized-name.ts';
import type { RollUp } from '#core/contract/roll-up.ts';
import { afterPress } from '../../ui/after-press.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { standsAbove } from '../organizations/tree.ts';
import { DownloadState } from '../parts/download-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useDownload } from '../parts/use-download.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { ScoreDots } from '../scores/score-dots.tsx';
import { FIRST_PAUSE_MS, nextPause } from './asking-again.ts';
import { NoneYet } from './none-yet.tsx';
import { OwnAssessment } from './own-assessment.tsx';
import { RollUpTable } from './roll-up-table.tsx';
import { Without } from './without.tsx';
import { named, type Order, pressed, sorted } from './sorted.ts';

const TOOLS = ['IIT', 'EIT', 'OIT'] as const;

const SCORES = ['ita', ...TOOLS] as const;

const titleOf = (score: (typeof SCORES)[number]) => (score === 'ita' ? 'ITA' : score);

const countingIn = ({ rows }: RollUp) => rows.filter((row) => row.isCounting).length;

/** The offices of one's branch beside each other, in a fiscal year. */
export function RollUpPage() {
  const { api, feedback, office } = useAdmin();
  const may = useMay();
  const isAbove =
    office.value.state === 'ready' &&
    standsAbove(office.value.value.organizations, office.value.value.assessments);
  const { t, language, formats } = useWords();
  // Null = the latest there is.
  const year = useSignal<number | null>(null);
  const order = useSignal<Order>({ by: 'ita', isDescending: true });
  const load = useLoaded(() => api.rollUp(year.value), String(year.value));
  const { loaded } = load;
  const search = useSignal('');
  const chart = useRef<HTMLHeadingElement>(null);
  const { current, start, cancel } = useDownload(() => {
    feedback.value = t('rollUp.saved');
  });

  const left = loaded.value.state === 'ready' ? countingIn(loaded.value.value) : 0;
  const pause = useRef(FIRST_PAUSE_MS);
  // What is still being counted comes by itself; the rest stays where it is.
  useEffect(() => {
    if (left === 0) {
      pause.current = FIRST_PAUSE_MS;
      return undefined;
    }
    let isCurrent = true;
    async function askAgain() {
      // What fails here leaves what is on show, and is not tried again.
      const value = await api.rollUp(year.value).catch(() => null);
      afterPress(() => {
        if (!isCurrent || !value) return;
        pause.current = nextPause(pause.current, { before: left, after: countingIn(value) });
        loaded.value = { state: 'ready', value };
      });
    }
    const timer = setTimeout(() => void askAgain(), pause.current);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [left, loaded.value]);

  function shown({ fiscalYear, years, rows, without }: RollUp) {
    if (fiscalYear === null) return <NoneYet />;
    const hasScores = rows.some((row) => TOOLS.some((tool) => row[tool] !== null));
    // The chart shows that by which the table is sorted, and all three where it is sorted by something else.
    const sortedBy = order.value.by;
    const isScore = sortedBy === 'ita' || TOOLS.some((tool) => tool === sortedBy);
    const series = SCORES.filter((one) => (isScore ? one === sortedBy : one !== 'ita'));
    const inOrder = sorted(named(rows, search.value), order.value, language);
    return (
      <>
        <section class="card aside-section" aria-label={t('rollUp.choose')}>
          <div class="field">
            <label for="roll-up-year">{t('rollUp.year')}</label>
            <select
              id="roll-up-year"
              class="input"
              onChange={({ currentTarget }) => {
                year.value = Number(currentTarget.value);
              }}
            >
              {years.map((known) => (
                <option key={known} value={known} selected={known === fiscalYear}>
                  {formats.year(known)}
                </option>
              ))}
            </select>
          </div>
          <div class="form-acts">
            <Button
              kind="secondary"
              isBusy={current.value.state === 'under-way'}
              onPress={() =>
                start({
                  name: `ita-offices-${fiscalYear}.csv`,
                  get: (watch) => api.rollUpFile(fiscalYear, language, watch),
                })
              }
            >
              <Icon name="save" />
              CSV
            </Button>
            {hasScores ? (
              // Fifty rows stand before it.
              <Button kind="secondary" onPress={() => chart.current?.focus()}>
                {t('rollUp.toChart')}
              </Button>
            ) : null}
          </div>
          <DownloadState download={current.value} cancel={cancel} />
        </section>
        <section class="card aside-section" aria-labelledby="roll-up-list">
          <h2 id="roll-up-list">{t('rollUp.list')}</h2>
          <p class="hint">{t('rollUp.hidden')}</p>
          <Without names={without} year={fiscalYear} />
          {left > 0 ? <output class="hint">{t('rollUp.someCounting')}</output> : null}
          <SearchField
            id="roll-up-search"
            label={t('organizations.search')}
            among={rows.length}
            value={search.value}
            onInput={(words) => {
              search.value = words;
            }}
          />
          {inOrder.length === 0 ? <p>{t('organizations.nothingFound')}</p> : null}
          <RollUpTable
            rows={inOrder}
            order={order.value}
            onSort={(by) => {
              order.value = pressed(order.value, by);
            }}
          />
        </section>
        {hasScores ? (
          <section class="card aside-section" aria-labelledby="roll-up-chart">
            <h2 id="roll-up-chart" tabIndex={-1} ref={chart}>
              {t('rollUp.chart')}
              {isScore ? `: ${series.map(titleOf).join()}` : ''}
            </h2>
            <p class="hint">{t('rollUp.chartHint')}</p>
            <ScoreDots
              series={series.map(titleOf)}
              isDense={isScore}
              rows={inOrder.map((row) => ({
                key: row.assessment,
                name: nameIn(language, row.organization),
                scores: series.map((one) => row[one]),
              }))}
            />
          </section>
        ) : null}
      </>
    );
  }

  return (
    <Page title={t('rollUp.title')} lead={t('rollUp.lead')}>
      <LoadedContent load={load}>{shown}</LoadedContent>
      {isAbove && may('edit') ? <OwnAssessment /> : null}
    </Page>
  );
}
