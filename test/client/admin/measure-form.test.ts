import { describe, expect, it } from 'vitest';
import type { Measure } from '#core/contract/measures.ts';
import { emptyForm, formOf, isChanged, readMeasure } from '#client/admin/measures/measure-form.ts';

const ID = '00000000-0000-4000-8000-000000000701';
const MEASURE: Measure = {
  id: ID,
  about: { type: 'item', item: 'I3' },
  action: 'อบรมเจ้าหน้าที่',
  steps: 'ขอวิทยากร\nจัดอบรม',
  responsible: 'ฝ่ายปกครอง',
  from: '2024-12-01',
  until: null,
  followUp: '',
  state: 'under-way',
  result: '',
};

describe('the form of a measure', () => {
  it.each<Measure['about']>([
    { type: 'item', item: 'I3' },
    { type: 'indicator', indicator: 10 },
    { type: 'nothing' },
  ])('gives back what it was made from: $type', (about) => {
    const measure = { ...MEASURE, about };
    expect(readMeasure(ID, formOf(measure))).toEqual({ state: 'valid', measure });
    expect(isChanged(formOf(measure), formOf(measure))).toBe(false);
  });

  it('asks for what is done and nothing else', () => {
    const form = { ...emptyForm('I3'), action: '  ติดป้าย ' };
    expect(readMeasure(ID, form)).toMatchObject({
      state: 'valid',
      measure: { action: 'ติดป้าย', state: 'planned', from: null, until: null },
    });
  });

  it('tells all that is wrong, from top to bottom', () => {
    const wrong = {
      ...formOf(MEASURE),
      action: ' ',
      steps: 'ก'.repeat(2001),
      until: '2024-11-30',
      result: 'ก'.repeat(2001),
    };
    expect(readMeasure(ID, wrong)).toEqual({
      state: 'invalid',
      problems: [
        { field: 'action', code: 'action-missing' },
        { field: 'steps', code: 'too-long' },
        { field: 'until', code: 'ends-before' },
        { field: 'result', code: 'too-long' },
      ],
    });
  });

  it('does not take a day that there is not', () => {
    const form = { ...formOf(MEASURE), from: '2025-02-30' };
    expect(readMeasure(ID, form)).toMatchObject({
      problems: [{ field: 'from', code: 'day-invalid' }],
    });
  });

  it.each([
    ['about', 'E2'],
    ['state', 'done'],
    ['result', 'x'],
  ])('is changed where another %s is chosen or typed', (field, value) => {
    const before = formOf(MEASURE);
    expect(isChanged(before, { ...before, [field]: value })).toBe(true);
  });
});
