import { describe, expect, it } from 'vitest';
import { judgeGroups, type Verdict } from '#core/scoring/suppression.ts';
import { diceOf, type Dice } from '../../chaos/dice.ts';
import { judgePlainly } from './plain/plain-judgement.ts';

const CROWDS = 500;

/** Which of the options somebody takes, the later ones the more seldom. */
const rarely = (dice: Dice, options: number, skew: number) =>
  Math.min(options - 1, Math.floor(options * (dice.between(0, 9_999) / 10_000) ** skew));

/**
 * Everybody, then every option of every field, then some groups that overlap anyhow, as marks do. Few people say the later options, and in
 * the last field everybody but a few takes the first.
 */
function crowdOf(dice: Dice, people: number, fields: readonly number[]) {
  const skew = dice.between(10, 45) / 10;
  const seldom = dice.between(2, 8) / people;
  const counts = new Map<string, number>();
  for (let person = 0; person < people; person += 1) {
    const said = [
      ...fields.map((options) => rarely(dice, options, skew)),
      dice.chance(seldom) ? 1 : 0,
    ].join();
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  const combinations = [...counts.keys()].sort();
  const said = combinations.map((text) => text.split(',').map(Number));
  const membersWhere = (isMember: (said: readonly number[]) => boolean) =>
    said.flatMap((one, place) => (isMember(one) ? [place] : []));
  const across = Array.from({ length: dice.between(0, 3) }, () => {
    const share = dice.between(1, 99) / 100;
    return membersWhere(() => dice.chance(share));
  });
  const groups = [
    membersWhere(() => true),
    ...[...fields, 2].flatMap((options, field) =>
      Array.from({ length: options }, (_, option) => membersWhere((one) => one[field] === option)),
    ),
    ...across,
  ];
  return {
    groups: groups.map((members) => ({ members })),
    sizes: combinations.map((text) => counts.get(text) ?? 0),
  };
}

describe('the judgement that looks at few people', () => {
  it('says of every group what the one over everybody says', () => {
    const seen = new Map<Verdict, number>();
    for (let seed = 1; seed <= CROWDS; seed += 1) {
      const dice = diceOf(seed);
      const fields = Array.from({ length: dice.between(1, 6) }, () => dice.between(2, 7));
      const { groups, sizes } = crowdOf(dice, dice.between(6, 250), fields);
      const threshold = dice.between(3, 7);
      const verdicts = judgeGroups(groups, sizes, threshold);
      expect([seed, verdicts]).toEqual([seed, judgePlainly(groups, sizes, threshold)]);
      for (const verdict of verdicts) seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
    }
    expect(seen.get('complement')).toBeGreaterThan(CROWDS / 2);
  });

  it('says the same of crowds so large that a search of all is given up', () => {
    for (const seed of [1, 2, 3]) {
      const { groups, sizes } = crowdOf(diceOf(seed), 6_000, [9, 7, 4, 8, 5, 6, 6]);
      expect(judgeGroups(groups, sizes, 5)).toEqual(judgePlainly(groups, sizes, 5));
    }
  });
});
