import type { Measure } from '../contract/measures.ts';

/** True while something is left to do. */
export const isUnfinished = ({ state }: Pick<Measure, 'state'>): boolean =>
  state === 'planned' || state === 'under-way';

/** True if its last day is over and something is left to do. `today`: ISO, in Thailand. */
export const isOverdue = (measure: Measure, today: string): boolean =>
  measure.until !== null && measure.until < today && isUnfinished(measure);

/** The steps one by one. */
export const stepsOf = ({ steps }: Pick<Measure, 'steps'>): string[] =>
  steps
    .split('\n')
    .map((step) => step.trim())
    .filter((step) => step !== '');

const RANK = { planned: 0, 'under-way': 0, done: 1, dropped: 2 } as const;

const dueOf = ({ until }: Measure) => until ?? '9999-12-31';

/** Compares as sort() wants it. */
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** What is left to do first, the earliest last day on top and those without one behind; then what is done, then what was dropped. */
export function inOrder(measures: readonly Measure[]): Measure[] {
  return [...measures].sort(
    (a, b) =>
      RANK[a.state] - RANK[b.state] ||
      compare(dueOf(a), dueOf(b)) ||
      compare(a.action, b.action) ||
      compare(a.id, b.id),
  );
}
