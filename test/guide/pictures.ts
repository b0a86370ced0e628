import type { Locator, Page } from '@playwright/test';
import { assessmentListSchema, channelListSchema } from '#core/contract/assessment.ts';
import { madeDisplaySchema } from '#core/contract/display.ts';
import { madeKioskSchema } from '#core/contract/kiosk.ts';
import { Respondent } from '../e2e/support/respondent.ts';

/** One picture. `name`: its file without `.png`; `place`: an address of the office’s app. */
interface Picture {
  name: string;
  place: string;
  screen: 'laptop' | 'desk' | 'phone' | 'visitor' | 'counter';
  /** Brings the page to where it is worth a picture. */
  prepare?: (page: Page) => Promise<void>;
  /** What the picture is cut to, all of them in it; the whole screen where left out. */
  cut?: (page: Page) => readonly Locator[];
}

const section = (page: Page, title: string) => page.locator(`section[aria-labelledby="${title}"]`);

/** Another score for the item with the lowest. */
async function tryScore(page: Page): Promise<void> {
  await page.locator('.what-if > summary').click();
  await page.locator('#what-if-item').selectOption('I5');
  await page.locator('#trial-I5').fill('80.00');
}

/** The first assessment's address in the API, and its first channel of a questionnaire: the whole office's, or a department's. */
async function findChannel(page: Page, instrument: string, department: number | null = null) {
  const api = `${new URL(page.url()).origin}/api/v1/assessments`;
  const { assessments } = assessmentListSchema.parse(await (await page.request.get(api)).json());
  const assessment = `${api}/${assessments[0]?.id}`;
  const { channels } = channelListSchema.parse(
    await (await page.request.get(`${assessment}/channels`)).json(),
  );
  const channel = channels.find(
    (each) => each.instrument === instrument && each.department === department,
  );
  if (!channel) throw new Error(`no channel of ${instrument}`);
  return { assessment, channel };
}

/** What an admin makes of the first assessment's first channel of the EIT, by what the page asks of the server. */
async function make(page: Page, path: (code: string) => string, data: (code: string) => unknown) {
  const { assessment, channel } = await findChannel(page, 'eit-2567');
  const made = await page.request.post(`${assessment}/${path(channel.code)}`, {
    data: data(channel.code),
    headers: { origin: new URL(page.url()).origin },
  });
  if (!made.ok()) throw new Error(`${path(channel.code)}: ${made.status()}`);
  return made.json();
}

/** Up to the first question that asks for what should not be. */
async function answerAsStaff(page: Page): Promise<void> {
  const { channel } = await findChannel(page, 'iit-2567', 1);
  const somebody = new Respondent(page, channel);
  await somebody.scan();
  await somebody.press('notice.start');
  await somebody.tapThrough({ I1: 5, I2: 5, I3: 2, I4: 5 });
  await somebody.isAsked('I5');
}

async function openTablet(page: Page): Promise<void> {
  const made = await make(
    page,
    () => 'kiosks',
    (code) => ({ name: 'เคาน์เตอร์ 1', channels: [code], idleSeconds: 45, pin: '290467' }),
  );
  await page.goto(madeKioskSchema.parse(made).link.link);
  await page.locator('.doors').waitFor();
}

async function openDisplay(page: Page): Promise<void> {
  const made = await make(
    page,
    (code) => `channels/${code}/display`,
    () => undefined,
  );
  await page.goto(madeDisplaySchema.parse(made).link);
  await page.locator('.code-qr').waitFor();
}

/** Those of README.md, in its order. */
export const README_PICTURES: readonly Picture[] = [
  { name: 'survey', place: '/admin/channels', screen: 'visitor', prepare: answerAsStaff },
  { name: 'scores', place: '/admin/scores', screen: 'desk' },
];

/** The pictures of docs/admin-guide.th.md, in its order. */
export const PICTURES: readonly Picture[] = [
  { name: 'channels', place: '/admin/channels', screen: 'laptop' },
  {
    name: 'poster',
    place: '/admin/posters?instrument=eit-2567',
    screen: 'laptop',
    cut: (page) => [page.locator('.poster').first()],
  },
  { name: 'kiosk', place: '/admin/kiosks', screen: 'counter', prepare: openTablet },
  {
    name: 'display',
    place: '/admin/channels',
    screen: 'counter',
    prepare: openDisplay,
  },
  {
    name: 'staff-codes',
    place: '/admin/staff-codes',
    screen: 'laptop',
    cut: (page) => [section(page, 'codes-demand'), page.locator('.code-departments > li').first()],
  },
  {
    name: 'life',
    place: '/admin/life',
    screen: 'laptop',
    // Without the fields for a day: how one looks depends on the browser's own language.
    cut: (page) => [section(page, 'life-all')],
  },
  { name: 'overview', place: '/admin', screen: 'laptop' },
  {
    name: 'departments',
    place: '/admin',
    screen: 'laptop',
    cut: (page) => [section(page, 'by-department-eit-2567')],
  },
  { name: 'overview-phone', place: '/admin', screen: 'phone' },
  { name: 'set-aside', place: '/admin/set-aside', screen: 'laptop' },
  {
    name: 'card',
    place: '/admin/scores',
    screen: 'laptop',
    cut: (page) => [page.locator('.card-section')],
  },
  {
    name: 'what-if',
    place: '/admin/scores',
    screen: 'phone',
    prepare: tryScore,
    cut: (page) => [page.locator('.what-if')],
  },
  { name: 'scores-by-department', place: '/admin/scores/departments', screen: 'laptop' },
  { name: 'oit', place: '/admin/oit', screen: 'laptop' },
  { name: 'measures', place: '/admin/measures', screen: 'laptop' },
  { name: 'report', place: '/admin/report', screen: 'laptop' },
  {
    name: 'year-end',
    place: '/admin/life',
    screen: 'laptop',
    cut: (page) => [page.locator('form.card').nth(1), page.locator('.life-deletion')],
  },
  { name: 'people', place: '/admin/people', screen: 'laptop' },
  { name: 'audit', place: '/admin/audit', screen: 'laptop' },
];
