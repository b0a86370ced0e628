import { describe, expect, test } from 'vitest';
import { draftFromForm } from '#core/flow/from-form.ts';
import { questionsOf, stepName } from '#core/flow/steps.ts';
import { channelOf } from './channels.ts';

const EIT = channelOf('eit-2567', { department: 1 });

const chosenEverywhere = Object.fromEntries(
  questionsOf(EIT).map((question) => [stepName(question), '1']),
);

describe('a form that has every question at once', () => {
  test('becomes the answers of a person, whatever the order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(chosenEverywhere).toReversed());
    for (const chosen of [chosenEverywhere, reversed]) {
      const { draft, missing, foreign } = draftFromForm(EIT, chosen);
      // The kind of service words E3, whose answer in the same form is meant for it.
      expect(draft.answers).toMatchObject({ E1: 1, E3: 1, E6: 1 });
      expect(draft.respondent).toMatchObject({ department: 1, service: 1, age: 1 });
      expect([missing, foreign]).toEqual([[], []]);
    }
  });

  test('would rather not say is an answer about oneself, and none to an item', () => {
    const chosen = { ...chosenEverywhere, age: '', E2: '' };
    const { draft, missing } = draftFromForm(EIT, chosen);
    expect(draft.respondent['age']).toBeNull();
    expect(missing).toEqual(['E2']);
  });

  test('names what is missing in the order of the questions, and what is no question of the channel', () => {
    const { E4: _, service: __, ...rest } = chosenEverywhere;
    const { missing, foreign } = draftFromForm(EIT, { ...rest, department: '6', I1: '1' });
    expect(missing).toEqual(['service', 'E4']);
    expect(foreign).toEqual(['department', 'I1']);
  });
});
