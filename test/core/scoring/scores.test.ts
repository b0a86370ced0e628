import { describe, expect, it } from 'vitest';
import type { QualityFlag, Response } from '#core/contract/response.ts';
import { type GroupScore, scoresSchema } from '#core/contract/scores.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { countsOf } from './counted.ts';

const DEPARTMENTS = [1, 2, 3];

/** What is known of somebody; nothing that does not stand here. */
interface Person {
  department?: number;
  service?: number | null;
  p1?: number;
  quality?: QualityFlag[];
}

/** As many people who all chose the option on the six steps and said "no" to bribes. */
function visitors(n: number, option: number, { quality = [], ...person }: Person = {}): Response[] {
  const nothing = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
  const response: Response = {
    instrument: 'eit-2567',
    language: 'th',
    answers: { E1: option, E2: option, E3: 2, E4: option, E5: option, E6: option },
    respondent: { ...nothing, service: 1, department: null, ...person },
    day: '2025-01-31',
    quality,
  };
  return Array.from({ length: n }, () => response);
}

function staff(n: number, option: number, department: number): Response[] {
  const fields = iit.fields.map(({ code }) => [code, code === 'department' ? department : null]);
  const items = iit.items.map(({ code, scale, polarity }) => {
    const good = polarity === 'negative' ? 7 - option : option;
    return [code, scale === 'yesno' ? 2 : good];
  });
  const response: Response = {
    instrument: 'iit-2567',
    language: 'th',
    answers: Object.fromEntries(items),
    respondent: Object.fromEntries(fields),
    day: '2025-01-31',
    quality: [],
  };
  return Array.from({ length: n }, () => response);
}

function scoresFrom(responses: readonly Response[], others: readonly Response[] = []) {
  const scores = scoresOf(
    [
      { instrument: eit, counts: countsOf(eit, responses) },
      { instrument: iit, counts: countsOf(iit, others) },
    ],
    DEPARTMENTS,
    5,
  );
  expect(scoresSchema.parse(scores)).toEqual(scores);
  const [tool] = scores.instruments;
  if (!tool) throw new Error('no scores');
  const valuesOf = (code: string) => tool.fields.find(({ field }) => field === code)?.values ?? [];
  return { scores, tool, valuesOf };
}

/** What is told of a group, in short. */
const short = (group: GroupScore) =>
  group.state === 'shown' ? `${group.n}: ${group.value.score}` : group.reason;

