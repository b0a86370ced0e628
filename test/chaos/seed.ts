// One seed: an office, its server, the way to it, devices that live through faults, and the reckoning.
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { BrowserDevice } from './browser-device.ts';
import { Device, deviceTime } from './device.ts';
import { SPEED } from './device-clock.ts';
import { diceOf } from './dice.ts';
import type { Pace } from './faults.ts';
import { forgeAcceptance } from './broken-client.ts';
import { Ledger, type Verdict } from './ledger.ts';
import type { PreparedOffice } from './office.ts';
import { BROWSER, FaultyProxy } from './proxy.ts';
import { ResponseSource } from './responses.ts';
import type { Site, Stored } from './site.ts';
import { standingOf } from './standing.ts';
import { troubleServer } from './server-troubles.ts';
import { Tally } from './tally.ts';

/** `client`: every device deletes before the acknowledgement; `server`: it looks, and then inserts without a unique key. */
export type Control = 'none' | 'client' | 'server';

export interface ChaosRun {
  office: PreparedOffice;
  browser: Browser;
  chunk: string;
  control: Control;
}

export interface SeedReport {
  seed: number;
  verdict: Verdict;
  tally: Tally;
  /** In milliseconds of ours, for each device from the end of the faults. */
  drainMs: number[];
  /** What went wrong with the run itself; null where nothing did. */
  problem: string | null;
}

const ACTS = 24;
const LONGEST_PAUSE_MS = 220;
const BROWSER_RESPONSES = 8;
/** In so many seeds an older backup is put in the place of the database. */
const RESTORED_SHARE = 0.5;
/** How long the devices may take to get rid of everything once the faults are over. */
const DRAIN_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** Far more than the faults of a seed can take. */
const LIVE_LIMIT_MS = 180_000;
const END_LIMIT_MS = 180_000;

const SIMULATED: Pace = { requestLimitMs: 30_000 / SPEED, longestQuietSeconds: 90 };
/** The real browser's time is ours: no delay near its limit of half a minute. */
const REAL: Pace = { requestLimitMs: 300, longestQuietSeconds: 1 };

/** The work's outcome; rejects where something hangs, so that a seed always ends. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const limit = new AbortController();
  const tooLong = pause(milliseconds, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`still busy after ${milliseconds / 1000} s`);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    limit.abort();
    tooLong.catch(() => undefined);
  }
}

/** Waits until everybody is drained; resolves to the milliseconds each simulated device took. */
async function drain(
  devices: readonly Device[],
  browser: BrowserDevice,
  site: Site,
): Promise<number[]> {
  const begun = performance.now();
  const { epoch } = await standingOf(site.url() ?? '');
  const took = new Map<Device, number>();
  let isBrowserDrained = false;
  await Promise.all([browser.recover(), ...devices.map(async (device) => device.recover())]);
  while (took.size < devices.length || !isBrowserDrained) {
    await pause(LOOK_EVERY_MS);
    const passed = performance.now() - begun;
    for (const device of devices)
      if (!took.has(device) && (await device.isDrained(epoch))) took.set(device, passed);
    if (!isBrowserDrained) {
      isBrowserDrained = await browser.isDrained(epoch);
      if (!isBrowserDrained) await browser.sendNow();
    }
    if (passed > DRAIN_LIMIT_MS) {
      const late = [
        ...devices.filter((device) => !took.has(device)),
        ...(isBrowserDrained ? [] : [browser]),
      ];
      const described = await Promise.all(late.map(async (one) => one.describe(epoch)));
      throw new Error(
        `not drained after ${DRAIN_LIMIT_MS / 1000} s (${deviceTime(DRAIN_LIMIT_MS) / 60_000} minutes of a device): ${described.join('\n')}`,
      );
    }
  }
  return [...took.values()];
}

/** Runs a seed to its end; never rejects. */
export async function runSeed(seed: number, run: ChaosRun): Promise<SeedReport> {
  const tally = new Tally();
  const ledger = new Ledger();
  const dice = diceOf(seed, 'plan');
  const withRestore = run.control === 'none' && dice.chance(RESTORED_SHARE);
  const script = run.control === 'server' ? 'test/chaos/broken-server.ts' : undefined;
  const site = await run.office.newSite(script);
  const proxy = new FaultyProxy({
    seed,
    serverUrl: () => site.url(),
    paceOf: (device) => (device === BROWSER ? REAL : SIMULATED),
    tally,
  });
  const devices: Device[] = [];
  let drainMs: number[] = [];
  let problem: string | null = null;
  try {
    const url = await proxy.open();
    await site.start(url);
    const channels = [dice.pick(run.office.channels), dice.pick(run.office.channels)];
    const world = { seed, url, ledger, tally };
    const responsesFor = (name: string) => new ResponseSource(seed, name, channels, 12);
    const send = run.control === 'client' ? await forgeAcceptance(site.url() ?? '') : undefined;
    const opening = BrowserDevice.open(run.browser, {
      ...world,
      chunk: run.chunk,
      responses: responsesFor('browser'),
    });
    const browser = await within(LIVE_LIMIT_MS, opening);
    try {
      for (let number = 1; number <= dice.between(6, 8); number += 1)
        devices.push(
          new Device(String(number), {
            ...world,
            responses: responsesFor(String(number)),
            canBeFull: !withRestore,
            ...(send && { send }),
          }),
        );
      const living = Promise.all([
        troubleServer(site, { dice, tally }, { withRestore }),
        browser.live(BROWSER_RESPONSES, LONGEST_PAUSE_MS),
        ...devices.map(async (device) => device.live(ACTS, LONGEST_PAUSE_MS)),
      ]);
      await within(LIVE_LIMIT_MS, living);
      proxy.hasFaults = false;
      await within(LIVE_LIMIT_MS, proxy.settled());
      drainMs = await within(2 * DRAIN_LIMIT_MS, drain(devices, browser, site));
    } finally {
      for (const device of devices) device.close();
      const ending = async () => {
        await browser.close();
        await proxy.close();
        await site.stop();
      };
      await within(END_LIMIT_MS, ending());
    }
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const stored = await site.read().catch((error: unknown): Stored => {
    problem ??= String(error);
    return { responses: [], setAside: [] };
  });
  const verdict = ledger.judge(stored, withRestore);
  await site.remove();
  return { seed, verdict, tally, drainMs, problem };
}
