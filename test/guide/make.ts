// `npm run guide`: takes the pictures of docs/admin-guide.th.md and README.md from the running product, with the demo's office in it.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator } from '@playwright/test';
import { pino } from 'pino';
import { openOwnServer } from '../../src/server/demo/own-server.ts';
import { runDemo } from '../../src/server/demo/run-demo.ts';
import { DIST_FOLDER } from '../../src/server/start-server.ts';
import { findBrowser } from '../support/find-browsers.ts';
import { leaveWork } from './leave-work.ts';
import { PICTURES, README_PICTURES } from './pictures.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** Each in some more pixels than it is shown in, so that the pictures travel lightly. */
const SCREENS = {
  laptop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.85 },
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  visitor: {
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 1.5,
    hasTouch: true,
    isMobile: true,
  },
  counter: { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 0.7, hasTouch: true },
} as const;

/** What stands on the pictures for the address of the server, which is that of whoever makes them. */
const OFFICE_URL = 'https://ita.example.go.th';

/** Round what a picture is cut to, in CSS pixels. */
const MARGIN = 8;

/** What of the whole page all of these cover. */
async function around(parts: readonly Locator[]) {
  const boxes = await Promise.all(
    parts.map((part) =>
      part.evaluate((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top: top + scrollY, right, bottom: bottom + scrollY };
      }),
    ),
  );
  const x = Math.max(0, Math.min(...boxes.map(({ left }) => left)) - MARGIN);
  const y = Math.max(0, Math.min(...boxes.map(({ top }) => top)) - MARGIN);
  const width = Math.max(...boxes.map(({ right }) => right)) + MARGIN - x;
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN - y;
  return { x, y, width, height };
}

const ALL = [
  ...README_PICTURES,
  ...PICTURES.map((picture) => ({ ...picture, name: `guide/${picture.name}` })),
];

async function takePictures(browser: Browser, url: string, account: unknown): Promise<void> {
  const signIn = await browser.newContext();
  const reply = await signIn.request.post(`${url}/api/v1/session`, {
    data: account,
    headers: { origin: url },
  });
  if (!reply.ok()) throw new Error(`session: ${reply.status()}`);
  const storageState = await signIn.storageState();
  await signIn.close();
  for (const { name, place, screen, prepare, cut } of ALL) {
    const context = await browser.newContext({
      ...SCREENS[screen],
      storageState,
      locale: 'th-TH',
      timezoneId: 'Asia/Bangkok',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    await context.route(/\/(channels|displays)$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll(url, OFFICE_URL) });
    });
    const page = await context.newPage();
    await page.goto(`${url}${place}`);
    await page.waitForLoadState('networkidle');
    await page.locator('main .spinner').waitFor({ state: 'detached' });
    await prepare?.(page);
    const path = `${FOLDER}${name}.png`;
    if (cut) await page.screenshot({ path, fullPage: true, clip: await around(cut(page)) });
    else await page.screenshot({ path });
    await context.close();
    process.stdout.write(`docs/images/${name}.png\n`);
  }
}

const log = pino({ level: 'error', base: null }, pino.destination(process.stderr.fd));
const server = await openOwnServer(log, DIST_FOLDER);
try {
  await runDemo(server.api, { say: () => {}, showProgress: () => {} });
  await leaveWork(server.api);
  await mkdir(`${FOLDER}guide`, { recursive: true });
  const executablePath = findBrowser('chromium') ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await takePictures(browser, server.url, server.account);
  } finally {
    await browser.close();
  }
} finally {
  await server.remove();
}