describe('the scores of an assessment', () => {
  it('are of the whole office and of each department', () => {
    const { tool, valuesOf } = scoresFrom([
      ...visitors(10, 6, { department: 1 }),
      ...visitors(10, 1, { department: 2 }),
    ]);
    expect(short(tool.office)).toBe('20: 58.33');
    expect(valuesOf('department').map(({ option, group }) => [option, short(group)])).toEqual([
      [1, '10: 100.00'],
      [2, '10: 16.67'],
      [3, '0: null'],
      [null, '0: null'],
    ]);
  });

  it('are of each kind of service, with every item and its distribution', () => {
    const { valuesOf } = scoresFrom([
      ...visitors(6, 6, { service: 1 }),
      ...visitors(5, 1, { service: 4 }),
      ...visitors(5, 6, { service: null }),
    ]);
    const services = valuesOf('service');
    expect(services.map(({ option, group }) => [option, short(group)])).toEqual([
      [1, '6: 100.00'],
      [2, '0: null'],
      [3, '0: null'],
      [4, '5: 16.67'],
      [5, '0: null'],
      [6, '0: null'],
      [null, '5: 100.00'],
    ]);
    const [, , , fourth] = services;
    if (fourth?.group.state !== 'shown') throw new Error('it is hidden');
    expect(fourth.group.value.items.map(({ n, score, options }) => [n, score, options])).toEqual([
      [5, '0.00', [5, 0, 0, 0, 0, 0]],
      [5, '0.00', [5, 0, 0, 0, 0, 0]],
      [5, '100.00', [0, 5]],
      [5, '0.00', [5, 0, 0, 0, 0, 0]],
      [5, '0.00', [5, 0, 0, 0, 0, 0]],
      [5, '0.00', [5, 0, 0, 0, 0, 0]],
    ]);
  });

  it('are of each option of every respondent field, and of those who would rather not say', () => {
    const { tool, valuesOf } = scoresFrom([
      ...visitors(5, 6, { p1: 2 }),
      ...visitors(7, 1, { department: 1 }),
    ]);
    expect(tool.fields.map(({ field, values }) => [field, values.length])).toEqual([
      ['service', 7],
      ['age', 7],
      ['gender', 4],
      ['job', 8],
      ['p1', 5],
      ['p2', 5],
      ['p4', 3],
      ['department', 4],
    ]);
    expect(valuesOf('p1').map(({ option, group }) => [option, short(group)])).toEqual([
      [1, '0: null'],
      [2, '5: 100.00'],
      [3, '0: null'],
      [4, '0: null'],
      [null, '7: 16.67'],
    ]);
  });

  it('hide a small department, and a second one that would give it away', () => {
    const { valuesOf } = scoresFrom([
      ...visitors(10, 6, { department: 1 }),
      ...visitors(4, 1, { department: 2 }),
      ...visitors(6, 6),
    ]);
    expect(valuesOf('department').map(({ group }) => short(group))).toEqual([
      '10: 100.00',
      'few',
      '0: null',
      'complement',
    ]);
  });

  it('hide the whole office while fewer than five have answered', () => {
    const { tool, valuesOf } = scoresFrom(visitors(4, 6, { department: 1 }));
    expect(tool.office).toEqual({ state: 'hidden', reason: 'few' });
    // That none of them is of another department would tell of which all of them are.
    expect(valuesOf('department').map(({ group }) => short(group))).toEqual([
      'few',
      'few',
      'few',
      'few',
    ]);
  });

  it('of nobody are no scores', () => {
    const { tool, valuesOf } = scoresFrom([]);
    expect(short(tool.office)).toBe('0: null');
    for (const { group } of valuesOf('department')) expect(short(group)).toBe('0: null');
  });

  it('have the mean of what visitors and staff say of a department, from the scores as they are told', () => {
    const { scores } = scoresFrom(visitors(6, 6, { department: 1 }), [
      ...staff(8, 6, 1),
      ...staff(1, 5, 1),
      ...staff(9, 6, 2),
    ]);
    // 100 and 100 - 20/9 x 10/12 = 98.1481…, told as 98.15; of the unrounded ones the mean would be 99.07.
    expect(scores.departments).toEqual([
      { department: 1, mean: '99.08' },
      { department: 2, mean: null },
      { department: 3, mean: null },
      { department: null, mean: null },
    ]);
  });
});

describe('the scores without what bears a mark', () => {
  it('stand beside those with it', () => {
    const { tool } = scoresFrom([
      ...visitors(10, 6),
      ...visitors(5, 1, { quality: ['too-fast'] }),
      ...visitors(6, 1, { p1: 1 }),
    ]);
    expect(short(tool.office)).toBe('21: 56.35');
    expect(
      tool.quality.map(({ mark, marked, without }) => [
        mark,
        marked.state === 'shown' ? marked.n : marked.reason,
        short(without),
      ]),
    ).toEqual([
      ['too-fast', 5, '16: 68.75'],
      ['never-contacted', 6, '15: 72.22'],
      ['any', 11, '10: 100.00'],
    ]);
  });

  it('are hidden where the difference would be what few people said', () => {
    const { tool } = scoresFrom([...visitors(10, 6), ...visitors(1, 1, { quality: ['too-fast'] })]);
    expect(
      tool.quality.map(({ mark, marked, without }) => [
        mark,
        marked.state === 'shown' ? marked.n : marked.reason,
        short(without),
      ]),
    ).toEqual([
      ['too-fast', 'few', 'complement'],
      ['never-contacted', 0, '11: 92.42'],
      ['any', 'few', 'complement'],
    ]);
  });
});
