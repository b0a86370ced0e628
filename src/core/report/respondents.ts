import { LANGUAGES } from '../contract/language.ts';
import type { ReportSection, ReportTable } from '../contract/report.ts';
import {
  cellsOf,
  count,
  figures,
  hidden,
  percent,
  table,
  text,
  words as wordsColumn,
} from './cells.ts';
import { instrumentTitle, valueTitle } from './labels.ts';
import {
  groupsBy,
  languagesOf,
  NOBODY,
  participationIn,
  silenceOf,
  type ReportFacts,
} from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

function byInstrument(facts: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  return table({
    id: 'respondents-by-instrument',
    title: t('respondents.byInstrument'),
    columns: [
      wordsColumn(t('columns.instrument')),
      figures(t('columns.people')),
      figures(t('columns.target')),
      figures(t('columns.ofTarget')),
    ],
    bars: 3,
    rows: facts.instruments.map((instrument) => {
      const { n = 0, target = null } = participationIn(facts, instrument) ?? {};
      return [
        text(instrumentTitle(words, instrument)),
        count(n),
        target === null ? text(t('noTarget')) : count(target),
        percent(n, target ?? 0),
      ];
    }),
  });
}

/** The gender of the people who answered, of all instruments that ask for it: the published report has it in one table. */
function byGender(facts: ReportFacts, words: ReportWords): ReportTable[] {
  const asking = facts.instruments.flatMap((instrument) => {
    const field = instrument.fields.find(({ code }) => code === 'gender');
    return field ? [{ instrument, field, groups: groupsBy(facts, instrument, field) }] : [];
  });
  const [first] = asking;
  if (!first) return [];
  const { threshold } = facts.scores;
  const options = [
    ...new Set(asking.flatMap(({ groups }) => groups.map(({ option }) => option))),
  ].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return [
    table({
      id: 'respondents-by-gender',
      title: words.t('respondents.byGender'),
      columns: [
        wordsColumn(words.t('columns.gender')),
        ...asking.map(({ instrument }) => figures(instrument.tool)),
      ],
      rows: options.map((option) => [
        text(valueTitle(words, facts.assessment, first.instrument, first.field, option)),
        ...asking.flatMap(({ groups }) =>
          cellsOf(groups.find((known) => known.option === option)?.group ?? NOBODY, threshold, [
            (n) => count(n),
          ]),
        ),
      ]),
    }),
  ];
}

/** People of a language that few chose are not told of either. */
function byLanguage(facts: ReportFacts, words: ReportWords): ReportTable {
  const { t } = words;
  const { threshold } = facts.scores;
  const columns = facts.instruments.map((instrument) => {
    const told = languagesOf(facts, instrument);
    return LANGUAGES.map((language) => {
      const people = told.find((known) => known.language === language)?.people;
      if (people?.state === 'hidden') return hidden(people.reason, threshold);
      return count(people?.n ?? 0);
    });
  });
  return table({
    id: 'respondents-by-language',
    title: t('respondents.byLanguage'),
    columns: [
      wordsColumn(t('columns.language')),
      ...facts.instruments.map((instrument) => figures(instrument.tool)),
    ],
    rows: LANGUAGES.map((language, index) => [
      text(t(`languages.${language}`)),
      ...columns.map((column) => column[index] ?? count(0)),
    ]),
  });
}

/** Who answered: by questionnaire, by gender, by language. Of nobody there is no gender and no language to tell. */
export function respondentsSection(facts: ReportFacts, words: ReportWords): ReportSection {
  const isAnybody = facts.instruments.some(
    (instrument) => silenceOf(facts, instrument) !== 'nobody',
  );
  return {
    id: 'respondents',
    title: words.t('sections.respondents'),
    shortTitle: words.t('short.respondents'),
    paragraphs: isAnybody ? [] : [words.t('silence.nobodyAtAll')],
    tables: [
      byInstrument(facts, words),
      ...(isAnybody ? [...byGender(facts, words), byLanguage(facts, words)] : []),
    ],
  };
}
