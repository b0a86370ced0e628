import { judge, type Trace, type Truth, type Verdict } from './statistics.ts';

const SEED = 2568;

/** What all traces give away together. */
export const judgeAll = (traces: readonly Trace[], truth: Truth): Verdict[] =>
  traces.flatMap((trace) => judge(trace, truth, SEED));

/** The verdict of a trace. */
export function verdictOf(
  verdicts: readonly Verdict[],
  trace: string,
  about: Verdict['about'],
): Verdict {
  const found = verdicts.find((verdict) => verdict.trace === trace && verdict.about === about);
  if (!found) throw new Error(`nothing about ${about} in ${trace}`);
  return found;
}

/** How often the rows of the truth are found in a trace. */
export const cluesIn = (traces: readonly Trace[], name: string, { batchOf }: Truth): number =>
  traces
    .filter((trace) => trace.name === name)
    .flatMap(({ clues }) => clues)
    .filter(({ row }) => batchOf.has(row)).length;
