import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import type { OnDatabase } from './support/journey.ts';
import { findBrowser } from '../support/find-browsers.ts';

const PHONE = { width: 360, height: 740 };

const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: {
    executablePath: findBrowser('chromium') ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // No graphics card: drawn by the processor directly, not by one that it imitates.
      '--disable-gpu',
      '--disable-software-rasterizer',
    ],
  },
};

// Every test starts a server of its own on a free port with a data folder of its own, so tests share no data. Tests of a worker share the
// process that the server is in, one after the other (support/server-host.ts).
export default defineConfig<object, OnDatabase>({
  testDir: '.',
  outputDir: join(tmpdir(), 'sucharit-journeys'),
  fullyParallel: true,
  // A journey waits half of its time, for paints, processes and polls: three share two cores well.
  workers: 3,
  forbidOnly: true,
  retries: 0,
  // Both are for what hangs, not for what is slow: machines are busy.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A run that hangs ends with a report that says where.
  globalTimeout: 19 * 60_000,
  use: {
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    trace: 'off',
  },
  projects: [
    {
      name: 'phone',
      testMatch: /.*\.journey\.ts/,
      testIgnore: /webkit\.journey\.ts/,
      use: { ...chromium, viewport: PHONE, hasTouch: true, isMobile: true },
    },
    {
      // What people, staff and the office do, on PostgreSQL. What asks nothing of the database stays on SQLite alone: looks, worker and
      // files of the page, versions, odd browsers, memory, attacks by markup, posters. So does what has no other form: SQLite's backup
      // and the place of its file (storage), and TLS in front of it (proxy). postgres.journey.ts is on PostgreSQL in any project.
      name: 'postgres',
      grepInvert: /can be used by everybody|are readable and reachable/,
      testMatch:
        /(admin-deliveries|admin-life|admin-scores|by-hand|citizen|city|codes|display|kiosk|measures|offline|passkeys|people|plain-form|report|roles|send-and-keep|staff)\.journey\.ts/,
      use: { ...chromium, database: 'postgres', viewport: PHONE, hasTouch: true, isMobile: true },
    },
    {
      // worker.journey.ts and old-worker.journey.ts pass here too, when they are asked for: in each run they would cost a minute.
      name: 'firefox',
      testMatch: /(citizen|first-visit|send-and-keep|update)\.journey\.ts/,
      use: {
        ...devices['Desktop Firefox'],
        viewport: PHONE,
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: {
          executablePath: findBrowser('firefox') ?? '/usr/bin/firefox-esr',
          // Playwright does not hear of a page that comes back as it was left: here Back loads it anew.
          firefoxUserPrefs: {
            'browser.sessionhistory.max_total_viewers': 0,
            // Workers speak the browser's own language, whatever the page is told; a page in another one is not kept.
            'intl.accept_languages': 'th-TH',
          },
        },
      },
    },
    {
      // The distribution's own WebKit, which opens no page of Playwright's.
      name: 'webkit',
      testMatch: /webkit\.journey\.ts/,
      use: chromium,
    },
  ],
});
