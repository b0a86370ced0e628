import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { CardReply } from '#core/contract/card.ts';
import type { PublishedFigures } from '#core/contract/figures.ts';
import { compareFigures, figuresOf, levelOfFigures } from '#core/scoring/comparison.ts';
import { useAdmin, useWords } from '../admin.ts';
import { inOrderToCompare } from '../organizations/office-order.ts';
import { Failed } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { CardIndicators } from './card-indicators.tsx';
import { levelName } from './card-texts.ts';
import { ChangedItems } from './changed-items.tsx';
import { type CompareChoice, CompareSelect } from './compare-select.tsx';
import { OutlookNote } from './outlook-note.tsx';
import { ToolsTable } from './tools-table.tsx';
import { WhatIf } from './what-if.tsx';

interface CardProps {
  assessment: Assessment;
  reply: CardReply;
}

interface HeadProps {
  card: CardReply['card'];
  /** What it is compared with, and its name. */
  figures: PublishedFigures | null;
  before: string;
}

/** The ITA as one figure with its level, and what it was before. */
function Head({ card, figures, before }: HeadProps) {
  const { t, formats } = useWords();
  const levelBefore = figures && levelOfFigures(figures);
  return (
    <div class="card-head">
      <p class="figure">
        <strong>{formats.score(card.ita)}</strong> <span>ITA</span>
      </p>
      <p class="card-level">{card.level === null ? t('card.noIta') : levelName(t, card.level)}</p>
      {figures === null || figures.ita === null ? null : (
        <p class="hint">
          {before}: {formats.score(figures.ita)}
          {levelBefore === null ? null : ` · ${levelName(t, levelBefore)}`}
        </p>
      )}
    </div>
  );
}

/** The figures that the card is compared with; null while there are none. */
function useBefore(
  choice: CompareChoice,
  report: PublishedFigures | null,
  others: readonly Assessment[],
) {
  const { api } = useAdmin();
  const other = others.find(({ id }) => id === choice);
  const { loaded, retry } = useLoaded(
    async () => (other ? figuresOf((await api.card(other.id)).card, other.fiscalYear) : null),
    other?.id ?? '',
  );
  if (choice === 'report') return { state: 'ready' as const, value: report, retry };
  return { ...loaded.value, retry };
}

function CardContent({ assessment, reply }: CardProps) {
  const { office } = useAdmin();
  const { t, language, formats } = useWords();
  const { card, basis, entered } = reply;
  const choice = useSignal<CompareChoice>(entered.lastYear ? 'report' : 'nothing');
  const others =
    office.value.state === 'ready'
      ? inOrderToCompare(
          assessment,
          office.value.value.assessments,
          office.value.value.organizations,
          language,
        )
      : [];
  const before = useBefore(choice.value, entered.lastYear, others);
  const figures = before.state === 'ready' ? before.value : null;
  const comparison = figures && compareFigures(figuresOf(card, assessment.fiscalYear), figures);
  const beforeName = figures ? t('card.year', { year: formats.year(figures.fiscalYear) }) : '';
  const shown = { card, comparison, before: beforeName };

  const hasScores = card.items.some(({ score }) => score !== null);
  const isAnythingKnown = hasScores || comparison !== null;

  return (
    <>
      <div class="card-top">
        <Head card={card} figures={figures} before={beforeName} />
        <div class="card-outlook">
          <OutlookNote card={card} />
        </div>
      </div>
      <CompareSelect
        choice={choice.value}
        report={entered.lastYear}
        others={others}
        onChoose={(next) => {
          choice.value = next;
        }}
      />
      {before.state === 'failed' ? <Failed error={before.error} retry={before.retry} /> : null}
      <div class="card-tables">
        <div>
          <h3 id="card-tools">{t('card.tools')}</h3>
          <ToolsTable {...shown} />
        </div>
        {isAnythingKnown ? (
          <div>
            <h3 id="card-indicators">{t('card.indicators')}</h3>
            <CardIndicators {...shown} />
          </div>
        ) : null}
      </div>
      {comparison ? <ChangedItems card={card} comparison={comparison} before={beforeName} /> : null}
      {hasScores ? <WhatIf basis={basis} card={card} /> : null}
    </>
  );
}

/** The ITA card at the head of the scores: ITA, level, tools, indicators, and what would change them. */
export function CardSection(props: CardProps) {
  const { t } = useWords();
  return (
    <section class="card card-section" aria-labelledby="card-title">
      <div>
        <h2 id="card-title">{t('card.title')}</h2>
        <p class="hint">{t('card.lead')}</p>
      </div>
      <CardContent {...props} />
    </section>
  );
}
