import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Response } from '#core/contract/response.ts';
import { DISPLAY_FLAGS } from '#core/display/display-flag.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { compareFigures, figuresOf } from '#core/scoring/comparison.ts';
import type { ArrivedResponse } from '#core/scoring/quality-marks.ts';
import { ASSESSMENT } from '../../server/support/fixtures.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { toldOf } from '../report/made-report.ts';
import { tryEverySet } from './attacker.ts';

// Somebody who knows everything about everybody but what they answered, and has all that the product ever shows: which
// figures move with whose answers is found by changing the answers of one person after the other, not by reading the code.

const SEED = 2567;
const THRESHOLD = 4;
const PEOPLE = 11;

/** Everything that is shown: scores, the card and the exact numbers under it, a comparison, participation, the report. */
function shownOf(responses: readonly Response[], assessment: Assessment) {
  const told = toldOf(assessment, responses);
  const figures = figuresOf(told.card, assessment.fiscalYear);
  return { ...told, comparison: compareFigures(figures, { ...figures, fiscalYear: 2560 }) };
}

/** Every single figure and word of it, by where it stands. */
function leavesOf(value: unknown, place = '', leaves = new Map<string, unknown>()) {
  if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) leavesOf(part, `${place}/${key}`, leaves);
  else leaves.set(place, value);
  return leaves;
}

/** The response with the answers that give the fewest points. */
function atWorst(response: Response, instrument: Instrument): Response {
  const answers = instrument.items.map(({ code, scale, polarity }) => {
    const last = instrument.scales[scale]?.points.length ?? 1;
    return [code, polarity === 'positive' ? 1 : last];
  });
  return { ...response, answers: Object.fromEntries(answers) };
}

/** By person who answered the instrument: the places of all that moves with what that person answered. */
function movedBy(
  instrument: Instrument,
  responses: readonly Response[],
  assessment: Assessment,
): Set<string>[] {
  const before = leavesOf(shownOf(responses, assessment));
  return responses.flatMap((response, person) => {
    if (response.instrument !== instrument.id) return [];
    const changed = responses.with(person, atWorst(response, instrument));
    const after = leavesOf(shownOf(changed, assessment));
    const moved = [...after].flatMap(([place, value]) =>
      before.get(place) === value ? [] : [place],
    );
    return [new Set(moved)];
  });
}

/** The figures as rows over the people: a 1 for each whose answers a figure is made of. */
function figuresOver(moved: readonly Set<string>[]): number[][] {
  const rows = [...new Set(moved.flatMap((places) => [...places]))].map((place) =>
    moved.map((places) => (places.has(place) ? 1 : 0)),
  );
  return [...new Map(rows.map((row) => [row.join(), row])).values()];
}

const cameBy = [...DISPLAY_FLAGS, undefined, undefined];

/** Somebody in a small office, where only a few things are said, so that groups cross and differ by few. */
function somebody(instrument: Instrument): fc.Arbitrary<ArrivedResponse> {
  const fields = instrument.fields.map(({ code }) => {
    const said = fc.option(fc.integer({ min: 1, max: 2 }), { freq: 5 });
    return [code, said] as const;
  });
  return fc.record({
    instrument: fc.constant(instrument.id),
    language: fc.constantFrom('th' as const, 'th' as const, 'my' as const),
    answers: fc.constant(
      Object.fromEntries(instrument.items.map(({ code }): [string, number] => [code, 2])),
    ),
    respondent: fc.record(Object.fromEntries(fields)),
    day: fc.constant('2026-01-31'),
    quality: fc.constantFrom([], [], ['too-fast' as const]),
    display: fc.constantFrom(...cameBy),
  });
}

const offices = fc.tuple(
  fc.array(somebody(iit), { minLength: PEOPLE, maxLength: PEOPLE }),
  fc.array(somebody(eit), { minLength: PEOPLE, maxLength: PEOPLE }),
);

