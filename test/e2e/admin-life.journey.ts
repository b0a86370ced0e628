import type { Browser, Page } from '@playwright/test';
import { assessmentListSchema, type ChannelSummary } from '#core/contract/assessment.ts';
import { addDays, dayInBangkok } from '#core/life/day.ts';
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
import type { Office } from './support/office.ts';
import { Respondent } from './support/respondent.ts';

const EIT = 'eit-2567';
const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

/** Somebody with a phone of their own, which has never been here. */
async function newVisitor(browser: Browser, channel: ChannelSummary): Promise<Respondent> {
  const context = await browser.newContext({ locale: 'th-TH' });
  return new Respondent(await context.newPage(), channel);
}

const card = (page: Page) => page.getByRole('region', { name: thai('life.now') });

/** Waits until the page says that the assessment is in that state. */
async function isNow(page: Page, state: 'draft' | 'open' | 'closed' | 'archived'): Promise<void> {
  await expect(card(page).locator('.life-mark')).toHaveText(thai(`life.states.${state}`));
  await expect(page.getByRole('banner')).toContainText(thai(`life.states.${state}`));
}

async function press(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: thai(key), exact: true }).click();
}

async function assessmentsOf(office: Office) {
  const reply = await office.request.get(`${office.server.url}/api/v1/assessments`);
  return assessmentListSchema.parse(await reply.json()).assessments;
}

/** As an admin corrects it in the settings. */
async function changeYear(office: Office, id: string, fiscalYear: number): Promise<void> {
  const { id: _id, life: _life, deletedOn: _day, ...draft } = office.assessment;
  const reply = await office.request.put(`${office.server.url}/api/v1/assessments/${id}`, {
    data: { ...draft, fiscalYear },
    headers: { origin: office.server.url },
  });
  expect(reply.status()).toBe(200);
}

test('closing turns new visitors away politely and takes what was begun or finished before', async ({
  page,
  office,
  browser,
}) => {
  const channel = office.channel(EIT, 1);
  const inTheMiddle = await newVisitor(browser, channel);
  await inTheMiddle.scan();
  await inTheMiddle.press('notice.start');
  const { E4, E5, E6, ...first } = ANSWERS;
  await inTheMiddle.hurryThrough({ service: first.service, E1: first.E1 });

  const offline = await newVisitor(browser, channel);
  await offline.scan();
  await offline.page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await offline.page.context().setOffline(true);
  await offline.answerAndSend(ANSWERS);
  await offline.isTold('kept');

  await signIn(page, office);
  await open(page, office.server, 'life');
  await isNow(page, 'open');
  await press(page, 'life.acts.close');
  await isNow(page, 'closed');

  await test.step('a phone that comes now sees the polite page, in four languages', async () => {
    const late = await newVisitor(browser, channel);
    await late.page.goto(channel.url);
    await late.sees('closed.heading');
    for (const language of ['en', 'zh', 'my', 'th'] as const) {
      await late.choosesLanguage(language);
      await late.sees('closed.heading');
      await expect(late.page.getByText(late.words.survey('closed.text'))).toBeVisible();
    }
    await expect(late.button('notice.start')).toHaveCount(0);
  });

  await test.step('what was begun goes on, also when the page is loaded again', async () => {
    await inTheMiddle.page.reload();
    await inTheMiddle.sees('resume.heading');
    await inTheMiddle.press('resume.continue');
    await inTheMiddle.hurryThrough({ E2: first.E2, E3: first.E3, E4, E5, E6, ...ABOUT });
    await inTheMiddle.press('review.send');
    await inTheMiddle.isTold('sent');
    await inTheMiddle.press('finished.again');
    await inTheMiddle.sees('closed.heading');
  });

  await test.step('what waited without network arrives', async () => {
    expect(await office.received(EIT)).toBe(1);
    await offline.page.context().setOffline(false);
    await expect.poll(async () => office.received(EIT)).toBe(2);
  });

  await press(page, 'life.undo');
  await isNow(page, 'open');
  await (await newVisitor(browser, channel)).scan();
});

