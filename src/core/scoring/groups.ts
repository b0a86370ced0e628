import { LANGUAGES, type Language } from '../contract/language.ts';
import type { QualityMark } from '../contract/scores.ts';
import type { Instrument, RespondentField } from '../instruments/instrument.ts';
import type { Combination } from './combinations.ts';
import { type Counts, OFFICE, talliesIn } from './counts.ts';
import { isDoubt, marksOf } from './quality-marks.ts';
import type { Tally } from './tally.ts';

/** Some of the people who answered an instrument. */
export interface Group {
  /** The combinations it is made of, as places in their list. */
  readonly members: readonly number[];
  /** What all of them answered, whether or not it may be told. */
  readonly tally: Tally;
}

/** Everything that is told of an instrument, as groups of people. */
export interface Groups {
  readonly office: Group;
  readonly fields: readonly {
    readonly field: string;
    /** Null = would rather not say. */
    readonly values: readonly { readonly option: number | null; readonly group: Group }[];
  }[];
  readonly languages: readonly { readonly language: Language; readonly group: Group }[];
  /** Those whose responses do not bear the mark; `any`: none that makes one look twice. */
  readonly unmarked: readonly { readonly mark: QualityMark | 'any'; readonly group: Group }[];
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function valuesOf(field: RespondentField, departments: readonly number[]): (number | null)[] {
  const options = field.options === 'departments' ? departments : upTo(field.options);
  return [...options, null];
}

/** The groups of an instrument's tables. `departments`: the numbers of all of the assessment's, the retired ones too. */
export function groupsOf(
  instrument: Instrument,
  departments: readonly number[],
  counts: Counts,
): Groups {
  const { combinations } = counts;
  const tallies = talliesIn(instrument, counts);
  function groupWhere(isMember: (combination: Combination) => boolean, tally: Tally): Group {
    const members = combinations.flatMap((combination, place) =>
      isMember(combination) ? [place] : [],
    );
    return { members, tally };
  }
  return {
    office: groupWhere(() => true, tallies.of(OFFICE)),
    fields: instrument.fields.map((field) => ({
      field: field.code,
      values: valuesOf(field, departments).map((option) => ({
        option,
        group: groupWhere(
          ({ said }) => (said[field.code] ?? null) === option,
          tallies.of({ of: 'field', field: field.code, option }),
        ),
      })),
    })),
    languages: LANGUAGES.map((language) => ({
      language,
      group: groupWhere(
        (combination) => combination.language === language,
        tallies.of({ of: 'language', language }),
      ),
    })),
    unmarked: [
      ...marksOf(instrument).map((mark) => ({
        mark,
        group: groupWhere(
          ({ marks }) => !marks.includes(mark),
          tallies.without({ of: 'mark', mark }),
        ),
      })),
      {
        mark: 'any' as const,
        group: groupWhere(
          ({ marks }) => !marks.some(isDoubt),
          tallies.without({ of: 'mark', mark: 'any' }),
        ),
      },
    ],
  };
}

/** All of them in one list, everybody first: what is shown of one is judged beside what is shown of all others. */
export const allOf = ({ office, fields, languages, unmarked }: Groups): Group[] => [
  office,
  ...fields.flatMap(({ values }) => values.map(({ group }) => group)),
  ...languages.map(({ group }) => group),
  ...unmarked.map(({ group }) => group),
];
