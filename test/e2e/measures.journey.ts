import {
  expect,
  LAPTOP,
  open,
  refusal,
  signIn,
  test,
  thai,
  title,
} from './support/admin-journey.ts';
import { MEASURE } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';

test.use(LAPTOP);

test('a weak item leads to a measure, which is changed, deleted, brought back and carried to the next year', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(412));
  const answers = { I1: 3, I2: 5, I3: 2, I4: 6, I6: 2, I11: 6, I12: 6 };
  await sendAnswers(office, 'iit-2567', people(6, { answers }));
  await signIn(page, office);
  await open(page, office.server, 'scores');
  await page.getByRole('link', { name: `${thai('measures.addFor')} I1`, exact: true }).click();
  await expect(title(page, thai('measures.title'))).toBeVisible();

  const form = page.getByRole('form');
  const cards = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) });
  const act = (key: string, action = MEASURE.action) =>
    page.getByRole('button', { name: `${thai(key)} ${action}`, exact: true });

  await test.step('the form knows the item, and says what is missing', async () => {
    await expect(form.getByLabel(thai('measures.about'))).toHaveValue('I1');
    await expect(form).toContainText('40.00');
    await expect(form.getByLabel(thai('measures.action'))).toBeFocused();
    await act('measures.save', thai('measures.newOne')).click();
    await expect(form.getByText(thai('measures.problems.action-missing'))).toBeVisible();
    await form.getByLabel(thai('measures.action')).fill(MEASURE.action);
    await form.getByLabel(thai('measures.responsible')).fill('ฝ่ายโยธา');
    await form.getByLabel(thai('measures.until')).fill('2025-01-31');
    await act('measures.save', thai('measures.newOne')).click();
    await expect(cards).toHaveCount(1);
    await expect(cards.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(cards).toContainText(thai('measures.overdue'));
    await expect(cards).toContainText(thai('measures.untilDay', { day: '31 มกราคม 2568' }));
    await expect(cards).toContainText('40.00');
  });

  await test.step('loading the page again begins no second one, and I1 is no longer offered', async () => {
    await page.reload();
    await expect(cards).toHaveCount(1);
    await expect(form).toHaveCount(0);
    const offered = page.getByRole('region', { name: thai('measures.weakTitle') });
    await expect(offered.getByRole('listitem')).toHaveText([/^I2/]);
  });

  await test.step('what a colleague wrote meanwhile is not overwritten, nor is what was typed lost', async () => {
    await act('measures.edit').click();
    const { measures } = await (
      await office.request.get(
        `${office.server.url}/api/v1/assessments/${office.assessment.id}/measures`,
      )
    ).json();
    await office.plan({ ...measures[0], responsible: 'ฝ่ายทะเบียน' });
    await form.getByLabel(thai('measures.state')).selectOption('done');
    await form.getByLabel(thai('measures.result')).fill('ติดครบแล้ว');
    await act('measures.save').click();
    await expect(page.getByRole('alert')).toContainText(thai('oit.changedMeanwhile'));
    await expect(form.getByLabel(thai('measures.result'))).toHaveValue('ติดครบแล้ว');
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: thai('nav.scores'), exact: true }).click();
    await expect(title(page, thai('measures.title'))).toBeVisible();
    await page.getByRole('button', { name: thai('oit.refresh') }).click();
    await expect(page.getByText(thai('oit.refreshed'))).toBeVisible();
    await act('measures.save').click();
    await expect(cards).toContainText(thai('measures.states.done'));
    await expect(cards).not.toContainText(thai('measures.overdue'));
    await act('measures.undo').click();
    await expect(cards).toContainText('ฝ่ายทะเบียน');
    await expect(act('measures.edit')).toBeFocused();
  });

  await test.step('a measure is deleted and brought back', async () => {
    await act('measures.remove').click();
    await expect(act('measures.undo')).toBeFocused();
    await expect(act('measures.edit')).toHaveCount(0);
    await act('measures.undo').click();
    await expect(act('measures.edit')).toBeFocused();
    await page.getByLabel(thai('measures.state')).selectOption('dropped');
    await page.getByRole('button', { name: thai('states.showAll'), exact: true }).click();
    await expect(cards).toHaveCount(1);
  });

  await test.step('what a colleague wrote after one is neither taken back nor overwritten', async () => {
    const { url } = office.server;
    const stored = async () => {
      const path = `${url}/api/v1/assessments/${office.assessment.id}/measures`;
      const [measure] = (await (await office.request.get(path)).json()).measures;
      return measure;
    };
    await act('measures.edit').click();
    await form.getByLabel(thai('measures.responsible')).fill('ฝ่ายของฉัน');
    await act('measures.save').click();
    await expect(act('measures.undo')).toBeVisible();
    const theirs = { ...(await stored()), responsible: 'ฝ่ายของเพื่อน' };
    await office.plan(theirs);
    await act('measures.undo').click();
    await expect(page.getByRole('alert')).toContainText(thai('measures.stale.saved'));
    expect((await stored()).responsible).toBe('ฝ่ายของเพื่อน');
    await page.getByRole('button', { name: thai('oit.refresh') }).click();
    await expect(cards).toContainText('ฝ่ายของเพื่อน');
    await expect(act('measures.edit')).toBeFocused();
    await expect(act('measures.undo')).toHaveCount(0);

    // Deleted, brought back by somebody else and changed by them.
    await act('measures.remove').click();
    await expect(act('measures.undo')).toBeFocused();
    await office.plan({ ...theirs, responsible: 'ฝ่ายอื่น' });
    await act('measures.undo').click();
    await expect(page.getByRole('alert')).toContainText(thai('measures.stale.removed'));
    expect((await stored()).responsible).toBe('ฝ่ายอื่น');
    await page.getByRole('button', { name: thai('oit.refresh') }).click();
    await expect(cards).toHaveCount(1);
    await expect(cards).toContainText('ฝ่ายอื่น');
  });

  await test.step('the next year has it, planned and without days', async () => {
    await open(page, office.server, 'life');
    await page.getByRole('button', { name: thai('life.copyAct'), exact: true }).click();
    await expect(page.getByText(thai('life.copied', { year: 2569 }))).toBeVisible();
    await page.getByRole('link', { name: thai('nav.measures'), exact: true }).click();
    await expect(cards).toContainText(MEASURE.action);
    await expect(cards).toContainText(thai('measures.states.planned'));
    await expect(cards).toContainText(`${thai('card.year', { year: 2568 })}: 40.00`);
    await expect(cards).not.toContainText('มกราคม');
  });
});
