import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessmentListSchema } from '#core/contract/assessment.ts';
import { type Report, reportSchema } from '#core/contract/report.ts';
import { openOwnServer, type OwnServer } from '#server/demo/own-server.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { runDemo } from '#server/demo/run-demo.ts';
import { columnOf, said, tableOf } from '../../core/report/made-report.ts';
import { PERCENTAGES } from './published-percentages.ts';
import { writePages } from '../support/write-pages.ts';

const silent = { info: () => undefined, error: () => undefined };
const [publishedIit, publishedEit] = publishedReport.tools;
if (!publishedIit || !publishedEit) throw new Error('the report has two tools');

/** By instrument and code of the item. */
const ITEMS = publishedReport.tools.flatMap((tool) =>
  Object.entries(tool.items).map(([code, { options }]) => ({ tool, code, options })),
);

const FIELDS = publishedReport.tools.flatMap((tool) =>
  Object.entries(tool.fields).map(([code, counts]) => ({ tool, code, counts })),
);

/** All that is kept back, with the people whom the report counts: one or three people, and who would give one of them away. */
const HIDDEN = [
  'iit-2567 age 1: 3',
  'iit-2567 age 6: 3',
  'iit-2567 gender 2: 342',
  'iit-2567 gender 3: 1',
];

describe('the report that the demo’s server gives of the published responses', () => {
  let server: OwnServer;
  let report: Report;
  const pages = mkdtempSync(join(tmpdir(), 'sucharit-pages-'));

  beforeAll(async () => {
    writePages(pages);
    server = await openOwnServer(silent, pages);
    await runDemo(server.api, { say: () => {}, showProgress: () => {} });
    const { assessments } = await server.api.get('/api/v1/assessments', assessmentListSchema);
    report = await server.api.get(
      `/api/v1/assessments/${assessments[0]?.id}/report/page?language=th`,
      reportSchema,
    );
  });

  afterAll(async () => {
    await server.remove();
    rmSync(pages, { recursive: true, force: true });
  });

  const column = (table: string, place: number) => columnOf(tableOf(report, table), place);
  const factsOf = (table: string) => tableOf(report, table).facts.map(({ cell }) => said(cell));

  it('counts the published participation: 725 and 619 people', () => {
    expect(column('respondents-by-instrument', 1)).toEqual([725, 619]);
  });

  it('has 96 options of items to compare, and 69 of respondent fields', () => {
    expect(ITEMS.flatMap(({ options }) => options)).toHaveLength(96);
    expect(FIELDS.flatMap(({ counts }) => counts)).toHaveLength(69);
  });

  it.each(ITEMS)(
    'has the published distribution of $code, option by option, and its percentages',
    ({ tool, code, options }) => {
      const table = `distribution-${tool.instrument}-${code}`;
      expect(column(table, 1)).toEqual(options);
      expect(column(table, 2)).toEqual(PERCENTAGES[tool.instrument]?.[code]);
    },
  );

  it('has the percentages of every respondent field, and hides those of six people and of 342', () => {
    const told = FIELDS.flatMap(({ tool, code, counts }) => {
      const table = `distribution-${tool.instrument}-${code}`;
      const [people, shares] = [column(table, 1), column(table, 2)];
      return counts.map((count, index) => ({
        name: `${tool.instrument} ${code} ${index + 1}: ${count}`,
        isHidden: String(people[index]).startsWith('hidden'),
        ours: [people[index], shares[index]],
        theirs: [count, PERCENTAGES[tool.instrument]?.[code]?.[index]],
      }));
    });
    const shown = told.filter(({ isHidden }) => !isHidden);
    expect(shown.map(({ ours }) => ours)).toEqual(shown.map(({ theirs }) => theirs));
    const hidden = told.filter(({ isHidden }) => isHidden);
    expect(hidden.map(({ ours }) => ours[1])).toEqual(hidden.map(({ ours }) => ours[0]));
    expect(hidden.map(({ name }) => name).toSorted()).toEqual(HIDDEN);
  });

  it('has the published scores of the IIT: 12 items, 5 indicators, 98.13 and 29.44', () => {
    const items = Object.values(publishedIit.items).map(({ score }) => score);
    expect(column('scores-items-iit-2567', 2)).toEqual(items);
    expect(column('scores-by-indicator', 2).slice(0, 5)).toEqual(
      Object.values(publishedIit.indicators),
    );
    expect(factsOf('scores-items-iit-2567')).toEqual([725, '98.13']);
    expect([column('card', 2)[0], column('card', 3)[0]]).toEqual(['98.13', '29.44']);
  });

  it('has the published scores of the OIT: 22 items, 7 sub-indicators, 95.00, 100.00, 96.25 and 38.50', () => {
    const { oit } = publishedReport;
    expect(column('scores-items-oit', 1)).toEqual(Object.values(oit.items));
    expect(column('scores-oit-sub-indicators', 3)).toEqual(Object.values(oit.subIndicators));
    expect(column('scores-by-indicator', 2).slice(-2)).toEqual(['95.00', '100.00']);
    expect(factsOf('scores-items-oit')).toEqual(['96.25']);
    expect([column('card', 2).at(-1), column('card', 3).at(-1)]).toEqual(['96.25', '38.50']);
  });

  it('has the published level, though not the published ITA', () => {
    expect(factsOf('card')).toEqual(['97.63', 'ผ่านดีเยี่ยม']);
    expect(factsOf('comparison-tools')).toEqual(['ผ่านดีเยี่ยม', 'ผ่านดีเยี่ยม']);
  });

  it('does not have the published EIT, as its scores do not follow from its counts: an assessor’s part is not published', () => {
    const ours = column('scores-items-eit-2567', 2);
    const theirs = Object.values(publishedEit.items).map(({ score }) => score);
    expect(ours).toEqual(['98.93', '98.90', '100.00', '98.64', '98.80', '98.58']);
    expect(theirs).toEqual(['96.61', '96.04', '100.00', '94.99', '96.23', '94.66']);
    expect(factsOf('scores-items-eit-2567')).toEqual([619, '98.98']);
  });

  it('has every published figure beside its own where they were typed in, with the change', () => {
    const { tools } = publishedReport;
    expect(column('comparison-tools', 2)).toEqual(['96.87', '98.13', '96.42', '96.25']);
    expect(column('comparison-tools', 3)).toEqual(['+0.76', '0.00', '+2.56', '0.00']);
    expect(column('comparison-indicators', 2)).toEqual([
      ...tools.flatMap(({ indicators }) => Object.values(indicators)),
      ...Object.values(publishedReport.oit.indicators),
    ]);
    const items = ['IIT', 'EIT', 'OIT'].flatMap((tool) => column(`comparison-items-${tool}`, 2));
    expect(items).toEqual([
      ...tools.flatMap(({ items: own }) => Object.values(own).map(({ score }) => score)),
      ...Object.values(publishedReport.oit.items),
    ]);
  });

  it('has as many people of each department and kind of service; their scores do not follow, as no crossing is published', () => {
    expect(column('scores-by-department', 1)).toEqual(publishedIit.fields['department']);
    expect(column('scores-by-department', 3)).toEqual(publishedEit.fields['department']);
    expect(column('scores-by-service-eit-2567', 1)).toEqual([105, 75, 52, 91, 65, 231]);
  });
});
