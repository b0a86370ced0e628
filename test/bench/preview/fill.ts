// Fills the sums of an assessment as so many responses would, by the arithmetic that folds them, without storing the responses.
import type { Kysely } from 'kysely';
import type { Assessment } from '#core/contract/assessment.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { createCounts } from '#core/scoring/counts.ts';
import type { Tables } from '#server/storage/tables.ts';
import { addCounted, type CountedResponses } from '#server/storage/tally-rows.ts';
import { type Dice, diceOf } from '../../chaos/dice.ts';
import { ASSESSMENT, EIT, response } from '../../server/support/fixtures.ts';

/** alike: most say what most say, as of real visitors; unlike: everything is as likely as everything else. */
export type Crowd = 'alike' | 'unlike';

const DEPARTMENTS = 12;

/** The EIT of an office with so many departments. */
export const benchAssessment = (): Assessment => ({
  ...ASSESSMENT,
  instruments: [EIT.id],
  departments: Array.from({ length: DEPARTMENTS }, (_, index) => ({
    number: index + 1,
    name: { th: `ฝ่ายที่ ${index + 1}` },
    targets: { [EIT.id]: 1_000 },
    retired: false,
  })),
});

/** So many rows are inserted together. */
const AT_ONCE = 5_000;

const numberOf = (options: number | 'departments') =>
  options === 'departments' ? DEPARTMENTS : options;

function anyOption(dice: Dice, options: number, crowd: Crowd): number | null {
  if (dice.chance(crowd === 'alike' ? 0.03 : 1 / (options + 1))) return null;
  if (crowd === 'unlike') return dice.between(1, options);
  // Each option half as likely as the one before it.
  let option = 1;
  while (option < options && dice.chance(0.5)) option += 1;
  return option;
}

/** A response as somebody of the crowd would give it. */
export function anyResponse(dice: Dice, crowd: Crowd) {
  const answers = EIT.items.map(({ code, scale }) => [
    code,
    dice.between(1, EIT.scales[scale]?.points.length ?? 1),
  ]);
  const said = EIT.fields.map(({ code, options }) => [
    code,
    anyOption(dice, numberOf(options), crowd),
  ]);
  return response(EIT, {
    answers: Object.fromEntries(answers),
    respondent: Object.fromEntries(said),
    language: crowd === 'alike' && dice.chance(0.9) ? 'th' : dice.pick(LANGUAGES),
    quality: dice.chance(0.02) ? ['too-fast'] : [],
  });
}

interface Filled {
  /** How many kinds of people there are. */
  combinations: number;
}

/** Adds so many responses to the sums of the EIT of an assessment; all of them the channel's, over sixty days. */
export async function fillSums(
  database: Kysely<Tables>,
  { organization, assessment, channel }: Record<'organization' | 'assessment' | 'channel', string>,
  { responses, crowd }: { responses: number; crowd: Crowd },
): Promise<Filled> {
  const dice = diceOf('preview', responses, crowd);
  const counts = createCounts(EIT);
  for (let made = 0; made < responses; made += 1) counts.add(anyResponse(dice, crowd));
  const tallies = counts.tallies();
  const combinations = counts.combinationTexts();
  const named = { organization, assessment, instrument: EIT.id, unreadable: 0 };
  const add = async (counted: CountedResponses) =>
    database.transaction().execute(async (transaction) => addCounted(transaction, counted));
  const days = Array.from({ length: 60 }, (_, day) => ({
    organization,
    assessment,
    channel,
    day: new Date(Date.UTC(2024, 9, 1 + day)).toISOString().slice(0, 10),
    n: Math.floor(responses / 60) + (day === 0 ? responses % 60 : 0),
  }));
  await add({ instruments: [{ ...named, tallies, combinations: [] }], days });
  for (let done = 0; done < combinations.length; done += AT_ONCE) {
    const some = combinations
      .slice(done, done + AT_ONCE)
      .map(({ text, n }) => ({ combination: text, n }));
    await add({ instruments: [{ ...named, tallies: [], combinations: some }], days: [] });
  }
  return { combinations: combinations.length };
}
