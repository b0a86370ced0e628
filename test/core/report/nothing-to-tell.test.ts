import { describe, expect, it } from 'vitest';
import type { Report } from '#core/contract/report.ts';
import { ASSESSMENT, EIT, IIT, response } from '../../server/support/fixtures.ts';
import { columnOf, reportOf, said, tableOf } from './made-report.ts';

const idsOf = ({ sections }: Report) => sections.map(({ id }) => id);
const section = ({ sections }: Report, wanted: string) => sections.find(({ id }) => id === wanted);
const sentence = (report: Report, table: string) => tableOf(report, table).note;

/** Tables that stand there with a head and no row. */
const bare = ({ sections }: Report) =>
  sections
    .flatMap(({ tables }) => tables)
    .filter(({ rows, columns }) => rows.length === 0 && columns.length > 0);

describe('the report of an assessment without any response', () => {
  const report = reportOf(ASSESSMENT, [], { language: 'en' });

  it('says so in each section and shows no empty table', () => {
    expect(section(report, 'respondents')?.paragraphs).toEqual(['Nobody has answered yet.']);
    expect(section(report, 'iit-2567')?.paragraphs).toHaveLength(1);
    expect(section(report, 'iit-2567')?.tables).toEqual([]);
    expect(section(report, 'departments')).toMatchObject({
      paragraphs: ['Nobody has answered yet.'],
      tables: [],
    });
    expect(sentence(report, 'scores-by-indicator')).toBe('There are no scores yet.');
    expect(sentence(report, 'scores-items-iit-2567')).toMatch(/^Nobody has answered yet: /);
    expect(sentence(report, 'scores-by-service-eit-2567')).toMatch(/^Nobody has answered yet: /);
    expect(bare(report)).toEqual([]);
  });

  it('still tells the targets and why there is no score', () => {
    expect(columnOf(tableOf(report, 'respondents-by-instrument'), 1)).toEqual([0, 0]);
    expect(tableOf(report, 'card').facts.map(({ cell }) => said(cell))).toEqual([null, 'None yet']);
    expect(columnOf(tableOf(report, 'card'), 2)).toEqual(['None yet', 'None yet', 'None yet']);
  });

  it('leaves out what nobody would look for', () => {
    expect(idsOf(report)).not.toContain('quality');
    expect(idsOf(report)).not.toContain('comparison');
  });
});

describe('the report of four people', () => {
  const report = reportOf(
    ASSESSMENT,
    [1, 2, 3, 4].map(() => response(IIT)),
    { language: 'en' },
  );

  it('tells that there are too few instead of tables of hidden figures', () => {
    expect(section(report, 'iit-2567')).toMatchObject({
      paragraphs: [expect.stringContaining('Fewer than 5 people')],
      tables: [],
    });
    expect(sentence(report, 'scores-items-iit-2567')).toContain('Fewer than 5 people');
    expect(tableOf(report, 'method-suppressed').rows[0]?.map(said)).toEqual([
      'IIT',
      'Every table',
      'All who answered',
      'Too few people answered',
    ]);
  });
});

describe('the report of an office that has not judged its OIT', () => {
  const people = Array.from({ length: 6 }, () => response(IIT));

  it('says so in the place of the OIT’s tables', () => {
    const report = reportOf(ASSESSMENT, people, { language: 'en' });
    expect(sentence(report, 'scores-items-oit')).toContain('has not judged itself');
    expect(tableOf(report, 'scores-by-indicator').rows).toHaveLength(5);
    expect(bare(report)).toEqual([]);
  });

  it('has them as soon as one item is judged', () => {
    const report = reportOf(ASSESSMENT, people, { language: 'en', points: { O1: 100 } });
    expect(tableOf(report, 'scores-items-oit').rows).toHaveLength(22);
  });
});

describe('the report of an office without departments', () => {
  const responses = [IIT, EIT].flatMap((instrument) =>
    Array.from({ length: 6 }, () => {
      const plain = response(instrument);
      return { ...plain, respondent: { ...plain.respondent, department: null } };
    }),
  );
  const plain = { ...ASSESSMENT, departments: [] };

  it('leaves their section out where nobody could say one', () => {
    expect(idsOf(reportOf(plain, [], { language: 'en' }))).not.toContain('departments');
  });

  it('counts those who said none', () => {
    const report = reportOf(plain, responses, { language: 'en' });
    const departments = tableOf(report, 'scores-by-department');
    expect(columnOf(departments, 0)).toEqual(['Not stated']);
    expect(columnOf(departments, 1)).toEqual([6]);
    expect(columnOf(departments, 3)).toEqual([6]);
  });
});
