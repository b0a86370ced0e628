import { describe, expect, it } from 'vitest';
import { wantedResponses } from '#core/contract/wanted-responses.ts';

describe('the responses wanted of a department', () => {
  it.each([
    ['a number as it is', { targets: { 'iit-2567': 60 }, headCount: 436 }, 60],
    ['a share of its staff', { targets: { 'iit-2567': { percent: 80 } }, headCount: 50 }, 40],
    ['whole people, rounded up', { targets: { 'iit-2567': { percent: 10 } }, headCount: 436 }, 44],
    ['no share of a number that nobody told', { targets: { 'iit-2567': { percent: 80 } } }, null],
    ['nothing where no target is set', { targets: { 'iit-2567': null }, headCount: 436 }, null],
    ['nothing for another questionnaire', { targets: { 'eit-2567': 60 } }, null],
  ])('are %s', (_, department, wanted) => {
    expect(wantedResponses(department, 'iit-2567')).toBe(wanted);
  });
});
