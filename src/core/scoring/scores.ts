import type { Scores } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { scoreTool } from './score.ts';
import { SUPPRESSION_THRESHOLD, suppressGroups, type Verdict } from './suppression.ts';
import { emptyTally, mergeTallies, type Tally } from './tally.ts';

/** The tallies of one instrument: one for each department, and null for the people whose department is not known. */
interface TalliesByDepartment {
  readonly instrument: Instrument;
  readonly departments: readonly { readonly department: number | null; readonly tally: Tally }[];
}

function told<Shown>(verdict: Verdict, n: number, value: () => Shown) {
  return verdict === 'shown'
    ? { state: 'shown' as const, n, value: value() }
    : { state: 'hidden' as const, reason: verdict };
}

/** The scores that may be shown. Every tally passes suppression here, and nothing else makes scores for a reader. */
export function scoresOf(
  tallies: readonly TalliesByDepartment[],
  threshold: number = SUPPRESSION_THRESHOLD,
): Scores {
  return {
    threshold,
    instruments: tallies.map(({ instrument, departments }) => {
      const office = departments
        .map(({ tally }) => tally)
        .reduce(mergeTallies, emptyTally(instrument));
      const [officeVerdict = 'shown'] = suppressGroups([office], threshold);
      const verdicts = suppressGroups(
        departments.map(({ tally }) => tally),
        threshold,
      );
      return {
        instrument: instrument.id,
        tool: instrument.tool,
        office: told(officeVerdict, office.n, () => scoreTool(instrument, office)),
        departments: departments.map(({ department, tally }, index) => ({
          department,
          group: told(verdicts[index] ?? 'few', tally.n, () => scoreTool(instrument, tally).score),
        })),
      };
    }),
  };
}
