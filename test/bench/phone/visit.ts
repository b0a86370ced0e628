import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { devices } from '@playwright/test';
import { watch } from './watch.ts';

/** Round trip in milliseconds, and bytes a second in either direction. */
export interface Network {
  name: string;
  latency: number;
  bytesPerSecond: number;
}

export const SLOW_4G: Network = { name: 'slow 4G', latency: 150, bytesPerSecond: 200_000 };
export const BAD: Network = { name: '400 ms, 400 kbit/s', latency: 400, bytesPerSecond: 50_000 };

/** How slow the phone is made. `cpu`: times; without a network it is as fast as the machine. */
export interface Slowness {
  cpu: number;
  network?: Network;
}

/** Milliseconds since the visit began, and bytes as they came, compressed and with headers, until then. */
export interface FirstQuestion {
  firstPaintMs: number;
  usableMs: number;
  bytes: number;
}

export interface Taps {
  /** From each tap to the paint that shows it. */
  tapMs: number[];
  /** The JavaScript heap afterwards, after a garbage collection. */
  heapBytes: number;
}

const LONGEST_WAIT_MS = 120_000;

export async function newPhone(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ ...devices['Pixel 5'], locale: 'th-TH' });
}

/** Opens the address in a tab of its own and waits for the first question. */
async function openTab(phone: BrowserContext, url: string, { cpu, network }: Slowness) {
  const page = await phone.newPage();
  const session = await phone.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  if (network)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latency,
      downloadThroughput: network.bytesPerSecond,
      uploadThroughput: network.bytesPerSecond / 2,
    });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: 'commit', timeout: LONGEST_WAIT_MS });
  await page.waitForFunction(() => window.usableAt !== undefined, null, {
    timeout: LONGEST_WAIT_MS,
  });
  return { page, session, bytes: () => bytes };
}

export async function firstQuestion(
  phone: BrowserContext,
  url: string,
  slowness: Slowness,
): Promise<FirstQuestion> {
  const { page, bytes } = await openTab(phone, url, slowness);
  const arrived = bytes();
  const moments = await page.evaluate(() => ({
    firstPaintMs:
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    usableMs: window.usableAt ?? Number.NaN,
  }));
  await page.close();
  return { ...moments, bytes: arrived };
}

async function tapNext(page: Page, tapped: number): Promise<void> {
  // One product shows one question at a time, another all of them: the next one that nothing is chosen of.
  const group = page
    .locator('fieldset:visible')
    .filter({ has: page.locator('input'), hasNot: page.locator('input:checked') })
    .first();
  await group.locator('label').nth(1).tap();
  await page.waitForFunction((count) => window.tapMs.length > count, tapped);
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Answers so many questions, one after the other. */
export async function answer(
  phone: BrowserContext,
  url: string,
  slowness: Slowness,
  questions: number,
): Promise<Taps> {
  const { page, session } = await openTab(phone, url, slowness);
  for (let tapped = 0; tapped < questions; tapped += 1) await tapNext(page, tapped);
  const tapMs = await page.evaluate(() => window.tapMs);
  const heap = await heapBytes(session);
  await page.close();
  return { tapMs, heapBytes: heap };
}
