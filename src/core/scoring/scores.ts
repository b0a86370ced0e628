import type { GroupPeople, GroupScore, InstrumentScores, Scores } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { Counts } from './counts.ts';
import { allOf, type Group, groupsOf } from './groups.ts';
import { worthTelling } from './quality-marks.ts';
import { meanOfTold, scoreTool } from './score.ts';
import { judgeGroups, type Verdict } from './suppression.ts';
import type { Tally } from './tally.ts';

/** The responses to one instrument. */
interface Counted {
  readonly instrument: Instrument;
  readonly counts: Counts;
}

/** A group with what became of it; the tally of one that is hidden goes no further. */
type Judged =
  | { readonly state: 'hidden'; readonly reason: Exclude<Verdict, 'shown'> }
  | { readonly state: 'shown'; readonly tally: Tally };

/** Every group of the instrument that anybody is told of passes here, and nothing else makes scores for a reader. */
function judge({ instrument, counts }: Counted, departments: readonly number[], threshold: number) {
  const known = groupsOf(instrument, departments, counts);
  const groups = allOf(known);
  const sizes = counts.combinations.map(({ n }) => n);
  const verdicts = judgeGroups(groups, sizes, threshold);
  const judgements = new Map(groups.map((group, place) => [group, verdicts[place] ?? 'few']));
  const judged = (group: Group): Judged => {
    const reason = judgements.get(group) ?? 'few';
    return reason === 'shown'
      ? { state: 'shown', tally: group.tally }
      : { state: 'hidden', reason };
  };
  return { ...known, judged };
}

/** How many they are, if that may be told. */
function peopleTold(judged: Judged): GroupPeople {
  return judged.state === 'hidden' ? judged : { state: 'shown', n: judged.tally.n };
}

/** How many bear a mark: as long as those who do not may be told of. */
function markedTold(n: number, without: Judged, threshold: number): GroupPeople {
  if (without.state === 'shown') return { state: 'shown', n };
  return { state: 'hidden', reason: n < threshold ? 'few' : 'complement' };
}

function told(instrument: Instrument, judged: Judged): GroupScore {
  if (judged.state === 'hidden') return judged;
  return { state: 'shown', n: judged.tally.n, value: scoreTool(instrument, judged.tally) };
}

/**
 * The scores that may be shown. `departments`: the numbers of all of the assessment's, the retired ones too.
 * `threshold`: groups of fewer people are hidden, and what would give them away.
 */
export function scoresOf(
  counted: readonly Counted[],
  departments: readonly number[],
  threshold: number,
): Scores {
  const tools = counted.map((one) => ({ ...one, ...judge(one, departments, threshold) }));

  function toolScoresOf(department: number | null): (string | null)[] {
    return tools.flatMap(({ instrument, fields, judged }) => {
      const field = instrument.fields.find(({ options }) => options === 'departments');
      const values = fields.find((known) => known.field === field?.code)?.values;
      const value = values?.find(({ option }) => option === department);
      if (!value) return [];
      const group = judged(value.group);
      return [group.state === 'shown' ? scoreTool(instrument, group.tally).score : null];
    });
  }

  return {
    threshold,
    instruments: tools.map((tool) => {
      const { instrument, office, fields, languages, unmarked, judged } = tool;
      const scores: InstrumentScores = {
        instrument: instrument.id,
        tool: instrument.tool,
        office: told(instrument, judged(office)),
        fields: fields.map(({ field, values }) => ({
          field,
          values: values.map(({ option, group }) => ({
            option,
            group: told(instrument, judged(group)),
          })),
        })),
        languages: languages.map(({ language, group }) => ({
          language,
          people: peopleTold(judged(group)),
        })),
        quality: worthTelling(
          unmarked.map(({ mark, group }) => ({
            mark,
            marked: markedTold(office.tally.n - group.tally.n, judged(group), threshold),
            without: told(instrument, judged(group)),
          })),
        ),
      };
      return scores;
    }),
    departments: [...departments, null].map((department) => ({
      department,
      mean: meanOfTold(toolScoresOf(department)),
    })),
  };
}
