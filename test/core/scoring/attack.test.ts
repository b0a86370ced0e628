import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Response } from '#core/contract/response.ts';
import { allOf, groupsOf } from '#core/scoring/groups.ts';
import { judgeGroups, type Verdict } from '#core/scoring/suppression.ts';
import { arbitraryResponse, DEPARTMENTS } from '../instruments/arbitrary-response.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { canWorkOut, tryAtRandom, tryEverySet } from './attacker.ts';
import { countsOf } from './counted.ts';

const SEED = 2567;

/** People, each with an option in every field of a small questionnaire. */
const crowds = fc
  .array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((options) =>
    fc.array(fc.tuple(...options.map((count) => fc.nat(count - 1))), {
      minLength: 3,
      maxLength: 12,
    }),
  );

const thresholds = fc.integer({ min: 3, max: 5 });

/** Everybody, then every option of every field: who is in it. */
function groupsIn(crowd: readonly (readonly number[])[]): number[][] {
  const fields = (crowd[0] ?? []).map((_, field) => field);
  return [
    crowd.map((_, person) => person),
    ...fields.flatMap((field) =>
      [...new Set(crowd.map((person) => person[field] ?? 0))]
        .sort((a, b) => a - b)
        .map((option) =>
          crowd.flatMap((person, place) => (person[field] === option ? [place] : [])),
        ),
    ),
  ];
}

const figureOf = (group: readonly number[], people: number) =>
  Array.from({ length: people }, (_, person) => (group.includes(person) ? 1 : 0));

function judgeCrowd(crowd: readonly (readonly number[])[], threshold: number) {
  const groups = groupsIn(crowd);
  const verdicts = judgeGroups(
    groups.map((members) => ({ members })),
    crowd.map(() => 1),
    threshold,
  );
  const figures = groups.map((group) => figureOf(group, crowd.length));
  return { groups, verdicts, figures };
}

const shownOf = <Value>(values: readonly Value[], verdicts: readonly Verdict[]) =>
  values.filter((_, index) => verdicts[index] === 'shown');

/** The figures of a whole questionnaire's tables over its people. */
function tablesOf(instrument: typeof iit, responses: readonly Response[], threshold: number) {
  const counts = countsOf(instrument, responses);
  const departments = Array.from({ length: DEPARTMENTS }, (_, index) => index + 1);
  const groups = allOf(groupsOf(instrument, departments, counts));
  const sizes = counts.combinations.map(({ n }) => n);
  const verdicts = judgeGroups(groups, sizes, threshold);
  const figures = groups.map(({ members }) =>
    sizes.flatMap((people, place) =>
      Array.from({ length: people }, () => (members.includes(place) ? 1 : 0)),
    ),
  );
  return { groups, verdicts, figures };
}

