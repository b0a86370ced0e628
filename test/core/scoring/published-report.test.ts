import { describe, expect, it } from 'vitest';
import { fraction, toTwoDecimals } from '#core/scoring/fraction.ts';
import { scoreTool } from '#core/scoring/score.ts';
import { emptyTally, type Tally } from '#core/scoring/tally.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { demoResponses } from '#server/demo/demo-responses.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { countsOf } from './counted.ts';

const [publishedIit, publishedEit] = publishedReport.tools;
if (!publishedIit || !publishedEit) throw new Error('the report has two tools');

const tallyOf = (instrument: typeof iit, published: typeof publishedIit): Tally => ({
  ...emptyTally(instrument),
  n: published.n,
  items: Object.fromEntries(
    Object.entries(published.items).map(([code, { options }]) => [code, options]),
  ),
});

describe('the IIT scores of the published Prawet report', () => {
  const scored = scoreTool(iit, tallyOf(iit, publishedIit));

  it.each(Object.entries(publishedIit.items))(
    'reproduce for item %s',
    (code, { score, options }) => {
      expect(scored.items.find((item) => item.code === code)).toEqual({
        code,
        n: 725,
        score,
        options,
      });
    },
  );

  it.each(Object.entries(publishedIit.indicators))(
    'reproduce for indicator %s',
    (number, score) => {
      expect(scored.indicators).toContainEqual({ indicator: Number(number), n: 725, score });
    },
  );

  it('reproduce for the whole tool', () => {
    expect(scored.score).toBe('98.13');
    expect(scored.items).toHaveLength(12);
    expect(scored.indicators).toHaveLength(5);
  });
});

describe('the EIT counts of the published Prawet report', () => {
  const scored = scoreTool(eit, tallyOf(eit, publishedEit));

  it('give scores of their own, which are not the published ones', () => {
    expect(Object.fromEntries(scored.items.map(({ code, score }) => [code, score]))).toEqual({
      E1: '98.93',
      E2: '98.90',
      E3: '100.00',
      E4: '98.64',
      E5: '98.80',
      E6: '98.58',
    });
    expect(scored.indicators.map(({ score }) => score)).toEqual(['99.28', '98.64', '98.69']);
    expect(scored.score).toBe('98.98');
  });
});

/** Everything that is told of responses that count as the report does, option by option and group by group. */
describe('the tables of the published Prawet report', () => {
  const departments = Array.from({ length: 11 }, (_, index) => index + 1);
  const told = scoresOf(
    [
      { instrument: iit, counts: countsOf(iit, demoResponses(iit, publishedIit)) },
      { instrument: eit, counts: countsOf(eit, demoResponses(eit, publishedEit)) },
    ],
    departments,
    5,
  );
  const tools = [publishedIit, publishedEit].map((published, index) => {
    const scores = told.instruments[index];
    if (scores?.office.state !== 'shown') throw new Error('the office is hidden');
    return { published, scores, office: scores.office };
  });

  it('have the published distribution of every item, 96 percentages in all', () => {
    let compared = 0;
    for (const { published, office } of tools)
      for (const { code, n, options } of office.value.items) {
        const shares = options.map((count) => toTwoDecimals(fraction(count * 100, n)));
        const expected = published.items[code]?.options.map((count) =>
          toTwoDecimals(fraction(count * 100, published.n)),
        );
        expect(shares).toEqual(expected);
        compared += shares.length;
      }
    expect(compared).toBe(96);
  });

  it('have the published count of every value of every respondent field, or hide it', () => {
    const values = tools.flatMap(({ published, scores }) =>
      scores.fields.flatMap(({ field, values: options }) =>
        options.map(({ option, group }) => ({
          name: `${scores.tool} ${field} ${option}`,
          // The report has nobody who would rather not say.
          published: option === null ? 0 : published.fields[field]?.[option - 1],
          group,
        })),
      ),
    );
    // 26 and 43 options, and in 5 and 8 fields "would rather not say".
    expect(values).toHaveLength(26 + 43 + 5 + 8);
    const hidden = values.flatMap(({ name, published, group }) =>
      group.state === 'hidden' ? [`${name}: ${published} ${group.reason}`] : [],
    );
    expect(hidden).toEqual([
      'IIT age 1: 3 few',
      'IIT age 6: 3 few',
      'IIT gender 2: 342 complement',
      'IIT gender 3: 1 few',
    ]);
    const others = values.flatMap(({ name, published, group }) =>
      group.state === 'shown' && group.n !== published ? [`${name}: ${group.n}`] : [],
    );
    expect(others).toEqual([]);
  });

  it('have a score of every group that is shown, and of every item in it', () => {
    const groups = tools.flatMap(({ scores }) =>
      scores.fields.flatMap(({ values }) => values.map(({ group }) => group)),
    );
    for (const group of groups.filter((known) => known.state === 'shown'))
      expect(group.value.items.map(({ n }) => n)).toEqual(group.value.items.map(() => group.n));
  });

  it('are the same with and without marked responses, but for those who never contacted the office', () => {
    const [staff, visitors] = tools.map(({ scores }) =>
      scores.quality.map(({ mark, marked, without }) => [
        mark,
        marked.state === 'shown' ? marked.n : marked.reason,
        without.state === 'shown' ? without.n : without.reason,
      ]),
    );
    expect(staff).toEqual([
      ['too-fast', 0, 725],
      ['all-the-same', 0, 725],
      ['any', 0, 725],
    ]);
    expect(visitors).toEqual([
      ['too-fast', 0, 619],
      ['never-contacted', 87, 532],
      ['any', 87, 532],
    ]);
  });

  it('have a mean of every department whose people are all shown', () => {
    expect(told.departments).toHaveLength(12);
    for (const { department, mean } of told.departments)
      expect(mean === null).toBe(department === null);
  });
});
