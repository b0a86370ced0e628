import type { Language } from '../contract/language.ts';
import type { Response } from '../contract/response.ts';
import type { Instrument } from '../instruments/instrument.ts';

/** How many chose each option of a respondent field, option 1 first, and how many would rather not say. */
interface FieldCounts {
  readonly options: readonly number[];
  readonly notSaid: number;
}

/**
 * What is counted over a group of responses to one instrument, and all that scoring needs. A field whose options are
 * the departments has as many counts as the highest number that was chosen.
 */
export interface Tally {
  readonly n: number;
  /** By item code: how many chose each option, option 1 first. */
  readonly items: Readonly<Record<string, readonly number[]>>;
  readonly fields: Readonly<Record<string, FieldCounts>>;
  readonly languages: Readonly<Record<Language, number>>;
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

const optionsOf = (instrument: Instrument, scale: string) =>
  instrument.scales[scale]?.points.length ?? 0;

/** The tally of nobody. */
export function emptyTally(instrument: Instrument): Tally {
  return {
    n: 0,
    items: Object.fromEntries(
      instrument.items.map(({ code, scale }) => [code, zeros(optionsOf(instrument, scale))]),
    ),
    fields: Object.fromEntries(
      instrument.fields.map(({ code, options }) => [
        code,
        { options: zeros(options === 'departments' ? 0 : options), notSaid: 0 },
      ]),
    ),
    languages: { th: 0, en: 0, zh: 0, my: 0 },
  };
}

function sumOf(a: readonly number[], b: readonly number[]): number[] {
  const longest = Math.max(a.length, b.length);
  return zeros(longest).map((_, index) => (a[index] ?? 0) + (b[index] ?? 0));
}

function withOneMore(counts: readonly number[], option: number | null | undefined): number[] {
  if (option === null || option === undefined) return [...counts];
  return sumOf(counts, [...zeros(option - 1), 1]);
}

/** The tally with one more response, which checkResponse has found to be in order. */
export function addResponse(tally: Tally, response: Response): Tally {
  return {
    n: tally.n + 1,
    items: Object.fromEntries(
      Object.entries(tally.items).map(([code, counts]) => [
        code,
        withOneMore(counts, response.answers[code]),
      ]),
    ),
    fields: Object.fromEntries(
      Object.entries(tally.fields).map(([code, { options, notSaid }]) => {
        const said = response.respondent[code];
        return [
          code,
          { options: withOneMore(options, said), notSaid: notSaid + (said === null ? 1 : 0) },
        ];
      }),
    ),
    languages: {
      ...tally.languages,
      [response.language]: tally.languages[response.language] + 1,
    },
  };
}

/** The tally of both groups together; they are of one instrument and nobody is in both. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    n: a.n + b.n,
    items: Object.fromEntries(
      Object.entries(a.items).map(([code, counts]) => [code, sumOf(counts, b.items[code] ?? [])]),
    ),
    fields: Object.fromEntries(
      Object.entries(a.fields).map(([code, counts]) => {
        const others = b.fields[code] ?? { options: [], notSaid: 0 };
        return [
          code,
          {
            options: sumOf(counts.options, others.options),
            notSaid: counts.notSaid + others.notSaid,
          },
        ];
      }),
    ),
    languages: {
      th: a.languages.th + b.languages.th,
      en: a.languages.en + b.languages.en,
      zh: a.languages.zh + b.languages.zh,
      my: a.languages.my + b.languages.my,
    },
  };
}