function lots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('somebody who adds and subtracts what is shown', () => {
  it('learns nothing about fewer people than the threshold, whichever they are', () => {
    fc.assert(
      fc.property(crowds, thresholds, (crowd, threshold) => {
        fc.pre(crowd.length >= threshold);
        const { figures, verdicts } = judgeCrowd(crowd, threshold);
        expect(tryEverySet(shownOf(figures, verdicts), threshold)).toBeNull();
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('learns no hidden group’s answers', () => {
    fc.assert(
      fc.property(crowds, thresholds, (crowd, threshold) => {
        fc.pre(crowd.length >= threshold);
        const { figures, verdicts } = judgeCrowd(crowd, threshold);
        const shown = shownOf(figures, verdicts);
        const hidden = figures.filter((_, index) => verdicts[index] !== 'shown');
        expect(hidden.filter((figure) => canWorkOut(shown, figure))).toEqual([]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('would have learned it of many a crowd, were only the small groups hidden', () => {
    let crowdsSeen = 0;
    let given = 0;
    fc.assert(
      fc.property(crowds, (crowd) => {
        fc.pre(crowd.length >= 5);
        const { figures, groups } = judgeCrowd(crowd, 5);
        const shown = figures.filter((_, index) => (groups[index]?.length ?? 0) >= 5);
        crowdsSeen += 1;
        if (tryEverySet(shown, 5) !== null) given += 1;
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(given / crowdsSeen).toBeGreaterThan(0.3);
  });

  it.each([
    ['a questionnaire of the staff', iit, 40, 5],
    ['a questionnaire of the staff, of many', iit, 150, 3],
    ['a questionnaire of the visitors', eit, 60, 5],
    ['a questionnaire of the visitors, of many', eit, 150, 8],
    ['a questionnaire of the visitors, at a large threshold', eit, 150, 15],
  ] as const)(
    'learns nothing about few from all tables of %s',
    (_, instrument, count, threshold) => {
      fc.assert(
        fc.property(
          fc.array(arbitraryResponse(instrument), { minLength: count, maxLength: count }),
          fc.integer({ min: 1, max: 1_000_000 }),
          (responses, seed) => {
            const { figures, verdicts } = tablesOf(instrument, responses, threshold);
            const shown = shownOf(figures, verdicts);
            expect(tryAtRandom(shown, threshold, 20, lots(seed))).toBeNull();
            const hidden = figures.filter((__, index) => verdicts[index] !== 'shown');
            expect(hidden.filter((figure) => canWorkOut(shown, figure))).toEqual([]);
          },
        ),
        // Of hundreds of people there is no small example worth waiting for.
        { seed: SEED, numRuns: 3, endOnFailure: true },
      );
    },
  );

  it('is not told of two groups of different tables that differ by one person', () => {
    // Departments of 20 and 30, kinds of service of 21 and 29: one of the second department came for the first service.
    const crowd = Array.from({ length: 50 }, (_, person) => [
      person < 20 ? 0 : 1,
      person < 21 ? 0 : 1,
    ]);
    const { verdicts } = judgeCrowd(crowd, 5);
    expect(verdicts).toEqual(['shown', 'shown', 'shown', 'complement', 'complement']);
  });
});

describe('the verdicts', () => {
  it('are the same in whatever order the responses came', () => {
    const inTwoOrders = fc
      .array(arbitraryResponse(eit), { minLength: 5, maxLength: 60 })
      .chain((responses) =>
        fc.tuple(
          fc.constant(responses),
          fc.shuffledSubarray(responses, {
            minLength: responses.length,
            maxLength: responses.length,
          }),
        ),
      );
    fc.assert(
      fc.property(inTwoOrders, ([responses, others]) => {
        const { verdicts } = tablesOf(eit, responses, 5);
        expect(tablesOf(eit, others, 5).verdicts).toEqual(verdicts);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('hide no group that could be shown beside the others', () => {
    fc.assert(
      fc.property(crowds, thresholds, (crowd, threshold) => {
        fc.pre(crowd.length >= threshold);
        const { figures, verdicts } = judgeCrowd(crowd, threshold);
        const shown = shownOf(figures, verdicts);
        const complements = figures.filter((_, index) => verdicts[index] === 'complement');
        const needless = complements.filter(
          (figure) => tryEverySet([...shown, figure], threshold) === null,
        );
        expect(needless).toEqual([]);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('hide nothing of a large crowd whose groups are all large and well mixed', () => {
    const crowd = Array.from({ length: 400 }, (_, person) => [person % 4, (person >> 2) % 5]);
    expect(new Set(judgeCrowd(crowd, 5).verdicts)).toEqual(new Set(['shown']));
  });

  it('come within seconds for sixty groups and 2,500 combinations of them', () => {
    const random = lots(SEED);
    const people = Array.from({ length: 2_500 }, () =>
      [5, 7, 4, 8, 5, 5, 3, 12, 11].map((options) => Math.floor(random() * options)),
    );
    // Seconds of this thread's own work: others of a busy machine do not count.
    const started = process.threadCpuUsage();
    const { verdicts } = judgeCrowd(people, 5);
    expect(verdicts).toHaveLength(61);
    expect(process.threadCpuUsage(started).user).toBeLessThan(10_000_000);
  });
});
