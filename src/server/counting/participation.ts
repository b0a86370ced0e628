import type { Assessment } from '#core/contract/assessment.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { InstrumentCounts } from './count-responses.ts';

/** The sum of the targets that are set; null if none is. */
function sumOfTargets(targets: readonly (number | null)[]): number | null {
  const set = targets.filter((target) => target !== null);
  return set.length === 0 ? null : set.reduce((sum, target) => sum + target, 0);
}

/** How many answered, against the targets of the departments that are not retired. */
export function participationOf(
  assessment: Assessment,
  counts: readonly InstrumentCounts[],
  setAside: { quarantined: number; conflicts: number },
): Participation {
  return {
    instruments: counts.map(({ instrument, departments, days }) => {
      const targetOf = (number: number | null) => {
        const department = assessment.departments.find((known) => known.number === number);
        return department?.retired === false ? (department.targets[instrument.id] ?? null) : null;
      };
      const rows = departments.map(({ department, tally }) => ({
        department,
        n: tally.n,
        target: targetOf(department),
      }));
      return {
        instrument: instrument.id,
        n: rows.reduce((sum, { n }) => sum + n, 0),
        target: sumOfTargets(rows.map(({ target }) => target)),
        departments: rows,
        languages: LANGUAGES.map((language) => ({
          language,
          n: departments.reduce((sum, { tally }) => sum + tally.languages[language], 0),
        })),
        days,
      };
    }),
    ...setAside,
  };
}
