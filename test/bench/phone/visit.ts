import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { devices } from '@playwright/test';
import { nextAnswer, watch, type Noted } from './watch.ts';

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

export const NOT_SLOWED: Slowness = { cpu: 1 };

/** What the page's main thread did, in milliseconds of the processor: other work on the machine does not count. */
export interface Work {
  all: number;
  scripts: number;
  /** Style and layout. */
  layout: number;
}

/** Milliseconds since the visit began, and bytes, compressed and with headers, of what had come whole until then: on a bad network not even the page. */
export interface FirstQuestion {
  firstPaintMs: number;
  usableMs: number;
  bytes: number;
  work: Work;
}

export interface Tap {
  /** To the paint that shows it, in milliseconds. */
  ms: number;
  work: Work;
}

export interface Taps {
  taps: Tap[];
  /** The JavaScript heap afterwards, after a garbage collection. */
  heapBytes: number;
}

const LONGEST_WAIT_MS = 120_000;

/** How often it is looked whether the next question is there. */
const LOOK_EVERY_MS = 50;

/** Nobody has read the next question sooner behind a tap; in the first half second our survey takes one for the second of two. */
const READING_MS = 800;

export async function newPhone(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ ...devices['Pixel 5'], locale: 'th-TH' });
}

/** What the page tells next. Heard rather than asked for: whoever asks a slow page makes it slower. */
async function nextNoted(session: CDPSession): Promise<Noted> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('nothing happened')), LONGEST_WAIT_MS);
    session.once('Runtime.bindingCalled', ({ payload }) => {
      clearTimeout(limit);
      resolve(JSON.parse(payload) as Noted);
    });
  });
}

async function workSoFar(session: CDPSession): Promise<Work> {
  const { metrics } = await session.send('Performance.getMetrics');
  const milliseconds = (name: string) =>
    1000 * (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN);
  return {
    all: milliseconds('TaskDuration'),
    scripts: milliseconds('ScriptDuration'),
    layout: milliseconds('LayoutDuration') + milliseconds('RecalcStyleDuration'),
  };
}

const workSince = (before: Work, after: Work): Work => ({
  all: after.all - before.all,
  scripts: after.scripts - before.scripts,
  layout: after.layout - before.layout,
});

interface Tab {
  page: Page;
  session: CDPSession;
  first: FirstQuestion;
}

/**
 * Opens the address in a tab that showed another site before, as a phone's does that was scanned with, and waits for the first
 * question.
 *
 * @throws where it does not come
 */
async function openTab(
  phone: BrowserContext,
  [before, url]: readonly [string, string],
  { cpu, network }: Slowness,
): Promise<Tab> {
  const page = await phone.newPage();
  await page.goto(before);
  const session = await phone.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'tellBench' });
  if (network)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latency,
      downloadThroughput: network.bytesPerSecond,
      uploadThroughput: network.bytesPerSecond / 2,
    });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.addInitScript(watch);
  const noting = nextNoted(session);
  await session.send('Page.navigate', { url });
  const noted = await noting;
  const arrived = bytes;
  if (!('usableMs' in noted)) throw new Error('tapped before there was a question');
  return { page, session, first: { ...noted, bytes: arrived, work: await workSoFar(session) } };
}

export async function firstQuestion(
  phone: BrowserContext,
  way: readonly [string, string],
  slowness: Slowness,
): Promise<FirstQuestion> {
  const { page, first } = await openTab(phone, way, slowness);
  await page.close();
  return first;
}

interface Place {
  x: number;
  y: number;
}

/** Where to tap next, once it stays where it is. */
async function restingAnswer(session: CDPSession): Promise<Place> {
  let last: Place | null = null;
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_EVERY_MS) {
    const { result } = await session.send('Runtime.evaluate', {
      expression: `(${nextAnswer.toString()})()`,
      returnByValue: true,
    });
    const place = result.value as Place | null;
    if (place && place.x === last?.x && place.y === last.y) return place;
    last = place;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error('there is no next question');
}

async function tapNext({ page, session }: Tab): Promise<Tap> {
  const { x, y } = await restingAnswer(session);
  const before = await workSoFar(session);
  const noting = nextNoted(session);
  await page.touchscreen.tap(x, y);
  const noted = await noting;
  if (!('tapMs' in noted)) throw new Error('a tap was not one on an answer');
  return { ms: noted.tapMs, work: workSince(before, await workSoFar(session)) };
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Answers so many questions, one after the other. */
export async function answer(
  phone: BrowserContext,
  way: readonly [string, string],
  slowness: Slowness,
  questions: number,
): Promise<Taps> {
  const tab = await openTab(phone, way, slowness);
  const taps: Tap[] = [];
  while (taps.length < questions) {
    if (taps.length > 0) await pause(READING_MS);
    taps.push(await tapNext(tab));
  }
  const heap = await heapBytes(tab.session);
  await tab.page.close();
  return { taps, heapBytes: heap };
}
