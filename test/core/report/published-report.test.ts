import { describe, expect, it } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import { demoResponses } from '#server/demo/demo-responses.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import template from '#core/templates/bangkok-district-2568.json' with { type: 'json' };
import { eit, iit } from '../instruments/known-instruments.ts';
import { columnOf, reportOf, said, tableOf } from './made-report.ts';

const [publishedIit, publishedEit] = publishedReport.tools;
if (!publishedIit || !publishedEit) throw new Error('the report has two tools');
const TOOLS = [
  { instrument: iit, published: publishedIit },
  { instrument: eit, published: publishedEit },
];
const THRESHOLD = 5;

const assessment: Assessment = {
  ...template.draft,
  id: '9d2f7a80-1c5e-4b8a-9f10-000000000001',
  fiscalYear: publishedReport.fiscalYear,
  life: OPEN_LIFE,
  deletedOn: null,
  suppressionThreshold: THRESHOLD,
};

/** The published OIT: all of the 22 items but O15. */
const OIT_POINTS: Record<string, 0 | 100> = Object.fromEntries(
  Array.from({ length: 22 }, (_, index) => [`O${index + 1}`, index + 1 === 15 ? 0 : 100]),
);

const responses = TOOLS.flatMap(({ instrument, published }) =>
  demoResponses(instrument, published),
);
const report = reportOf(assessment, responses, { points: OIT_POINTS });

/** A part of a whole in per cent with two decimals, half-up: in integers, so that nothing of the product is in it. */
const percentOf = (part: number, whole: number) =>
  (Math.floor((part * 20_000 + whole) / (2 * whole)) / 100).toFixed(2);

