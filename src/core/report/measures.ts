import type { Measure } from '../contract/measures.ts';
import type { ReportCell, ReportSection } from '../contract/report.ts';
import { inOrder, isOverdue, stepsOf } from '../measures/progress.ts';
import { day, figures, score, table, text, words as wordsColumn } from './cells.ts';
import { cardItemTitle, indicatorTitle } from './labels.ts';
import type { ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

type Subject = Measure['about'];

/** What a measure is about, and the score of that as the card tells it. */
function subjectOf(facts: ReportFacts, words: ReportWords, about: Subject) {
  const { tools, items, indicators } = facts.card;
  const instrumentOf = (wanted: string | undefined) =>
    tools.find(({ tool }) => tool === wanted)?.instrument ?? null;
  if (about.type === 'item') {
    const known = items.find(({ code }) => code === about.item);
    return {
      title: cardItemTitle(words, instrumentOf(known?.tool), about.item),
      score: known?.score ?? null,
    };
  }
  if (about.type === 'nothing') return { title: words.t('measures.general'), score: null };
  const known = indicators.find(({ indicator }) => indicator === about.indicator);
  return {
    title: words.t('measures.indicator', {
      title: indicatorTitle(words, instrumentOf(known?.tool), about.indicator),
    }),
    score: known?.score ?? null,
  };
}

const dayOrNothing = (iso: string | null): ReportCell => (iso === null ? text('') : day(iso));

/** What somebody typed, with its number before it; figures in it stay as they were typed. */
const numbered = ({ digits }: ReportWords, index: number, mark: string, typed: string) =>
  `${digits(String(index + 1))}${mark} ${typed}`;

/** What the office does about its results: the plan, and how far it is. Null where nothing is planned. */
export function measuresSection(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const { t } = words;
  const measures = inOrder(facts.measures).map((measure, index) => ({
    ...measure,
    // By the number one finds it in both tables.
    title: text(numbered(words, index, '.', measure.action)),
    subject: subjectOf(facts, words, measure.about),
  }));
  if (measures.length === 0) return null;
  const stateOf = (measure: Measure) => {
    const state = t(`measures.states.${measure.state}`);
    return isOverdue(measure, facts.madeOn) ? t('measures.overdue', { state }) : state;
  };
  return {
    id: 'measures',
    title: t('sections.measures'),
    shortTitle: t('short.measures'),
    paragraphs: [],
    tables: [
      table({
        id: 'measures-plan',
        title: t('measures.plan'),
        columns: [
          wordsColumn(t('columns.measure')),
          wordsColumn(t('columns.about')),
          wordsColumn(t('columns.steps')),
          wordsColumn(t('columns.responsible')),
          wordsColumn(t('columns.from')),
          wordsColumn(t('columns.until')),
          wordsColumn(t('columns.followUp')),
        ],
        rows: measures.map(({ title, subject, responsible, from, until, followUp, ...measure }) => [
          title,
          text(subject.title),
          text(
            stepsOf(measure)
              .map((step, index) => numbered(words, index, ')', step))
              .join('\n'),
          ),
          text(responsible),
          dayOrNothing(from),
          dayOrNothing(until),
          text(followUp),
        ]),
      }),
      table({
        id: 'measures-results',
        title: t('measures.results'),
        columns: [
          wordsColumn(t('columns.measure')),
          figures(t('measures.score')),
          wordsColumn(t('columns.state')),
          wordsColumn(t('columns.result')),
        ],
        rows: measures.map((measure) => [
          measure.title,
          score(measure.subject.score),
          text(stateOf(measure)),
          text(measure.result),
        ]),
      }),
    ],
  };
}
