import type { Page, Request } from '@playwright/test';
import { expect, join, LAPTOP, open, test, thai, title } from './support/admin-journey.ts';
import { MEASURE, type Office } from './support/office.ts';
import { people, sendAnswers } from './support/responses.ts';
import { conflict, quarantine, reportDevice } from './support/troubles.ts';

// A laptop's side bar has every page in it.
test.use(LAPTOP);

/** An office in which every page has something to act upon. */
async function bringTroubles(office: Office): Promise<void> {
  await sendAnswers(office, 'iit-2567', people(5));
  await quarantine(office, 2);
  await conflict(office);
  await reportDevice(office, {
    channel: office.channel('eit-2567', null).code,
    waiting: 4,
    refused: 2,
    refusedBecause: ['item-missing'],
    oldestWaitingHours: 50,
  });
}

/** Listens to what the server refuses, and to what the page still waits for. */
function listenTo(page: Page) {
  const refused: string[] = [];
  const waiting = new Set<Request>();
  let isLeaving = false;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) isLeaving = true;
    // A stream of changes is never at its end.
    if (/\/api\/(?!.*\/live$)/.test(request.url())) waiting.add(request);
  });
  // A page that is left takes its requests along, also those that it began while the next one was on its way.
  page.on('framenavigated', (frame) => {
    if (isLeaving && frame === page.mainFrame()) waiting.clear();
    isLeaving = false;
  });
  page.on('requestfinished', (request) => waiting.delete(request));
  page.on('requestfailed', (request) => waiting.delete(request));
  page.on('response', (reply) => {
    if (reply.status() === 403) refused.push(`${reply.request().method()} ${reply.url()}`);
  });
  return {
    refused,
    settle: () => expect.poll(() => [...waiting].map((request) => request.url())).toEqual([]),
  };
}

/**
 * Presses every button of the page and chooses the last of every list. What is chosen or pressed may take others away, or turn them off
 * for as long as something is on its way: each is looked at and pressed in one, and left out where it is gone.
 */
async function tryEverything(page: Page, settle: () => Promise<void>): Promise<void> {
  const main = page.getByRole('main');
  for (const details of await main.locator('summary').elementHandles())
    await details.evaluate((summary) => (summary as HTMLElement).click());
  for (const list of await main.locator('select').elementHandles()) {
    await list.evaluate((node) => {
      const select = node as HTMLSelectElement;
      if (select.disabled || !select.checkVisibility()) return;
      select.selectedIndex = select.options.length - 1;
      for (const type of ['input', 'change'])
        select.dispatchEvent(new Event(type, { bubbles: true }));
    });
    await settle();
  }
  for (const button of await main.locator('button').elementHandles()) {
    await button.evaluate((node) => {
      const element = node as HTMLElement;
      if (element.checkVisibility()) element.click();
    });
    await settle();
  }
}

