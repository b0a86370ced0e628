import type { Page } from '@playwright/test';
import { expect, LAPTOP, open, refusal, signIn, test, thai } from './support/admin-journey.ts';
import { ADMIN, MEASURE, type Office } from './support/office.ts';
import { addAuthenticator } from './support/passkey-device.ts';
import { Respondent } from './support/respondent.ts';

/** Runs as soon as it is taken for markup anywhere; `of` says which text it was typed into. */
const markup = (of: string) =>
  `${of}"'></option></title></textarea><img src=x class=pwned onerror="window.pwned='${of}'"><script>window.pwned='${of}'</script>`;

/** Short enough for the name of a thing. */
const shortMarkup = (of: string) => `${of}<img src=x class=pwned onerror=window.pwned=1>`;

const PIN = '290467';

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

/** Types it wherever an office can type a text of its own. */
async function typeEverywhere({ assessment, request, server }: Office): Promise<void> {
  const { id, life: _life, deletedOn: _deletedOn, ...draft } = assessment;
  const path = `${server.url}/api/v1/assessments/${id}`;
  const put = async (place: string, data: object) => {
    const reply = await request.put(path + place, { data, headers: { origin: server.url } });
    if (!reply.ok()) throw new Error(`${place}: ${reply.status()} ${await reply.text()}`);
  };
  const name = (of: string) => ({ th: markup(of), en: markup(of) });
  await put('', {
    ...draft,
    organization: name('organization'),
    departments: draft.departments.map((one) => ({ ...one, name: name('department') })),
    complaints: [
      { name: name('complaint'), address: 'https://complain.example/?q="onmouseover=alert(1)' },
    ],
  });
  await put(`/measures/${MEASURE.id}`, {
    ...MEASURE,
    action: markup('action'),
    steps: markup('steps'),
    responsible: markup('who').slice(0, 200),
    followUp: markup('follow-up'),
    result: markup('result'),
  });
  await put('/oit/entries/O1', {
    item: 'O1',
    urls: ['https://office.example/?q=%3Cscript%3E"onmouseover=alert(1)'],
    responsible: markup('who').slice(0, 200),
    note: markup('note'),
    state: 'in-work',
    due: '2024-01-01',
    points: null,
  });
}

/** Adds a passkey on the page of one's own account. */
async function addPasskey(page: Page, name: string): Promise<void> {
  const press = (key: string) => page.getByRole('button', { name: thai(key), exact: true }).click();
  const section = page.getByRole('region', { name: thai('passkeys.title') });
  await press('passkeys.add');
  await section.getByLabel(thai('passkeys.name')).fill(name);
  const password = section.getByLabel(thai('ownAccount.currentPassword'), { exact: true });
  await password.fill(ADMIN.password);
  await press('passkeys.goOn');
  await expect(section.getByRole('listitem')).toContainText(name);
}

/** Nothing of what was typed is more than text on the page that is open. */
async function expectOnlyText(page: Page, place: string): Promise<void> {
  const found = await page.evaluate(() => ({
    pwned: (window as { pwned?: string }).pwned ?? null,
    elements: document.querySelectorAll('.pwned, [onerror], [onload], [onmouseover]').length,
    scripts: [...document.scripts].filter(
      ({ src, type }) => src === '' && type !== 'application/json',
    ).length,
    links: [...document.links].filter(({ protocol }) => !/^https?:$/.test(protocol)).length,
  }));
  expect({ place, ...found }).toEqual({ place, pwned: null, elements: 0, scripts: 0, links: 0 });
}

test.describe('on a laptop', () => {
  test.use(LAPTOP);

  // What the policy of the pages stops is a console error, which fails every journey.
  test('markup in every text of an office and in every address stays text on every page', async ({
    page,
    server,
    office,
    complaints,
  }) => {
    complaints.expect(refusal(404));
    complaints.expect(refusal(410));
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await typeEverywhere(office);
    await office.makeKiosk([office.channel('eit-2567', 1)], PIN, shortMarkup('tablet'));
    await addAuthenticator(page);
    await signIn(page, office);

    for (const [place, typed] of [
      ['', 'organization'],
      ['channels', 'department'],
      ['posters', 'department'],
      ['scores', 'organization'],
      ['scores/departments', 'organization'],
      ['figures', 'organization'],
      ['oit', 'organization'],
      ['measures', 'action'],
      ['report', 'action'],
      ['kiosks', 'tablet'],
      ['staff-codes', 'department'],
      ['settings', 'organization'],
      ['life', 'organization'],
      ['audit', 'organization'],
      ['people', 'organization'],
      ['account', 'organization'],
    ] as const) {
      await open(page, server, place);
      await expect(page.locator('body')).toContainText(
        typed === 'tablet' ? shortMarkup(typed) : `${typed}"'></option>`,
      );
      await expectOnlyText(page, place);
    }
    await addPasskey(page, shortMarkup('passkey'));
    await expectOnlyText(page, 'the own passkeys');
    const hostile = encodeURIComponent(markup('address'));
    for (const place of [
      `posters?code=${hostile}`,
      `measures?item=${hostile}`,
      `join?token=${hostile}`,
      hostile,
    ]) {
      await open(page, server, place);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectOnlyText(page, place);
    }
    await page.goto(`${server.url}/s/${office.channel('eit-2567', null).code}`);
    await expect(page.locator('body')).toContainText('organization"\'></option>');
    await expectOnlyText(page, 'the survey');
    await page.goto(`${server.url}/s/${hostile}`);
    await expectOnlyText(page, 'a poster that nobody printed');
    expect(dialogs).toEqual([]);
  });
});

// Links are opened in the tab of one that nobody made: only what is behind the # differs.
test('and on the screens of people: thanked on a phone and at the tablet, and the counter’s display', async ({
  page,
  server,
  office,
  complaints,
}) => {
  complaints.expect(refusal(400));
  await typeEverywhere(office);
  const counter = office.channel('eit-2567', 1);
  const visitor = new Respondent(page, counter);
  const answer = async (place: string) => {
    await visitor.sees('notice.heading');
    await visitor.answerAndSend(ANSWERS);
    await visitor.sees('finished.thanks');
    await expect(page.locator('body')).toContainText('complaint"\'></option>');
    await expectOnlyText(page, place);
  };
  const hostile = encodeURIComponent(markup('address'));
  await page.goto(`${counter.url}#d=1.${hostile}`);
  await answer('thanks on a phone');
  expect(await page.locator('.complaints a').getAttribute('href')).toMatch(/^https:/);

  await page.goto(`${server.url}/kiosk#${hostile}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectOnlyText(page, 'a tablet by a link that nobody made');
  const { link } = await office.makeKiosk([counter], PIN, shortMarkup('tablet'));
  await page.goto(link.link);
  await page.getByRole('button', { name: /^ไทย\s+\S/ }).click();
  await answer('thanks at the tablet');

  await page.goto(`${server.url}/display#${hostile}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectOnlyText(page, 'a display by a link that nobody made');
  await page.goto(await office.makeDisplay(counter));
  await expect(page.locator('.code-qr path')).toBeVisible();
  await expect(page.locator('body')).toContainText('organization"\'></option>');
  await expect(page.locator('body')).toContainText('department"\'></option>');
  await expectOnlyText(page, 'the display');
});
