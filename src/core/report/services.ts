import type { ReportSection, ReportTable } from '../contract/report.ts';
import type { ToolScore } from '../contract/scores.ts';
import type { Instrument, RespondentField } from '../instruments/instrument.ts';
import {
  cellsOf,
  count,
  emptyTable,
  figures,
  score,
  table,
  text,
  words as wordsColumn,
} from './cells.ts';
import { silenceText, valueTitle } from './labels.ts';
import { groupsBy, silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

interface ByService {
  instrument: Instrument;
  field: RespondentField;
}

/** The tool's score and every item's, by the kind of service that people came for. */
function ofInstrument(
  facts: ReportFacts,
  words: ReportWords,
  { instrument, field }: ByService,
): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const about = {
    id: `scores-by-service-${instrument.id}`,
    title: t('services.title', { tool: instrument.tool }),
  };
  const silence = silenceOf(facts, instrument);
  if (silence !== null)
    return emptyTable({ ...about, note: silenceText(words, silence, instrument, threshold) });
  return table({
    ...about,
    columns: [
      wordsColumn(t('columns.service')),
      figures(t('columns.people')),
      figures(instrument.tool),
      ...instrument.items.map(({ code }) => figures(code)),
    ],
    bars: 2,
    rows: groupsBy(facts, instrument, field).map(({ option, group }) => [
      text(valueTitle(words, facts.assessment, instrument, field, option)),
      ...cellsOf(group, threshold, [
        (n) => count(n),
        (_, value) => score(value.score),
        ...instrument.items.map(
          (item) => (_: number, value: ToolScore) =>
            score(value.items.find(({ code }) => code === item.code)?.score ?? null),
        ),
      ]),
    ]),
  });
}

/** The scores by kind of service; null where no instrument asks for it. */
export function servicesSection(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const asked = facts.instruments.flatMap((instrument): ByService[] => {
    const field = instrument.fields.find(({ fromChannel }) => fromChannel === 'service');
    return field ? [{ instrument, field }] : [];
  });
  if (asked.length === 0) return null;
  return {
    id: 'services',
    title: words.t('sections.services'),
    shortTitle: words.t('short.services'),
    paragraphs: [],
    tables: asked.map((one) => ofInstrument(facts, words, one)),
  };
}