/** The pages of the office that this one leads to, as paths. */
async function neighbours(page: Page): Promise<string[]> {
  return page
    .locator('a[href^="/admin"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
}

/** Goes wherever a link leads, from the landing page on; returns the paths, in the order of the alphabet. */
async function walk(page: Page, office: Office): Promise<string[]> {
  const { refused, settle } = listenTo(page);
  const seen = new Set(['/admin']);
  for (const path of seen) {
    await page.goto(`${office.server.url}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await settle();
    await expect(page.locator('.spinner')).toHaveCount(0);
    await expect(title(page, thai('notAllowed.title')), path).toHaveCount(0);
    for (const next of await neighbours(page)) seen.add(next);
    // One's own account is there for every role, and pressing all of it would end the session.
    if (path !== '/admin/account') await tryEverything(page, settle);
    await settle();
    await expect(page.getByText(thai('problems:not-allowed')), path).toHaveCount(0);
    expect(refused, path).toEqual([]);
  }
  return [...seen].sort();
}

test('a viewer walks through every page and meets nothing that is refused', async ({
  page,
  office,
}) => {
  test.slow();
  await bringTroubles(office);
  await office.plan(MEASURE);
  await office.live({ state: 'closed', opensOn: null, closesOn: null });
  await page.addInitScript(() => {
    window.print = () => {};
  });
  await page.context().grantPermissions(['clipboard-write']);
  await join(page, office, 'viewer');
  expect(await walk(page, office)).toEqual([
    '/admin',
    '/admin/account',
    '/admin/channels',
    '/admin/measures',
    '/admin/oit',
    '/admin/posters',
    '/admin/report',
    '/admin/scores',
    '/admin/scores/departments',
    '/admin/scores/quality',
    '/admin/scores/respondents',
    '/admin/scores/services',
    '/admin/set-aside',
    '/admin/staff-codes',
  ]);
});

test('a viewer reads how the channels stand, and who changes them', async ({ page, office }) => {
  await office.change(office.channel('eit-2567', 1), { state: 'closed', service: 2 });
  await join(page, office, 'viewer');
  await open(page, office.server, 'channels');
  await expect(page.getByText(thai('channels.lookOnly'))).toBeVisible();
  const closed = page
    .getByRole('listitem')
    .filter({ has: page.getByText(thai('channels.closed'), { exact: true }) });
  await expect(closed).toHaveCount(1);
  await expect(closed).toContainText('ฝ่ายโยธา');
  await expect(closed).toContainText(thai('channels.service'));
  await expect(page.getByRole('switch')).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('combobox')).toHaveCount(0);
});

test('a viewer reads how many codes the staff have, and makes none', async ({ page, office }) => {
  await join(page, office, 'viewer');
  await open(page, office.server, 'staff-codes');
  await expect(page.getByText(thai('staffCodes.lookOnly'))).toBeVisible();
  await expect(page.getByText(thai('staffCodes.noneMade')).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});

test('a viewer reads what is not counted, and who sees to it', async ({ page, office }) => {
  await bringTroubles(office);
  await join(page, office, 'viewer');
  await open(page, office.server, 'set-aside');
  await expect(page.getByText(thai('setAside.lookOnly'))).toBeVisible();
  await expect(page.getByText(thai('deliveries.do.network'))).toBeVisible();
  await expect(page.getByText(thai('deliveries.do.tell'))).toBeVisible();
  await expect(page.getByRole('heading', { name: thai('setAside.conflicts') })).toBeVisible();
  const main = page.getByRole('main');
  await expect(
    main.getByRole('heading', { name: thai('setAside.reasonsToLook.instrument') }),
  ).toBeVisible();
  await expect(main.getByRole('button')).toHaveCount(0);
  await expect(main.locator('input')).toHaveCount(0);
});

test('an auditor lands on the log and meets nothing that is refused', async ({ page, office }) => {
  await join(page, office, 'auditor');
  await open(page, office.server);
  await expect(title(page, thai('audit.title'))).toBeVisible();
  expect(await walk(page, office)).toEqual(['/admin', '/admin/account', '/admin/audit']);

  const { refused, settle } = listenTo(page);
  for (const place of ['scores', 'channels', 'posters', 'set-aside', 'report', 'settings']) {
    await open(page, office.server, place);
    await expect(title(page, thai('audit.title'))).toBeVisible();
    await settle();
  }
  expect(refused).toEqual([]);
});

async function deleteTheOnlyAssessment(office: Office): Promise<void> {
  const { id, fiscalYear } = office.assessment;
  const { url } = office.server;
  const deleted = await office.request.put(`${url}/api/v1/assessments/${id}/deletion`, {
    data: { fiscalYear },
    headers: { origin: url },
  });
  expect(deleted.ok()).toBe(true);
}

test('an auditor reads the log also where there is no assessment', async ({ page, office }) => {
  await deleteTheOnlyAssessment(office);
  await join(page, office, 'auditor');
  expect(await walk(page, office)).toEqual(['/admin', '/admin/account', '/admin/audit']);
  await expect(title(page, thai('audit.title'))).toBeVisible();
});

test('a viewer without an assessment reads who makes one, and finds the own account', async ({
  page,
  office,
}) => {
  await deleteTheOnlyAssessment(office);
  await join(page, office, 'viewer');
  expect(await walk(page, office)).toEqual(['/admin', '/admin/account']);
  await open(page, office.server, 'scores');
  await expect(title(page, thai('nothingYet.title'))).toBeVisible();
  const roles = {
    owner: thai('people.roles.owner'),
    admin: thai('people.roles.admin'),
    role: thai('people.roles.viewer'),
  };
  await expect(page.getByText(thai('nothingYet.who', roles))).toBeVisible();

  const { id } = office.assessment;
  const { url } = office.server;
  await office.request.delete(`${url}/api/v1/assessments/${id}/deletion`, {
    headers: { origin: url },
  });
  await page.getByRole('button', { name: thai('nothingYet.lookAgain') }).click();
  await expect(title(page, thai('scores.title'))).toBeVisible();
});
