import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#core/contract/language.ts';
import { MEASURE_STATES } from '#core/contract/measures.ts';
import { ASSESSMENT, IIT, MEASURE, response } from '../../server/support/fixtures.ts';
import { reportOf } from './made-report.ts';

const LAST_YEAR = {
  fiscalYear: 2567,
  ita: '96.87',
  tools: { IIT: '98.13', EIT: '96.42', OIT: '96.25' },
  indicators: { '1': '98.69', '9': '95.00' },
  items: { I1: '98.51', O15: '0.00' },
};

/** What they say is typed, and as it was typed in every language. */
const TYPED = '–';
const MEASURES = [
  ...MEASURE_STATES.map((state) => ({ ...MEASURE, state })),
  { ...MEASURE, about: { type: 'indicator' as const, indicator: 9 } },
  { ...MEASURE, about: { type: 'nothing' as const } },
].map((measure) => ({
  ...measure,
  action: TYPED,
  steps: TYPED,
  responsible: TYPED,
  followUp: TYPED,
  result: TYPED,
}));

/** Six people, three of whom stand out by a field of their own: there is something to hide. */
const responses = [1, 1, 1, 2, 2, 2].map((age) =>
  response(IIT, { respondent: { ...response(IIT).respondent, age } }),
);

describe.each(LANGUAGES)('the report in %s', (language) => {
  // One with all that it can have, and one that has nothing to tell.
  const full = reportOf(ASSESSMENT, responses, {
    language,
    lastYear: LAST_YEAR,
    measures: MEASURES,
  });
  const reports = [
    full,
    reportOf(ASSESSMENT, responses.slice(0, 2), { language }),
    reportOf(ASSESSMENT, [], { language }),
  ];
  const sections = reports.flatMap((report) => report.sections);
  const texts = [
    full.title,
    full.withheld,
    ...sections.flatMap(({ title, shortTitle, paragraphs, tables }) => [
      title,
      shortTitle,
      ...paragraphs,
      ...tables.flatMap((table) => [
        table.title,
        table.note,
        ...table.columns.map((column) => column.title),
        ...table.facts.map(({ label }) => label),
        ...table.rows.flat().flatMap((cell) => (cell.type === 'text' ? [cell.text] : [])),
      ]),
    ]),
  ];

  it('has words for everything: no key and no open place', () => {
    expect(texts.length).toBeGreaterThan(100);
    const wrong = texts.filter((text) => /\{\{|\}\}|^[a-z]+\.[a-zA-Z.-]+$|undefined/.test(text));
    expect(wrong).toEqual([]);
  });

  it('has its figures in its own digits, codes of items and typed names aside', () => {
    const typed = ASSESSMENT.departments.map(({ name }) => name.th);
    const other = language === 'my' ? /[0-9]/ : /[๐-๙၀-၉]/u;
    const wrong = texts.filter(
      (text) => !typed.includes(text) && other.test(text.replace(/\b[A-Z]\d+\b/g, '')),
    );
    expect(wrong).toEqual([]);
  });

  it('calls no two tables the same', () => {
    const titles = full.sections.flatMap(({ tables }) => tables.map(({ title }) => title));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('has as many cells in each row as the table has columns', () => {
    for (const { columns, rows, bars } of sections.flatMap(({ tables }) => tables)) {
      expect(rows.filter((row) => row.length !== columns.length)).toEqual([]);
      expect(bars ?? -1).toBeLessThan(columns.length);
    }
  });
});
