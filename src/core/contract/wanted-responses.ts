import type { Assessment } from './assessment.ts';

type Department = Assessment['departments'][number];

/**
 * How many responses to the instrument are wanted of the department, a share rounded up to whole people. Null where no
 * target is set, and where it is a share of a staff list that nobody counted.
 */
export function wantedResponses(
  { targets, headCount }: Pick<Department, 'targets' | 'headCount'>,
  instrument: string,
): number | null {
  const target = targets[instrument] ?? null;
  if (target === null || typeof target === 'number') return target;
  return headCount === undefined ? null : Math.ceil((headCount * target.percent) / 100);
}
