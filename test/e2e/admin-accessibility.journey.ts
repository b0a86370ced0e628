import type { Page } from '@playwright/test';
import type { Language } from '#core/contract/language.ts';
import {
  chooseLanguage,
  expect,
  LAPTOP,
  open,
  refusal,
  signIn,
  test,
  thai,
} from './support/admin-journey.ts';
import { adminWords } from './support/admin-words.ts';
import {
  accessibility,
  accessibilityButContrast,
  darkContrast,
  inLargeLetters,
  keyboard,
  largeLetters,
  narrowness,
  touchTargets,
} from './support/look.ts';
import { ADMIN, MEASURE, type Office } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';
import type { ServerProcess } from './support/server.ts';
import { conflict, quarantine, reportDevice } from './support/troubles.ts';

/** What is looked at on every page; says what is wrong. */
type Look = (page: Page) => Promise<string[]>;

const LOOKS: { name: string; language: Language; use: object; looks: Look[] }[] = [
  {
    name: 'in Thai on a phone',
    language: 'th',
    use: {},
    looks: [accessibility, narrowness, largeLetters, touchTargets],
  },
  {
    name: 'in English on a phone',
    language: 'en',
    use: {},
    looks: [accessibilityButContrast, narrowness],
  },
  {
    name: 'in Chinese on a phone',
    language: 'zh',
    use: {},
    looks: [accessibilityButContrast, narrowness],
  },
  {
    name: 'in Burmese on a phone',
    language: 'my',
    use: {},
    looks: [accessibilityButContrast, narrowness, largeLetters],
  },
  {
    name: 'in Thai on a laptop, with the keyboard',
    language: 'th',
    use: LAPTOP,
    looks: [accessibility, darkContrast, largeLetters, keyboard],
  },
];

/** What a walk goes through; `look` is called on each page. */
interface Walk {
  page: Page;
  language: Language;
  look: (place: string) => Promise<void>;
}

function walker({ page, language, look }: Walk) {
  const words = adminWords(language);
  const seen = async (place: string, heading: string) => {
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    await look(place);
  };
  return { words, seen };
}

/** From the link of the first account to an office that nobody has answered yet. */
async function walkTheBeginning(walk: Walk, server: ServerProcess): Promise<void> {
  const { page, language, look } = walk;
  const { words, seen } = walker(walk);

  await page.goto(server.setUpLink);
  await chooseLanguage(page, language);
  await seen('set-up', words('setUp.title'));
  await page.getByRole('button', { name: words('setUp.button') }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('set-up with problems');
  await open(page, server);
  await seen('sign-in', words('signIn.title'));

  await page.goto(server.setUpLink);
  await page.getByRole('textbox', { name: words('account.name') }).fill(ADMIN.name);
  await page.getByLabel(words('account.newPassword'), { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: words('setUp.button') }).click();
  await seen('new assessment: office', words('newAssessment.officeTitle'));
  await page.getByRole('textbox', { name: words('office.name') }).fill('สำนักงานเขตบางรัก');
  await page.getByLabel(words('office.year')).fill('2568');
  await page.getByRole('button', { name: words('newAssessment.next') }).click();
  await seen('new assessment: departments', words('newAssessment.departmentsTitle'));
  const department = page.getByRole('textbox', { name: words('departments.name') });
  await department.last().fill('ฝ่ายพัฒนาดิจิทัล');
  await expect(page.getByText(words('names.othersRemoved'))).toBeVisible();
  await look('new assessment: a department by another name');
  await page.getByRole('button', { name: words('newAssessment.create') }).click();
  await seen('channels', words('channels.title'));
  await open(page, server, 'staff-codes');
  await seen('codes of the staff', words('staffCodes.title'));

  await page.goto(server.setUpLink);
  await seen('used set-up link', words('setUp.usedTitle'));
  await open(page, server);
  await seen('overview, nobody yet', words('overview.nobodyTitle'));
  await open(page, server, 'scores');
  await seen('scores, nobody yet', words('overview.nobodyTitle'));
}

/** Through the figures, from the first few answers on. */
async function walkTheFigures(walk: Walk, office: Office): Promise<void> {
  const { page } = walk;
  const { server } = office;
  const { words, seen } = walker(walk);

  await sendAnswers(office, 'iit-2567', people(4, { department: 1 }));
  await sendAnswers(office, 'eit-2567', people(4, { department: 1 }));
  await open(page, server, 'scores');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await seen('scores, too few', words('scores.title'));

  await sendAnswers(office, 'iit-2567', people(8, { department: 2, answers: { I5: 6, I1: 4 } }));
  await sendAnswers(office, 'eit-2567', people(7, { department: 3, language: 'my' }));
  await open(page, server, 'scores');
  await expect(page.getByRole('article').first()).toBeVisible();
  for (const table of await page.locator('summary').all()) await table.click();
  await seen('scores', words('scores.title'));
  for (const by of ['departments', 'services', 'respondents', 'quality']) {
    await open(page, server, `scores/${by}`);
    await expect(page.getByRole('table').first()).toBeVisible();
    await seen(`scores by ${by}`, words('scores.title'));
  }
  await open(page, server, 'figures');
  await expect(page.getByLabel('ITA', { exact: true })).toBeVisible();
  for (const fold of await page.locator('summary').all()) await fold.click();
  await seen('figures', words('figures.title'));
  await open(page, server);
  await expect(page.getByRole('table').first()).toBeVisible();
  await seen('overview', words('overview.title'));
}

/** Through what an admin does besides: what is stuck, paper and tablets, the checklist, the settings, the end of a year. */
async function walkTheWork(walk: Walk, office: Office): Promise<void> {
  const { page } = walk;
  const { server } = office;
  const { words, seen } = walker(walk);

  await open(page, server, 'set-aside');
  await seen('nothing set aside', words('setAside.onServer'));
  await quarantine(office, 3);
  await conflict(office);
  await reportDevice(office, {
    channel: office.channel('iit-2567', 1).code,
    waiting: 3,
    refused: 2,
    oldestWaitingHours: 70,
    refusedBecause: ['item-missing'],
    isStorageNearlyFull: true,
  });
  await page.reload();
  await page.getByLabel(words('import.pick')).setInputFiles({
    name: 'damaged.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{'),
  });
  await expect(page.getByText(words('import.wrong.damaged'))).toBeVisible();
  await seen('set aside', words('setAside.conflicts'));
  await page.getByRole('button', { name: words('deliveries.gone') }).click();
  await expect(page.getByRole('button', { name: words('deliveries.takeBack') })).toBeFocused();
  await seen('a device written off', words('setAside.title'));
  await page.getByRole('button', { name: words('deliveries.takeBack') }).click();
  await expect(page.getByRole('button', { name: words('deliveries.gone') })).toBeVisible();
  await open(page, server);
  await expect(page.getByRole('link', { name: words('alarms.what') })).toBeVisible();
  await seen('overview with an alarm', words('overview.title'));

  await open(page, server, `posters?code=${office.channel('eit-2567', 1).code}`);
  await seen('posters', words('posters.title'));
  await office.makeKiosk([office.channel('eit-2567', 1)], '290467');
  await open(page, server, 'kiosks');
  await page.getByRole('button', { name: words('kiosks.make') }).click();
  await expect(page.getByText(words('kiosks.wrong.channels'))).toBeVisible();
  await seen('kiosks', words('kiosks.list'));
  await open(page, server, 'oit');
  await expect(page.getByRole('button', { name: `${words('oit.edit')} O22` })).toBeVisible();
  await page.locator('summary').click();
  await seen('OIT', words('oit.title'));
  await office.plan(MEASURE);
  await open(page, server, 'measures');
  await page.getByRole('button', { name: words('measures.add'), exact: true }).click();
  await page.getByRole('button', { name: words('measures.save') }).click();
  await expect(page.getByText(words('measures.problems.action-missing'))).toBeVisible();
  await seen('measures', words('measures.title'));
  await open(page, server, 'settings');
  await seen('settings', words('settings.title'));
  await open(page, server, 'life');
  await seen('life', words('life.now'));
  await page.getByRole('button', { name: words('life.acts.close'), exact: true }).click();
  await expect(page.getByRole('button', { name: words('life.undo') })).toBeVisible();
  await page.getByRole('button', { name: words('life.copyAct') }).click();
  await expect(page.locator('#delete-year')).toBeVisible();
  await page.getByRole('button', { name: words('life.deleteAct') }).click();
  await seen('life, with a year not typed', words('life.delete'));
  await page.locator('#delete-year').fill('2569');
  await page.getByRole('button', { name: words('life.deleteAct') }).click();
  await seen('life, with a deleted year', words('life.deletedTitle'));
  await open(page, server, 'nowhere');
  await seen('unknown page', words('unknown.title'));
}

