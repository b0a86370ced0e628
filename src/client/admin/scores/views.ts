import type { InstrumentScores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';

/** What the scores can be looked at by; the whole office comes without a word in the address. */
export const BREAKDOWNS = ['departments', 'services', 'respondents', 'quality'] as const;

export type Breakdown = (typeof BREAKDOWNS)[number];

/** The fields of an instrument that have a page of their own: who was asked about, and not who answered. */
const OWN_PAGE = { departments: 'department', services: 'service' } as const;

export type FieldScores = InstrumentScores['fields'][number];
type Value = FieldScores['values'][number];

/** The scores by department or by kind of service; undefined where the instrument does not ask for it. */
export function fieldOf(
  instrument: Instrument,
  scores: InstrumentScores,
  page: keyof typeof OWN_PAGE,
): FieldScores | undefined {
  const field = instrument.fields.find(({ fromChannel }) => fromChannel === OWN_PAGE[page]);
  return scores.fields.find((known) => known.field === field?.code);
}

/** What people said about themselves. */
export function respondentFields(instrument: Instrument, scores: InstrumentScores): FieldScores[] {
  const about = instrument.fields.filter(({ fromChannel }) => fromChannel === undefined);
  return scores.fields.filter(({ field }) => about.some(({ code }) => code === field));
}

/** Without the line of those who would rather not say where there are none of them. */
export function valuesWithPeople({ values }: FieldScores): Value[] {
  return values.filter(
    ({ option, group }) => option !== null || group.state === 'hidden' || group.n > 0,
  );
}

/** The breakdowns that these instruments have. */
export function breakdownsOf(instruments: readonly Instrument[]): Breakdown[] {
  const fields = instruments.flatMap((instrument) => instrument.fields);
  return BREAKDOWNS.filter(
    (breakdown) =>
      (breakdown !== 'departments' && breakdown !== 'services') ||
      fields.some(({ fromChannel }) => fromChannel === OWN_PAGE[breakdown]),
  );
}

/** An axis of scores: where it begins and its marks, from the lowest score that has to find a place. */
export function axisFrom(scores: readonly (number | null)[]): { from: number; marks: number[] } {
  const lowest = Math.min(100, ...scores.filter((score) => score !== null));
  const step = lowest >= 90 ? 2.5 : lowest >= 80 ? 5 : lowest >= 50 ? 10 : 25;
  const from = Math.max(0, Math.min(100 - 2 * step, Math.floor(lowest / step) * step));
  const count = Math.round((100 - from) / step);
  return { from, marks: Array.from({ length: count + 1 }, (_, index) => from + index * step) };
}

const hundredths = (told: string) => Math.round(Number(told) * 100);

/** a - b of two scores as they are told ("98.13"), in hundredths and thus exactly. */
export const changeInHundredths = (a: string, b: string): number => hundredths(a) - hundredths(b);
