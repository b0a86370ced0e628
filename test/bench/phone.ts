// How soon a person can answer and how soon a tap shows, on a slowed-down Chromium, beside the same questionnaire as a
// plain HTML form from the same machine in the same run.
import { createServer, type Server } from 'node:http';
import { chromium, devices, type Browser, type Page } from '@playwright/test';
import type { Channel } from '#core/contract/channel.ts';
import { readTexts } from '#locales/texts.ts';
import { ensureBrowsers, findBrowser } from '../support/find-browsers.ts';
import { Office } from '../e2e/support/office.ts';
import { ServerProcess } from '../e2e/support/server.ts';

/** Slow 4G as the browser's own developer tools define it. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const VISITS = 7;

export interface PhoneFigures {
  firstQuestionMs: { survey: number; plainForm: number };
  tapMs: {
    survey: { median: number; worst: number };
    plainForm: { median: number; worst: number };
  };
}

declare global {
  interface Window {
    usableAt?: number;
    tapMs: number[];
  }
}

/**
 * Runs in the page before its own scripts: presses Start as soon as it is on the screen, and notes two moments. A question is
 * usable when it is on the screen and a tap on it stays: before the scripts too, as they take over what is ticked.
 */
function watch(): void {
  window.tapMs = [];
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  const afterPaint = (note: () => void) =>
    requestAnimationFrame(() => {
      waiting.push(note);
      port2.postMessage(null);
    });
  let pressed: HTMLElement | null = null;
  const look = () => {
    const boxes = document.querySelector('input[type=radio]')?.getClientRects();
    if (boxes && boxes.length > 0) {
      observer.disconnect();
      afterPaint(() => (window.usableAt = performance.now()));
      return;
    }
    const start = document.querySelector<HTMLElement>('.button-primary:not(:disabled)');
    if (!start || start === pressed) return;
    pressed = start;
    afterPaint(() => {
      start.click();
      look();
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      afterPaint(() => window.tapMs.push(performance.now() - event.timeStamp));
    },
    true,
  );
}

function plainFormOf(channel: Channel): string {
  const { id, items, scales } = channel.instrument;
  const texts = readTexts('th').get(`instruments/${id}.json`);
  const words = (key: string) => texts?.get(key) ?? '';
  const questions = items.map(({ code, scale }) => {
    const options = (scales[scale]?.points ?? []).map(
      (_, index) =>
        `<p><label><input type="radio" name="${code}" value="${index + 1}"> ${words(`scales.${scale}.${index + 1}`)}</label></p>`,
    );
    return `<fieldset><legend>${words(`items.${code}.full`)}</legend>${options.join('')}</fieldset>`;
  });
  return `<!doctype html><html lang="th"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Form</title><body><form method="post">${questions.join('')}<button>Send</button></form></body></html>`;
}

async function servePlainForm(html: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_, reply) => {
    reply.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { url: `http://localhost:${address.port}/`, server };
}

const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Opens the address in a context of its own, so with an empty cache, on a phone slowed down by `cpu`. */
async function visit<T>(
  browser: Browser,
  { url, cpu, slowNetwork }: { url: string; cpu: number; slowNetwork: boolean },
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ ...devices['Pixel 5'], locale: 'th-TH' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    if (slowNetwork) await session.send('Network.emulateNetworkConditions', SLOW_4G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.usableAt !== undefined);
    return await measure(page);
  } finally {
    await context.close();
  }
}

async function firstQuestionMs(browser: Browser, url: string): Promise<number> {
  const moments: number[] = [];
  for (let visited = 0; visited < VISITS; visited += 1)
    moments.push(
      await visit(browser, { url, cpu: 4, slowNetwork: true }, (page) =>
        page.evaluate(() => window.usableAt ?? Number.NaN),
      ),
    );
  return medianOf(moments);
}

async function tapMs(browser: Browser, url: string, taps: number) {
  const all = await visit(browser, { url, cpu: 6, slowNetwork: false }, async (page) => {
    for (let tapped = 0; tapped < taps; tapped += 1) {
      // The survey shows one question at a time; the form shows all, so take its next untouched one.
      const group = page
        .locator('fieldset')
        .filter({ has: page.locator('input'), hasNot: page.locator('input:checked') })
        .first();
      await group.locator('label').nth(1).tap();
      await page.waitForFunction((count) => window.tapMs.length > count, tapped);
    }
    return page.evaluate(() => window.tapMs);
  });
  return { median: medianOf(all), worst: Math.max(...all) };
}

/** Cold first visits on slow 4G with a CPU 4 times slower (median of 7), and taps with a CPU 6 times slower. */
export async function benchPhone(): Promise<PhoneFigures> {
  ensureBrowsers();
  const server = await ServerProcess.create();
  const executablePath = findBrowser('chromium') ?? 'chromium';
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext();
  try {
    const office = await Office.open(context.request, server);
    const { code, url } = office.channel('eit-2567', 6);
    const reply = await context.request.get(`${server.url}/api/v1/channels/${code}`);
    const form = await servePlainForm(plainFormOf(await reply.json()));
    const figures = {
      firstQuestionMs: {
        survey: await firstQuestionMs(browser, url),
        plainForm: await firstQuestionMs(browser, form.url),
      },
      tapMs: {
        survey: await tapMs(browser, url, 12),
        plainForm: await tapMs(browser, form.url, 6),
      },
    };
    form.server.close();
    return figures;
  } finally {
    await browser.close();
    await server.remove();
  }
}