/** Goes on a walk and looks at each of its pages in these ways. */
async function lookOn(
  { page, language, looks }: Omit<Walk, 'look'> & { looks: readonly Look[] },
  go: (walk: Walk) => Promise<void>,
): Promise<void> {
  const found: string[] = [];
  async function look(place: string) {
    for (const one of looks) found.push(...(await one(page)).map((told) => `${place}: ${told}`));
  }
  await go({ page, language, look });
  expect(found).toEqual([]);
}

for (const { name, language, use, looks } of LOOKS)
  test.describe(name, () => {
    test.use(use);
    test.setTimeout(150_000);

    const walks: [string, (walk: Walk, office: Office) => Promise<void>][] = [
      ['of the figures', walkTheFigures],
      ['of the work', walkTheWork],
    ];

    test(`every page of the beginning can be used by everybody ${name}`, async ({
      page,
      server,
      complaints,
    }) => {
      complaints.expect(refusal(410));
      await lookOn({ page, language, looks }, (walk) => walkTheBeginning(walk, server));
    });

    for (const [part, go] of walks)
      test(`every page ${part} can be used by everybody ${name}`, async ({ page, office }) => {
        await signIn(page, office);
        await open(page, office.server);
        await chooseLanguage(page, language);
        await lookOn({ page, language, looks }, (walk) => go(walk, office));
      });
  });

test('in letters twice as large the head keeps its mark, its language and its way out', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'account');
  const brand = page.locator('.shell .brand');
  const language = page.locator('#shell-language');
  const leave = page.locator('.shell-account button');
  await expect(leave).toBeVisible();
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));

  expect(await brand.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThanOrEqual(72);
  expect(await language.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThanOrEqual(140);
  expect(await leave.evaluate(({ clientHeight }) => clientHeight)).toBeLessThanOrEqual(100);
});

test('the pages that no walk goes through have room for letters twice as large', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  const found: string[] = [];
  for (const place of ['people', 'audit', 'account', 'organizations', 'organizations-import']) {
    await open(page, office.server, place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(thai('states.loading'))).toBeHidden();
    found.push(...(await largeLetters(page)).map((told) => `${place}: ${told}`));
  }
  expect(found).toEqual([]);
});

test('in letters twice as large no bar of pages lies over what one reads', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'settings');
  const bar = page.locator('.shell-nav');
  // The page has its length.
  await expect(page.getByRole('button', { name: thai('settings.save') })).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(bar).toBeInViewport();
  await inLargeLetters(page, async () => {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(bar).not.toBeInViewport();
    await page.evaluate(() => scrollTo(0, 0));
    await expect(bar).toBeInViewport();
  });
});