describe('the report of the responses that the published Prawet report counts', () => {
  it('has its sections in its order, and the method', () => {
    expect(report.sections.map(({ id }) => id)).toEqual([
      'respondents',
      'scores',
      'iit-2567',
      'eit-2567',
      'departments',
      'services',
      'quality',
      'method',
    ]);
    expect(report.sections[0]?.title).toBe('1. ข้อมูลผู้ตอบแบบวัด');
  });

  it('counts the same people by instrument, by gender and by language', () => {
    expect(columnOf(tableOf(report, 'respondents-by-instrument'), 1)).toEqual([725, 619]);
    const gender = tableOf(report, 'respondents-by-gender');
    // 382, 342 and 1 of the staff: the one is hidden, and another so that nobody subtracts. 267, 352 and 0 of the visitors.
    expect(columnOf(gender, 1)).toEqual([382, 'hidden: complement', 'hidden: few']);
    expect(columnOf(gender, 2)).toEqual([267, 352, 0]);
    const language = tableOf(report, 'respondents-by-language');
    expect(columnOf(language, 1)).toEqual([725, 0, 0, 0]);
    expect(columnOf(language, 2)).toEqual([619, 0, 0, 0]);
  });

  it('gives the published score of the IIT, of its items and of its indicators', () => {
    const items = tableOf(report, 'scores-items-iit-2567');
    expect(items.facts.map(({ cell }) => said(cell))).toEqual([725, '98.13']);
    expect(columnOf(items, 2)).toEqual(Object.values(publishedIit.items).map(({ score }) => score));
    expect(columnOf(tableOf(report, 'scores-by-indicator'), 2).slice(0, 5)).toEqual(
      Object.values(publishedIit.indicators),
    );
  });

  it('gives the published OIT by item, sub-indicator and indicator, and as a whole', () => {
    const items = tableOf(report, 'scores-items-oit');
    expect(columnOf(items, 1)).toEqual(Object.values(OIT_POINTS).map((points) => `${points}.00`));
    expect(items.facts.map(({ cell }) => said(cell))).toEqual(['96.25']);
    const parts = tableOf(report, 'scores-oit-sub-indicators');
    expect(columnOf(parts, 3)).toEqual([
      '100.00',
      '100.00',
      '66.67',
      '100.00',
      '100.00',
      '100.00',
      '100.00',
    ]);
    expect(columnOf(tableOf(report, 'scores-by-indicator'), 2).slice(8)).toEqual([
      '95.00',
      '100.00',
    ]);
  });

  it('lists every page on which the office has published an item, and no table of none', () => {
    const urls = {
      O1: ['https://example.go.th/about', 'https://example.go.th/structure'],
      O22: ['https://example.go.th/integrity'],
    };
    const addresses = tableOf(reportOf(assessment, [], { urls }), 'scores-oit-addresses');
    expect(columnOf(addresses, 0).map((item) => String(item).split(' ')[0])).toEqual([
      'O1',
      'O1',
      'O22',
    ]);
    expect(columnOf(addresses, 1)).toEqual([...urls.O1, ...urls.O22]);
    expect(() => tableOf(report, 'scores-oit-addresses')).toThrow('no table');
  });

  it('makes the card of these responses, with the published level', () => {
    const card = tableOf(report, 'card');
    expect(card.facts.map(({ cell }) => said(cell))).toEqual(['97.63', 'ผ่านดีเยี่ยม']);
    expect(columnOf(card, 2)).toEqual(['98.13', '98.98', '96.25']);
    expect(columnOf(card, 3)).toEqual(['29.44', '29.69', '38.50']);
  });

  it('gives the published EIT and ITA with an assessor’s part that would explain them', () => {
    const card = tableOf(
      reportOf(assessment, responses, { points: OIT_POINTS, eitPart2: '93.87' }),
      'card',
    );
    expect(card.facts.map(({ cell }) => said(cell))).toEqual(['96.87', 'ผ่านดีเยี่ยม']);
    // IIT, EIT, its two parts, OIT.
    expect(columnOf(card, 1)).toEqual(['0.30', '0.30', '0.15', '0.15', '0.40']);
    expect(columnOf(card, 2)).toEqual(['98.13', '96.42', '98.98', '93.87', '96.25']);
    expect(columnOf(card, 3)).toEqual(['29.44', '28.93', '', '', '38.50']);
  });

  describe.each(TOOLS)('of $instrument.tool', ({ instrument, published }) => {
    it.each(instrument.items)('has the counts and percentages of $code, small ones too', (item) => {
      const options = published.items[item.code]?.options ?? [];
      const distribution = tableOf(report, `distribution-${instrument.id}-${item.code}`);
      expect(columnOf(distribution, 1)).toEqual(options);
      expect(columnOf(distribution, 2)).toEqual(
        options.map((count) => percentOf(count, published.n)),
      );
    });

    it.each(instrument.fields)(
      'has the counts and percentages of $code, and hides who can be told apart',
      ({ code }) => {
        const counts = published.fields[code] ?? [];
        const told = tableOf(report, `distribution-${instrument.id}-${code}`);
        expect(told.rows).toHaveLength(counts.length);
        const cells = told.rows.map(([, people, share, score]) => [
          said(people),
          said(share),
          score?.type,
        ]);
        const isComplement = (index: number) => cells[index]?.[0] === 'hidden: complement';
        expect(cells).toEqual(
          counts.map((count, index) => {
            if (count > 0 && count < THRESHOLD) return ['hidden: few', 'hidden: few', 'hidden'];
            // Which others are hidden for their sake stands below.
            if (isComplement(index)) return ['hidden: complement', 'hidden: complement', 'hidden'];
            return [count, percentOf(count, published.n), 'score'];
          }),
        );
      },
    );
  });

  it('shows every department and every kind of service with as many people as published', () => {
    const departments = tableOf(report, 'scores-by-department');
    expect(columnOf(departments, 1)).toEqual(publishedIit.fields['department']);
    expect(columnOf(departments, 3)).toEqual(publishedEit.fields['department']);
    const services = tableOf(report, 'scores-by-service-eit-2567');
    expect(columnOf(services, 1)).toEqual(publishedEit.fields['service']);
    // The tool and six items, each with a score.
    for (const row of services.rows)
      expect(row.slice(2).map(({ type }) => type)).toEqual(Array(7).fill('score'));
  });

  it('hides these few groups of people, says so, and nothing else', () => {
    const listed = tableOf(report, 'method-suppressed').rows.map((row) =>
      row.map(said).join(' | '),
    );
    const few = 'มีผู้ตอบน้อยเกินไป';
    const complement = 'ไม่แสดงเพื่อคุ้มครองกลุ่มอื่นที่มีคนน้อย';
    expect(listed).toEqual([
      `ผู้ตอบ | จำนวนผู้ตอบแยกตามเพศ | หญิง | ${complement}`,
      `ผู้ตอบ | จำนวนผู้ตอบแยกตามเพศ | อื่น ๆ | ${few}`,
      `IIT | อายุของท่าน | ต่ำกว่า 20 ปี | ${few}`, // 3 people
      `IIT | อายุของท่าน | มากกว่า 60 ปี | ${few}`, // 3 people, and 6 together are enough
      `IIT | เพศของท่าน | หญิง | ${complement}`,
      `IIT | เพศของท่าน | อื่น ๆ | ${few}`, // 1 person
    ]);
    const hidden = report.sections
      .slice(0, -1)
      .flatMap(({ tables }) => tables)
      .flatMap(({ rows }) => rows)
      .filter((row) => row.some(({ type }) => type === 'hidden'));
    expect(hidden).toHaveLength(6);
  });
});
