import type { ReportCell, ReportSection, ReportTable } from '../contract/report.ts';
import type { GroupScore, InstrumentScores } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { changeOf } from '../scoring/comparison.ts';
import {
  change,
  count,
  figures,
  hidden,
  score,
  table,
  text,
  unlessHidden,
  words as wordsColumn,
} from './cells.ts';
import { itemTitle } from './labels.ts';
import { scoresOfInstrument, silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';
import { standingOutTable, standingOutText } from './standing-out.ts';

interface Asked {
  instrument: Instrument;
  own: InstrumentScores;
}

const scoreOf = (group: GroupScore) => (group.state === 'shown' ? group.value.score : null);

const itemOf = (group: GroupScore, code: string) =>
  group.state === 'shown'
    ? (group.value.items.find((item) => item.code === code)?.score ?? null)
    : null;

/** The score with all responses, then without those that bear one mark or another. */
function withAndWithout(
  { scores: { threshold } }: ReportFacts,
  { t }: ReportWords,
  { instrument: { id, tool }, own: { office, quality } }: Asked,
): ReportTable {
  const all = scoreOf(office);
  return table({
    id: `quality-${id}`,
    title: t('quality.title', { tool }),
    columns: [
      wordsColumn(t('columns.counted')),
      figures(t('columns.marked')),
      figures(t('columns.score')),
      figures(t('columns.change')),
    ],
    bars: 2,
    rows: [
      [text(t('quality.all')), text(''), score(all), change(null)],
      ...quality.map(({ mark, marked, without }): ReportCell[] => {
        const now = scoreOf(without);
        return [
          text(t(`quality.without.${mark}`)),
          marked.state === 'hidden' ? hidden(marked.reason, threshold) : count(marked.n),
          unlessHidden(without, threshold, score(now)),
          unlessHidden(without, threshold, change(changeOf(now, all).change)),
        ];
      }),
    ],
  });
}

/** Item by item, with and without whatever bears a mark; null where nothing does, or it may not be told. */
function itemsWithout(
  words: ReportWords,
  { instrument, own: { office, quality } }: Asked,
): ReportTable | null {
  const { t } = words;
  const any = quality.find(({ mark }) => mark === 'any');
  if (any?.marked.state !== 'shown' || any.marked.n === 0 || any.without.state === 'hidden')
    return null;
  const { without } = any;
  return table({
    id: `quality-items-${instrument.id}`,
    title: t('quality.items', { tool: instrument.tool }),
    columns: [
      wordsColumn(t('columns.item')),
      figures(t('quality.all')),
      figures(t('quality.without.any')),
      figures(t('columns.change')),
    ],
    bars: 2,
    rows: instrument.items.map((item) => {
      const [all, now] = [itemOf(office, item.code), itemOf(without, item.code)];
      return [
        text(itemTitle(words, instrument, item)),
        score(all),
        score(now),
        change(changeOf(now, all).change),
      ];
    }),
  });
}

/** What one should look at twice, and the score without it; null where there is nothing to look at. */
export function qualitySection(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const { t } = words;
  const asked = facts.instruments.flatMap((instrument): Asked[] => {
    const own = scoresOfInstrument(facts, instrument);
    return own && silenceOf(facts, instrument) === null ? [{ instrument, own }] : [];
  });
  if (asked.length === 0) return null;
  const marks = new Set(asked.flatMap(({ own }) => own.quality.map(({ mark }) => mark)));
  marks.delete('any');
  const rates = asked.flatMap(({ instrument }) => standingOutTable(facts, words, instrument) ?? []);
  return {
    id: 'quality',
    title: t('sections.quality'),
    shortTitle: t('short.quality'),
    paragraphs: [
      t('quality.nothingRemoved'),
      ...[...marks].map((mark) => t(`quality.marks.${mark}`)),
      ...(rates.length === 0 ? [] : [standingOutText(words)]),
    ],
    tables: asked
      .flatMap((one) => {
        const items = itemsWithout(words, one);
        return [withAndWithout(facts, words, one), ...(items ? [items] : [])];
      })
      .concat(rates),
  };
}
