import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { responseSchema, type Response } from '#core/contract/response.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import { arbitraryResponse, DEPARTMENTS } from './arbitrary-response.ts';
import { eit, iit } from './known-instruments.ts';

const departments = new Set(Array.from({ length: DEPARTMENTS }, (_, index) => index + 1));

const good: Response = responseSchema.parse({
  instrument: 'eit-2567',
  language: 'th',
  answers: { E1: 6, E2: 6, E3: 2, E4: 6, E5: 6, E6: 6 },
  respondent: { service: 6, age: 3, gender: null, job: 7, p1: 1, p2: 1, p4: 2, department: 11 },
  day: '2025-01-31',
  quality: [],
});

const answering = (changes: Record<string, number>): Response => ({
  ...good,
  answers: { ...good.answers, ...changes },
});

const saying = (changes: Record<string, number | null>): Response => ({
  ...good,
  respondent: { ...good.respondent, ...changes },
});

function without<Value>(record: Record<string, Value>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([code]) => code !== key));
}

describe('a response is refused', () => {
  it.each([
    [
      'of another instrument',
      { ...good, instrument: 'iit-2567' },
      'instrument-mismatch',
      'instrument',
    ],
    ['without an item', { ...good, answers: without(good.answers, 'E4') }, 'item-missing', 'E4'],
    ['with an item that is not asked', answering({ E7: 1 }), 'item-unknown', 'answers'],
    ['with a seventh step', answering({ E1: 7 }), 'option-out-of-range', 'E1'],
    ['with a third answer to yes or no', answering({ E3: 3 }), 'option-out-of-range', 'E3'],
    ['with option 0', answering({ E2: 0 }), 'option-out-of-range', 'E2'],
    [
      'without a field',
      { ...good, respondent: without(good.respondent, 'age') },
      'field-missing',
      'age',
    ],
    ['with a field that is not asked', saying({ phone: 1 }), 'field-unknown', 'respondent'],
    [
      'with a field named like a built-in',
      saying({ constructor: 1 }),
      'field-unknown',
      'respondent',
    ],
    ['with a fourth gender option', saying({ gender: 4 }), 'option-out-of-range', 'gender'],
    [
      'with a department the office has not',
      saying({ department: 12 }),
      'option-out-of-range',
      'department',
    ],
  ] as const)('%s', (_, response, code, detail) => {
    expect(checkResponse(response, eit, departments)).toEqual({ code, detail });
  });
});

describe('a response is in order', () => {
  it('where somebody would rather not say anything about themselves, whatever is asked', () => {
    for (const instrument of [iit, eit]) {
      const answers = instrument.items.map(({ code }): [string, number] => [code, 1]);
      const silent: Response = {
        ...good,
        instrument: instrument.id,
        answers: Object.fromEntries(answers),
        respondent: Object.fromEntries(instrument.fields.map(({ code }) => [code, null])),
      };
      expect(checkResponse(silent, instrument, departments)).toBeNull();
    }
  });

  it.each([iit, eit])('whatever was chosen of what $id asks', (instrument) => {
    fc.assert(
      fc.property(arbitraryResponse(instrument), (response) => {
        expect(checkResponse(responseSchema.parse(response), instrument, departments)).toBeNull();
      }),
      { seed: 2567 },
    );
  });
});
