import type { ReportSection, ReportTable } from '../contract/report.ts';
import type { ItemScore, ToolScore } from '../contract/scores.ts';
import type { Instrument, Item, RespondentField } from '../instruments/instrument.ts';
import {
  cellsOf,
  count,
  figures,
  percent,
  score,
  table,
  text,
  words as wordsColumn,
} from './cells.ts';
import {
  fieldTitle,
  instrumentTitle,
  itemTitle,
  optionTitle,
  silenceText,
  valueTitle,
} from './labels.ts';
import { groupsBy, officeOf, silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

/** How many chose each option of an item, whole: what is hidden are small groups of people, not rare answers. */
function ofItem(
  facts: ReportFacts,
  words: ReportWords,
  instrument: Instrument,
  item: Item,
): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const office = officeOf(facts, instrument);
  const found = (value: ToolScore): ItemScore | undefined =>
    value.items.find(({ code }) => code === item.code);
  const options = (instrument.scales[item.scale]?.points ?? []).map((_, index) => index + 1);
  const [people, itemScore] = cellsOf(office, threshold, [
    (_, value) => count(found(value)?.n ?? 0),
    (_, value) => score(found(value)?.score ?? null),
  ]);
  return table({
    id: `distribution-${instrument.id}-${item.code}`,
    title: itemTitle(words, instrument, item),
    note: t(`polarity.${item.polarity}`),
    facts: [
      ...(people ? [{ label: t('columns.people'), cell: people }] : []),
      ...(itemScore ? [{ label: t('columns.score'), cell: itemScore }] : []),
    ],
    columns: [
      wordsColumn(t('columns.option')),
      figures(t('columns.people')),
      figures(t('columns.share')),
    ],
    bars: 2,
    rows: options.map((option) => [
      text(optionTitle(words, instrument, item, option)),
      ...cellsOf(office, threshold, [
        (_, value) => count(found(value)?.options[option - 1] ?? 0),
        (_, value) => percent(found(value)?.options[option - 1] ?? 0, found(value)?.n ?? 0),
      ]),
    ]),
  });
}

/** How many people said what of themselves, and the score that each of these groups gives. */
function ofField(
  facts: ReportFacts,
  words: ReportWords,
  instrument: Instrument,
  field: RespondentField,
): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const office = officeOf(facts, instrument);
  const whole = office.state === 'shown' ? office.n : 0;
  return table({
    id: `distribution-${instrument.id}-${field.code}`,
    title: fieldTitle(words, instrument, field),
    columns: [
      wordsColumn(t('columns.value')),
      figures(t('columns.people')),
      figures(t('columns.share')),
      figures(t('scores.ofTool', { tool: instrument.tool })),
    ],
    bars: 2,
    rows: groupsBy(facts, instrument, field).map(({ option, group }) => [
      text(valueTitle(words, facts.assessment, instrument, field, option)),
      ...cellsOf(group, threshold, [
        (n) => count(n),
        (n) => percent(n, whole),
        (_, value) => score(value.score),
      ]),
    ]),
  });
}

/** One instrument's answers: every item option by option, and every respondent field; a sentence where there are none. */
export function distributionsSection(
  facts: ReportFacts,
  words: ReportWords,
  instrument: Instrument,
): ReportSection {
  const silence = silenceOf(facts, instrument);
  const isSilent = silence !== null;
  return {
    id: instrument.id,
    title: words.t('sections.distributions', { instrument: instrumentTitle(words, instrument) }),
    shortTitle: instrument.tool,
    paragraphs: isSilent ? [silenceText(words, silence, instrument, facts.scores.threshold)] : [],
    tables: isSilent
      ? []
      : [
          ...instrument.items.map((item) => ofItem(facts, words, instrument, item)),
          ...instrument.fields.map((field) => ofField(facts, words, instrument, field)),
        ],
  };
}
