import { describe, expect, it } from 'vitest';
import { scoreTool } from '#core/scoring/score.ts';
import { emptyTally, type Tally } from '#core/scoring/tally.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { eit, iit } from '../instruments/known-instruments.ts';

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
