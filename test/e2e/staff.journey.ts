import { expect, test } from './support/journey.ts';
import { questionsOf, Respondent } from './support/respondent.ts';
import { storedResponses } from './support/stored-responses.ts';

const IIT = 'iit-2567';
const CITY_LAW_ENFORCEMENT = 4;

const ANSWERS = {
  I1: 5,
  I2: 4,
  I3: 2,
  I4: 6,
  I5: 1,
  I6: 2,
  I7: 2,
  I8: 1,
  I9: 3,
  I10: 1,
  I11: 5,
  I12: 4,
  age: 4,
  position: 2,
  gender: null,
  workyear: null,
};

/** Items that ask about something that should not happen. */
const NEGATIVE = ['I3', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'];

test('a staff member answers by taps, and every item about what should not happen says so in words and shape', async ({
  page,
  office,
  server,
}) => {
  const staff = new Respondent(page, office.channel(IIT, CITY_LAW_ENFORCEMENT));
  expect(questionsOf(staff.channel)).toEqual(Object.keys(ANSWERS));
  await staff.scan();
  await expect(page.getByText(staff.words.survey('notice.whyStaff'))).toBeVisible();
  await staff.press('notice.start');

  const warning = staff.words.survey('question.negative');
  const label = page.getByText(warning, { exact: true });
  for (const [code, option] of Object.entries(ANSWERS)) {
    await staff.isAsked(code);
    const isNegative = NEGATIVE.includes(code);
    await expect(label).toHaveCount(isNegative ? 1 : 0);
    await expect(label.locator('svg')).toHaveCount(isNegative ? 1 : 0);
    // A screen reader hears it as a part of the question.
    if (isNegative) await expect(staff.heading).toContainText(warning);
    else await expect(staff.heading).not.toContainText(warning);
    await staff.tap(code, option);
  }

  await staff.sees('review.heading');
  const marks = page.getByRole('listitem').filter({ has: page.locator('.review-question svg') });
  await expect(marks).toHaveCount(NEGATIVE.length);
  await staff.press('review.send');
  await staff.isTold('sent');

  const { age, position, gender, workyear, ...answers } = ANSWERS;
  expect(await storedResponses(server)).toEqual([
    expect.objectContaining({
      instrument: IIT,
      answers,
      respondent: { age, position, gender, workyear, department: CITY_LAW_ENFORCEMENT },
    }),
  ]);
  expect(await office.received(IIT)).toBe(1);
});