test('an assessment opens and closes by itself on its days', async ({ page, office, browser }) => {
  const channel = office.channel(EIT, 1);
  const today = dayInBangkok(Date.now());
  await signIn(page, office);
  await open(page, office.server, 'life');
  await press(page, 'life.acts.to-draft');
  await isNow(page, 'draft');
  const opensOn = page.getByLabel(thai('life.opensOn'));
  const closesOn = page.getByLabel(thai('life.closesOn'));
  await opensOn.fill('2031-01-06');
  await closesOn.fill('2031-01-05');
  await press(page, 'life.saveDates');
  await expect(page.getByText(thai('life.datesOrder'))).toBeVisible();
  await closesOn.fill('2031-04-30');
  await press(page, 'life.saveDates');
  await expect(card(page)).toContainText(thai('life.coming.open', { day: '6 มกราคม 2574' }));

  const early = await newVisitor(browser, channel);
  await early.page.goto(channel.url);
  await early.sees('upcoming.heading');
  await expect(early.page.getByText('6 มกราคม 2574')).toBeVisible();

  await opensOn.fill(addDays(today, -1));
  // Not today, which may be over before the test is.
  await closesOn.fill(addDays(today, 1));
  await press(page, 'life.saveDates');
  await isNow(page, 'open');
  await (await newVisitor(browser, channel)).scan();

  await closesOn.fill(addDays(today, -1));
  await press(page, 'life.saveDates');
  await isNow(page, 'closed');
  await early.page.reload();
  await early.sees('closed.heading');

  await press(page, 'life.acts.reopen');
  await isNow(page, 'open');
  // The day that was over is taken out: whoever saves the days anew closes nothing by it.
  await expect(closesOn).toHaveValue('');
  await (await newVisitor(browser, channel)).scan();

  await closesOn.fill('2031-04-30');
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: thai('nav.overview'), exact: true }).click();
  await expect(closesOn).toHaveValue('2031-04-30');
});