describe('whoever has everything that is ever shown', () => {
  it.each([
    ['the staff', iit],
    ['the visitors', eit],
  ])('works out nothing about fewer of %s than the threshold', (_, instrument) => {
    const assessment = { ...ASSESSMENT, suppressionThreshold: THRESHOLD };
    let figures = 0;
    fc.assert(
      fc.property(offices, (tools) => {
        const moved = movedBy(instrument, tools.flat(), assessment);
        const rows = figuresOver(moved);
        figures += rows.length;
        expect(tryEverySet(rows, THRESHOLD)).toBeNull();
      }),
      { seed: SEED, numRuns: 10, endOnFailure: true },
    );
    // Else there was nothing to work anything out of.
    expect(figures).toBeGreaterThan(10);
  });

  it('would work it out, were nothing hidden', () => {
    const assessment = { ...ASSESSMENT, suppressionThreshold: 1 };
    const [tools = []] = fc.sample(offices, { seed: SEED, numRuns: 1 });
    const moved = movedBy(eit, tools.flat(), assessment);
    expect(tryEverySet(figuresOver(moved), THRESHOLD)).not.toBeNull();
  });
});

/** What is not the same of all visitors. */
interface Known extends Partial<Pick<ArrivedResponse, 'language' | 'quality' | 'display'>> {
  said?: Readonly<Record<string, number | null>>;
}

function visitors(n: number, { said = {}, ...known }: Known = {}): ArrivedResponse[] {
  const alike = eit.fields.map(({ code }) => [code, code === 'service' ? 1 : null]);
  const visitor: ArrivedResponse = {
    instrument: eit.id,
    language: 'th',
    answers: Object.fromEntries(eit.items.map(({ code }) => [code, 2])),
    respondent: { ...Object.fromEntries(alike), p1: 2, ...said },
    day: '2026-01-31',
    quality: [],
    ...known,
  };
  return Array.from({ length: n }, () => visitor);
}

describe('of a hidden group nothing shows whether', () => {
  it.each<[string, Response[], Response[]]>([
    [
      'one or four chose a language',
      [...visitors(29), ...visitors(1, { language: 'my' })],
      [...visitors(26), ...visitors(4, { language: 'my' })],
    ],
    [
      'one or four answered too fast',
      [...visitors(29), ...visitors(1, { quality: ['too-fast'] })],
      [...visitors(26), ...visitors(4, { quality: ['too-fast'] })],
    ],
    [
      'one or four never contacted the office',
      [...visitors(29), ...visitors(1, { said: { p1: 1 } })],
      [...visitors(26), ...visitors(4, { said: { p1: 1 } })],
    ],
    [
      'one or four came by an old code',
      [...visitors(29, { display: 'display' }), ...visitors(1, { display: 'old-code' })],
      [...visitors(26, { display: 'display' }), ...visitors(4, { display: 'old-code' })],
    ],
    [
      'one or four came by a poster',
      [...visitors(29, { display: 'display' }), ...visitors(1, { display: 'poster' })],
      [...visitors(26, { display: 'display' }), ...visitors(4, { display: 'poster' })],
    ],
    [
      'one or four are of a gender',
      [...visitors(29, { said: { gender: 1 } }), ...visitors(1, { said: { gender: 2 } })],
      [...visitors(26, { said: { gender: 1 } }), ...visitors(4, { said: { gender: 2 } })],
    ],
    [
      'all of too few said the same',
      visitors(3, { said: { age: 2 }, language: 'my' }),
      [...visitors(2, { said: { age: 3 } }), ...visitors(1, { said: { age: 5 } })],
    ],
  ])('%s', (_, some, others) => {
    expect(shownOf(others, ASSESSMENT)).toEqual(shownOf(some, ASSESSMENT));
  });

  it('anybody is told of in a language of their own', () => {
    for (const language of LANGUAGES.filter((known) => known !== 'th')) {
      const { scores } = shownOf([...visitors(30), ...visitors(4, { language })], ASSESSMENT);
      const told = scores.instruments.find(({ instrument }) => instrument === eit.id)?.languages;
      expect(told?.find((known) => known.language === language)?.people).toEqual({
        state: 'hidden',
        reason: 'few',
      });
    }
  });
});
