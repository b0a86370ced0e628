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
  const everybody = combinations.map((_, place) => place);
  /** The places of those of whom the same is told, by what that is. */
  function placesBy<Told>(toldOf: (combination: Combination) => Told): Map<Told, number[]> {
    const places = new Map<Told, number[]>();
    for (const [place, combination] of combinations.entries()) {
      const told = toldOf(combination);
      const own = places.get(told);
      if (own) own.push(place);
      else places.set(told, [place]);
    }
    return places;
  }
  const byLanguage = placesBy(({ language }) => language);
  const without = (isMarked: (marks: Combination['marks']) => boolean) =>
    placesBy(({ marks }) => isMarked(marks)).get(false) ?? [];
  return {
    office: { members: everybody, tally: tallies.of(OFFICE) },
    fields: instrument.fields.map((field) => {
      const { code } = field;
      const bySaid = placesBy(({ said }) => said[code] ?? null);
      return {
        field: code,
        values: valuesOf(field, departments).map((option) => ({
          option,
          group: {
            members: bySaid.get(option) ?? [],
            tally: tallies.of({ of: 'field', field: code, option }),
          },
        })),
      };
    }),
    languages: LANGUAGES.map((language) => ({
      language,
      group: {
        members: byLanguage.get(language) ?? [],
        tally: tallies.of({ of: 'language', language }),
      },
    })),
    unmarked: [
      ...marksOf(instrument).map((mark) => ({
        mark,
        group: {
          members: without((marks) => marks.includes(mark)),
          tally: tallies.without({ of: 'mark', mark }),
        },
      })),
      {
        mark: 'any' as const,
        group: {
          members: without((marks) => marks.some(isDoubt)),
          tally: tallies.without({ of: 'mark', mark: 'any' }),
        },
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