test('what is archived is looked at and not changed', async ({ page, office, complaints }) => {
  complaints.expect(refusal(409));
  await signIn(page, office);
  // Somebody who was typing when another archived it is told so.
  await open(page, office.server, 'settings');
  const name = page.getByRole('textbox', { name: thai('office.name'), exact: true });
  const save = page.getByRole('button', { name: thai('settings.save'), exact: true });
  await name.fill('ชื่ออื่น');
  await office.live({ ...office.assessment.life, state: 'closed' });
  await office.live({ ...office.assessment.life, state: 'archived' });
  await save.click();
  await expect(page.getByRole('alert')).toContainText(thai('problems:assessment-archived'));
  await page.getByRole('button', { name: thai('settings.discard') }).click();

  await page.reload();
  await expect(name).toBeDisabled();
  await expect(page.getByRole('button', { name: thai('departments.add') })).toBeDisabled();
  await page.getByLabel(thai('departments.search')).fill('ฝ่ายทะเบียน');
  await expect(page.locator('.department')).toHaveCount(1);
  await expect(save).toHaveCount(0);
  await open(page, office.server, 'figures');
  const assessorScore = page.getByLabel(thai('figures.assessorScore'), { exact: true });
  await expect(assessorScore).toBeDisabled();
  await expect(save).toHaveCount(0);
  // Nothing is offered that the server would not take.
  const note = page.getByText(thai('life.note.archived'));
  await open(page, office.server, 'channels');
  await expect(note).toBeVisible();
  await expect(page.getByText(thai('channels.open'), { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(0);
  await open(page, office.server, 'staff-codes');
  await expect(note).toBeVisible();
  await expect(page.getByText(thai('staffCodes.noneMade')).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await open(page, office.server, 'life');
  await isNow(page, 'archived');
  await press(page, 'life.acts.unarchive');
  await isNow(page, 'closed');
});

test.describe('at a desk', () => {
  test.use(LAPTOP);

  test('the next year is prepared, and a year is deleted and brought back', async ({
    page,
    office,
    browser,
    complaints,
  }) => {
    complaints.expect(refusal(409));
    const channel = office.channel(EIT, 1);
    await signIn(page, office);
    await open(page, office.server, 'life');
    await press(page, 'life.copyAct');
    await expect(page.getByText(thai('life.copied', { year: 2569 }))).toBeVisible();
    await isNow(page, 'draft');
    const top = title(page, thai('life.title'));
    await expect(top).toBeFocused();
    const [copy, original] = await assessmentsOf(office);
    expect(copy?.departments).toEqual(original?.departments);
    await page.getByRole('link', { name: thai('nav.channels') }).click();
    await expect(page.getByText(thai('life.note.draft'))).toBeVisible();
    await expect(page.getByRole('heading', { level: 3 })).toHaveCount(24);

    await open(page, office.server, 'life');
    const years = page.getByLabel(thai('app.assessment'), { exact: true });
    await years.selectOption(original?.id ?? '');
    await isNow(page, 'open');
    await press(page, 'life.copyAct');
    await expect(page.getByRole('alert')).toHaveText(thai('problems:year-taken'));

    const typed = page.getByLabel(thai('life.deleteYear', { year: 2568 }));
    await typed.fill('2569');
    await press(page, 'life.deleteAct');
    await expect(page.getByText(thai('life.deleteWrong', { year: 2568 }))).toBeVisible();
    await expect(typed).toBeFocused();
    expect(await assessmentsOf(office)).toHaveLength(2);
    await typed.fill('๒๕๖๘');
    await press(page, 'life.deleteAct');
    await isNow(page, 'draft');
    await expect(top).toBeFocused();
    expect(await assessmentsOf(office)).toEqual([copy]);
    const visitor = await newVisitor(browser, channel);
    await visitor.page.goto(channel.url);
    await visitor.sees('closed.heading');

    const deleted = page.getByRole('region', { name: thai('life.deletedTitle') });
    const bringBack = deleted.getByRole('button', { name: thai('life.bringBack') });
    // Not beside another one of its year.
    await changeYear(office, copy?.id ?? '', 2568);
    await bringBack.click();
    await expect(deleted.getByRole('alert')).toHaveText(thai('life.backTaken', { year: 2568 }));
    await changeYear(office, copy?.id ?? '', 2569);
    await bringBack.click();
    await isNow(page, 'open');
    await expect(page.getByText(thai('life.broughtBack', { year: 2568 }))).toBeVisible();
    await expect(top).toBeFocused();
    expect(await assessmentsOf(office)).toEqual([copy, original]);
    await visitor.page.reload();
    await visitor.sees('notice.heading');
  });

  test('another assessment begins as a draft, unless it is to open at once', async ({
    page,
    office,
  }) => {
    await signIn(page, office);
    await open(page, office.server, 'new');
    const year = page.getByLabel(thai('office.year'));
    const name = page.getByRole('textbox', { name: thai('office.name') });
    // The year that there is, of the office that has it.
    await year.fill('2568');
    await name.fill(office.assessment.organization.th);
    await press(page, 'newAssessment.next');
    await expect(year).toHaveAccessibleDescription(new RegExp(thai('problems:year-taken')));
    await year.fill('2569');
    await name.fill('สำนักงานเขตบางรัก');
    await press(page, 'newAssessment.next');
    const draft = page.getByLabel(thai('newAssessment.begin.draft'));
    await expect(draft).toBeChecked();
    await page.getByText(thai('newAssessment.begin.open'), { exact: true }).click();
    await page.getByRole('link', { name: thai('newAssessment.back') }).click();
    await press(page, 'newAssessment.next');
    await expect(draft, 'what was chosen stays').not.toBeChecked();
    await page.getByText(thai('newAssessment.begin.draft'), { exact: true }).click();
    await press(page, 'newAssessment.create');
    await expect(page.getByText(thai('newAssessment.created.draft'))).toBeVisible();
    await expect(page.getByText(thai('life.note.draft'))).toBeVisible();
  });

  test('whoever deletes the only year can still bring it back', async ({ page, office }) => {
    await signIn(page, office);
    await open(page, office.server, 'life');
    await page.getByLabel(thai('life.deleteYear', { year: 2568 })).fill('2568');
    await press(page, 'life.deleteAct');
    await expect(title(page, thai('newAssessment.officeTitle'))).toBeVisible();
    await expect(page.getByText(thai('life.deleted', { year: 2568, day: '' }))).toBeVisible();
    await page.getByRole('button', { name: thai('life.bringBack') }).click();
    await isNow(page, 'open');
  });
});
