import { describe, expect, it } from 'vitest';
import { responseSchema } from '#core/contract/response.ts';

const good = {
  instrument: 'eit-2567',
  language: 'my',
  answers: { E1: 6, E3: 2 },
  respondent: { age: null, p1: 4 },
  day: '2025-02-28',
  quality: ['too-fast'],
};

describe('a response', () => {
  it('is taken as it is', () => {
    expect(responseSchema.parse(good)).toEqual(good);
  });

  it.each([
    ['a field of its own', { ...good, device: 'phone' }],
    ['a moment for a day', { ...good, day: '2025-02-28T09:30:00Z' }],
    ['a day that is not in the calendar', { ...good, day: '2025-02-30' }],
    ['a language that is not ours', { ...good, language: 'fr' }],
    ['an instrument without a year', { ...good, instrument: 'eit' }],
    ['an item code with words', { ...good, answers: { 'E1 because': 6 } }],
    ['an answer that is no number', { ...good, answers: { E1: '6' } }],
    ['an answer between two options', { ...good, answers: { E1: 1.5 } }],
    ['option 0', { ...good, answers: { E1: 0 } }],
    ['no answer to an item', { ...good, answers: { E1: null } }],
    ['words about the person', { ...good, respondent: { age: 'young' } }],
    ['a field code with a capital', { ...good, respondent: { Name: 1 } }],
    ['timings for a flag', { ...good, quality: [1234] }],
    ['more flags than there are', { ...good, quality: ['too-fast', 'too-fast', 'too-fast'] }],
  ])('is refused with %s', (_, response) => {
    expect(responseSchema.safeParse(response).success).toBe(false);
  });

  it.each(Object.keys(good))('is refused without its %s', (part) => {
    const rest = Object.fromEntries(Object.entries(good).filter(([key]) => key !== part));
    expect(responseSchema.safeParse(rest).success).toBe(false);
  });
});
