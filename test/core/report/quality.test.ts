import { describe, expect, it } from 'vitest';
import type { Response } from '#core/contract/response.ts';
import type { ArrivedResponse } from '#core/scoring/quality-marks.ts';
import { ASSESSMENT, EIT, IIT, response } from '../../server/support/fixtures.ts';
import { columnOf, reportOf, tableOf } from './made-report.ts';

/** So many of the staff, all of one mind; `quality`: what their devices noticed. */
function staff(people: number, option: number, quality: Response['quality'] = []): Response[] {
  const plain = response(IIT);
  const answers = Object.fromEntries(Object.keys(plain.answers).map((code) => [code, option]));
  return Array.from({ length: people }, () => ({ ...plain, answers, quality }));
}

/** So many visitors who came the same way. */
const visitors = (people: number, display?: ArrivedResponse['display']): ArrivedResponse[] =>
  Array.from({ length: people }, () => ({ ...response(EIT), display }));

const reportFor = (responses: readonly Response[]) =>
  reportOf(ASSESSMENT, responses, { language: 'en' });

describe('the quality of the responses in the report', () => {
  it('has the score with and without each mark, and item by item', () => {
    const report = reportFor([...staff(10, 1), ...staff(6, 2, ['too-fast'])]);
    const table = tableOf(report, 'quality-iit-2567');
    expect(columnOf(table, 0)).toEqual([
      'All responses',
      'Without those answered too fast',
      'Without those with one answer throughout',
      'Without any flagged response',
    ]);
    expect(columnOf(table, 1)).toEqual(['', 6, 0, 6]);
    const only = columnOf(tableOf(reportFor(staff(10, 1)), 'scores-items-iit-2567'), 2);
    const items = tableOf(report, 'quality-items-iit-2567');
    expect(columnOf(items, 2)).toEqual(only);
    expect(columnOf(items, 1)).toEqual(columnOf(tableOf(report, 'scores-items-iit-2567'), 2));
    for (const change of columnOf(items, 3)) expect(change).toMatch(/^[+-]?\d+\.\d\d$/);
    expect(columnOf(table, 3)[2]).toBe('0.00');
  });

  it('hides how few were marked, and what subtracting them would tell', () => {
    const report = reportFor([...staff(10, 1), ...staff(3, 2, ['too-fast'])]);
    const table = tableOf(report, 'quality-iit-2567');
    expect(columnOf(table, 1)).toEqual(['', 'hidden: few', 0, 'hidden: few']);
    expect(columnOf(table, 2).slice(1)).toEqual([
      'hidden: complement',
      columnOf(table, 2)[0],
      'hidden: complement',
    ]);
    expect(columnOf(table, 3)[1]).toBe('hidden: complement');
    expect(report.sections.flatMap(({ tables }) => tables.map(({ id }) => id))).not.toContain(
      'quality-items-iit-2567',
    );
    const told = tableOf(report, 'method-suppressed').rows.length;
    expect(told).toBeGreaterThanOrEqual(2);
  });

  it('explains only the marks that the questionnaires can have', () => {
    const both = reportFor([...staff(6, 1), ...Array.from({ length: 6 }, () => response(EIT))]);
    const only = reportFor(staff(6, 1));
    const wordsOf = (report: typeof both) =>
      report.sections.find(({ id }) => id === 'quality')?.paragraphs.join(' ');
    expect(wordsOf(both)).toContain('Never contacted');
    expect(wordsOf(only)).not.toContain('Never contacted');
  });

  it('tells how visitors came where there is a display, and is silent where there is none', () => {
    const came = [...visitors(20, 'display'), ...visitors(9, 'poster'), ...visitors(7, 'old-code')];
    const table = tableOf(reportFor(came), 'quality-eit-2567');
    const told = columnOf(table, 0).map((words, row) => [words, columnOf(table, 1)[row]]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['Without those from the counter display', 20],
        ['Without those from a poster where there is a display', 9],
        ['Without those with a code too old', 7],
        // Whoever came by a poster did as they were asked; all of them never contacted the office.
        ['Without any flagged response', 36],
      ]),
    );
    expect(columnOf(table, 0)).not.toContain('Without those with a wrong code');
    const without = tableOf(reportFor(visitors(30)), 'quality-eit-2567');
    expect(columnOf(without, 0).join()).not.toMatch(/display|code/);
  });
});
