// The same product on PostgreSQL, behind which two server processes stand: one takes what another gave out.
import { expect, LAPTOP, open, signIn, test as journey } from './support/admin-journey.ts';
import { untilReadyForOffline } from './support/device.ts';
import { Respondent } from './support/respondent.ts';
import { tellOfNetwork } from './support/sending.ts';
import { ServerProcess } from './support/server.ts';

const EIT = 'eit-2567';
const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const IIT = 'iit-2567';
const DEPARTMENT = 4;
const ITEMS = { I1: 5, I2: 4, I3: 2, I4: 6, I5: 1, I6: 2, I7: 2, I8: 1, I9: 3, I10: 1, I11: 5 };
const OF_STAFF = { ...ITEMS, I12: 4, age: null, position: null, gender: null, workyear: null };

/** `other`: another process on the database, in which the first has made the tables. */
const test = journey.extend<{ other: ServerProcess }>({
  databaseUrl: async ({ cluster }, use) => use((await cluster?.newDatabase()) ?? ''),
  other: async ({ office, databaseUrl }, use) => {
    // Of the same office, which `office` has set up.
    expect(office.channels.length).toBeGreaterThan(0);
    const other = await ServerProcess.create({ DATABASE_URL: databaseUrl });
    await use(other);
    await other.remove();
  },
});

test.use({ database: 'postgres' });

test('on PostgreSQL what is answered at one process while it is down is sent later, and the office sees it at the other', async ({
  page,
  office,
  other,
  complaints,
  browser,
  contextOptions,
}) => {
  complaints.networkIsCut = true;
  const channel = office.channel(EIT, 1);
  const visitor = new Respondent(page, {
    ...channel,
    url: channel.url.replace(office.server.url, other.url),
  });
  await visitor.scan();
  await untilReadyForOffline(page);
  await other.stop('SIGKILL');
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  await other.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await office.received(EIT)).toBe(1);

  const context = await browser.newContext({ ...contextOptions, ...LAPTOP });
  const admin = await context.newPage();
  complaints.listenTo(admin);
  await signIn(admin, office);
  await open(admin, office.server);
  const card = admin.getByRole('region', { name: /^EIT แบบวัด/ });
  await expect(card.getByText('1', { exact: true })).toBeVisible();
  await context.close();
});

test('on PostgreSQL a slip opens once at whichever process, for the page and for the form without scripts', async ({
  page,
  office,
  other,
}) => {
  const { codes } = await office.makeStaffCodes(DEPARTMENT, 2);
  const channel = office.channel(IIT, DEPARTMENT);
  const staff = new Respondent(page, channel);
  await page.goto(`${channel.url}#c=${codes[0]}`);
  await staff.answerAndSend(OF_STAFF);
  await staff.isTold('sent');

  /** Fills in the form that the other process gives out, with that code; resolves to the status of the answer. */
  async function fillIn(code: string | undefined): Promise<number> {
    const form = `${other.url}/s/${channel.code}/form?lang=th`;
    const html = await (await office.request.get(form)).text();
    const id = /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const fields = Object.entries({ ...OF_STAFF, code, id, lang: 'th' }).map(
      ([name, value]) => [name, String(value ?? '')] as const,
    );
    const sent = { form: Object.fromEntries(fields), maxRedirects: 0 };
    return (await office.request.post(form, sent)).status();
  }
  expect(await fillIn(codes[0])).toBe(422);
  expect(await fillIn(codes[1])).toBe(303);
  expect(await office.received(IIT)).toBe(2);
  expect(await office.participation()).toMatchObject({ uncounted: 1 });
});
