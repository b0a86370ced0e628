import { describe, expect, it } from 'vitest';
import type { PublishedFigures } from '#core/contract/figures.ts';
import { ASSESSMENT, IIT, response } from '../../server/support/fixtures.ts';
import { columnOf, reportOf, said, tableOf } from './made-report.ts';

/** Six of the staff who all chose the first option of each item. */
const responses = Array.from({ length: 6 }, () => response(IIT));

const LAST_YEAR: PublishedFigures = {
  fiscalYear: 2567,
  ita: '96.87',
  tools: { IIT: '98.13', EIT: null, OIT: '96.25' },
  indicators: { '1': '98.69', '9': '95.00' },
  items: { I1: '0.00', I3: '99.03' },
};

const reportWith = (lastYear: PublishedFigures | undefined, people = responses) =>
  reportOf(ASSESSMENT, people, { language: 'en', ...(lastYear && { lastYear }) });

const idsOf = (report: ReturnType<typeof reportOf>) => report.sections.map(({ id }) => id);

describe('the comparison with the published report that was typed in', () => {
  const report = reportWith(LAST_YEAR);

  it('stands behind the sections of the published report, and names the year', () => {
    expect(idsOf(report).slice(-4)).toEqual(['services', 'comparison', 'quality', 'method']);
    const section = report.sections.find(({ id }) => id === 'comparison');
    expect(section?.title).toContain('2567');
    expect(section?.tables.map(({ id }) => id)).toEqual([
      'comparison-tools',
      'comparison-indicators',
      'comparison-items-IIT',
    ]);
  });

  it('tells ITA, tools and levels of both, and the change where both are known', () => {
    const tools = tableOf(report, 'comparison-tools');
    const now = columnOf(tableOf(report, 'card'), 2);
    expect(columnOf(tools, 0)).toEqual(['ITA score', 'IIT score', 'EIT score', 'OIT score']);
    expect(columnOf(tools, 1)).toEqual([null, now[0], null, null]);
    expect(columnOf(tools, 2)).toEqual(['96.87', '98.13', null, '96.25']);
    const risen = (Number(now[0]) - 98.13).toFixed(2);
    expect(columnOf(tools, 3)).toEqual([null, risen, null, null]);
    // The level before takes all three tools, of which one is not told.
    expect(tools.facts.map(({ cell }) => said(cell))).toEqual(['None yet', 'None yet']);
  });

  it('has a row for every item that either of them tells', () => {
    const items = tableOf(report, 'comparison-items-IIT');
    expect(items.rows).toHaveLength(12);
    expect(columnOf(items, 2).slice(0, 4)).toEqual(['0.00', null, '99.03', null]);
    expect(columnOf(items, 3)[0]).toMatch(/^\+\d+\.\d\d$|^0\.00$/);
  });

  it('is left out where nothing was typed in, or nothing that can be compared', () => {
    expect(idsOf(reportWith(undefined))).not.toContain('comparison');
    const nothing = {
      fiscalYear: 2567,
      ita: null,
      tools: { IIT: null, EIT: null, OIT: null },
      indicators: {},
      items: {},
    };
    expect(idsOf(reportWith(nothing))).not.toContain('comparison');
  });

  it('hides what the figures of few people would tell', () => {
    const few = reportWith(LAST_YEAR, responses.slice(0, 4));
    const tools = tableOf(few, 'comparison-tools');
    expect(columnOf(tools, 1)).toEqual([null, 'hidden: few', null, null]);
    expect(columnOf(tools, 3)).toEqual([null, null, null, null]);
    const items = tableOf(few, 'comparison-items-IIT');
    expect(new Set(columnOf(items, 1))).toEqual(new Set(['hidden: few']));
  });
});
