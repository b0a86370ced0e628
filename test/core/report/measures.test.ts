import { expect, test } from 'vitest';
import type { Measure } from '#core/contract/measures.ts';
import { ASSESSMENT, IIT, MEASURE, response } from '../../server/support/fixtures.ts';
import { numberedUuid } from '../../server/support/numbered-uuid.ts';
import { columnOf, reportOf, tableOf } from './made-report.ts';

const people = Array.from({ length: 6 }, () => response(IIT));
const DONE: Measure = {
  ...MEASURE,
  id: numberedUuid(702),
  about: { type: 'indicator', indicator: 9 },
  action: 'จัดทำแผน 2568',
  steps: '',
  from: null,
  until: null,
  state: 'done',
};
const GENERAL: Measure = {
  ...MEASURE,
  id: numberedUuid(703),
  about: { type: 'nothing' },
  until: '2027-01-31',
};

const report = reportOf(ASSESSMENT, people, {
  language: 'en',
  measures: [DONE, GENERAL, MEASURE],
});

test('the plan tells what is done about what, by whom, until when and in which steps', () => {
  const plan = tableOf(report, 'measures-plan');
  expect(columnOf(plan, 0)).toEqual([
    `1. ${MEASURE.action}`,
    `2. ${GENERAL.action}`,
    '3. จัดทำแผน 2568',
  ]);
  expect(columnOf(plan, 1)).toEqual([
    expect.stringMatching(/^I3 \S/),
    'No particular indicator',
    'Indicator 9 Open Data',
  ]);
  expect(plan.rows[0]?.slice(2)).toEqual([
    { type: 'text', text: '1) ออกแบบป้าย\n2) ติดป้าย' },
    { type: 'text', text: 'ฝ่ายปกครอง' },
    { type: 'day', day: '2024-12-01' },
    { type: 'day', day: '2025-01-31' },
    { type: 'text', text: 'ถ่ายภาพส่งทุกเดือน' },
  ]);
  expect(columnOf(plan, 5)).toEqual(['2025-01-31', '2027-01-31', '']);
});

test('the results tell the score of what each is about, its state, and which is late', () => {
  const results = tableOf(report, 'measures-results');
  expect(columnOf(results, 1)).toEqual(['0.00', null, null]);
  expect(columnOf(results, 2)).toEqual(['Under way (overdue)', 'Under way', 'Done']);
  expect(columnOf(results, 3)).toEqual(Array(3).fill(MEASURE.result));
});

test('a score that few people made is not told with a measure either', () => {
  const few = reportOf(ASSESSMENT, people.slice(0, 4), { measures: [MEASURE] });
  expect(columnOf(tableOf(few, 'measures-results'), 1)).toEqual([null]);
});

test('what was typed stays as it was typed, in every language', () => {
  const burmese = tableOf(
    reportOf(ASSESSMENT, people, { language: 'my', measures: [DONE] }),
    'measures-plan',
  );
  expect(columnOf(burmese, 0)).toEqual(['၁. จัดทำแผน 2568']);
});

test('an office without measures has no such section', () => {
  const { sections } = reportOf(ASSESSMENT, people);
  expect(sections.map(({ id }) => id)).not.toContain('measures');
});
