// A phone that was here before the worker was ours: workbox looked after its files.
import type { Page } from '@playwright/test';
import { installNewer, untilReadyForOffline } from './support/device.ts';
import { expect, releasing as test } from './support/releasing.ts';
import { Respondent } from './support/respondent.ts';
import { tellOfNetwork } from './support/sending.ts';
import { storedResponses } from './support/stored-responses.ts';

const EIT = 'eit-2567';

const ABOUT = { age: 1, gender: 1, job: 1, p1: 1, p2: 1, p4: 1 };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const doNothing = async () => {};

/** Its address in the cache is another for each content. */
const isWithoutHash = (path: string) => path.includes('__WB_REVISION__');

/** The addresses that lie in each cache, without the server's. */
const caches = async (page: Page) =>
  page.evaluate(async () => {
    const kept: Record<string, string[]> = {};
    for (const name of await window.caches.keys()) {
      const requests = await (await window.caches.open(name)).keys();
      kept[name] = requests.map(({ url }) => url.slice(location.origin.length));
    }
    return kept;
  });

test('a phone with the worker of workbox starts without network before, while and after ours takes its place', async ({
  page,
  office,
  server,
  releases,
  release,
  complaints,
  isOnVersion,
}) => {
  complaints.expect(/integrity|status of 404/);
  complaints.networkIsCut = true;
  await server.stop();
  const withOurs = await releases.putOutWithWorkbox();
  await server.start();
  const visitor = new Respondent(page, office.channel(EIT, 1));
  await visitor.scan();
  await untilReadyForOffline(page);
  await expect.poll(async () => (await caches(page))['pages-v1']).toHaveLength(1);
  const precache = `workbox-precache-v2-${server.url}/`;
  const old = (await caches(page))[precache] ?? [];
  expect(old).toContainEqual(
    expect.stringMatching(/^\/survey\.html\?__WB_REVISION__=[0-9a-f]{32}$/),
  );

  const startsWithoutNetwork = async (version: string) => {
    complaints.networkIsCut = true;
    await server.stop();
    await page.reload();
    await visitor.sees('notice.heading');
    await isOnVersion(page, version);
  };
  await startsWithoutNetwork('1');
  const offer = page.getByText(visitor.words.survey('update.ready'));

  await test.step('ours is cut off while it is installed', async () => {
    let mend = doNothing;
    await release('2', async () => {
      await withOurs();
      mend = await releases.damage(await releases.addressOf('texts-zh'), 'missing');
    });
    expect(await installNewer(page)).toBe(false);
    await startsWithoutNetwork('1');
    await mend();
    await server.start();
    complaints.networkIsCut = false;
  });

  await test.step('ours waits', async () => {
    await page.reload();
    await expect(offer).toBeVisible();
    await startsWithoutNetwork('1');
    await expect(offer).toBeVisible();
  });

  await test.step('ours is put to work without network, and nothing of before stands in its way', async () => {
    await visitor.press('update.apply');
    await isOnVersion(page, '2');
    await visitor.sees('notice.heading');
    await startsWithoutNetwork('2');
    const {
      [precache]: present = [],
      'previous-assets': previous = [],
      ...others
    } = await caches(page);
    expect(present.filter((path) => old.includes(path))).toEqual([]);
    expect(present).toHaveLength(old.length);
    expect(previous.sort()).toEqual(old.filter((path) => !isWithoutHash(path)).sort());
    expect(others).not.toHaveProperty('pages-v1');
  });

  await visitor.choosesLanguage('zh');
  await visitor.choosesLanguage('th');
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  await server.start();
  await tellOfNetwork(page);
  await visitor.isTold('sent');
  expect(await storedResponses(server)).toHaveLength(1);
});
