import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
} from '@playwright/test';
import { expect, type Complaints } from './journey.ts';
import type { PageReader } from './traces.ts';

/** A phone whose browser can be closed and started again: its storage and its service worker stay. */
export class Device {
  readonly #folder: string;
  readonly #options: LaunchOptions & BrowserContextOptions;
  readonly #complaints: Complaints;
  #browser: BrowserContext | null = null;

  private constructor(
    folder: string,
    options: LaunchOptions & BrowserContextOptions,
    complaints: Complaints,
  ) {
    this.#folder = folder;
    this.#options = options;
    this.#complaints = complaints;
  }

  static async create(
    options: LaunchOptions & BrowserContextOptions,
    complaints: Complaints,
  ): Promise<Device> {
    const folder = await mkdtemp(join(tmpdir(), 'sucharit-device-'));
    return new Device(folder, options, complaints);
  }

  async startBrowser(): Promise<BrowserContext> {
    if (this.#browser) throw new Error('the browser runs already');
    const browser = await chromium.launchPersistentContext(this.#folder, this.#options);
    browser.on('page', (page) => this.#complaints.listenTo(page));
    for (const page of browser.pages()) this.#complaints.listenTo(page);
    this.#browser = browser;
    return browser;
  }

  /** The page that the browser opened by itself. */
  async startPage(): Promise<Page> {
    const browser = await this.startBrowser();
    return browser.pages()[0] ?? browser.newPage();
  }

  /** The page that was opened last. */
  lastPage(): Page {
    const page = this.#browser?.pages().at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }

  async closeBrowser(): Promise<void> {
    await this.#browser?.close();
    this.#browser = null;
  }

  async remove(): Promise<void> {
    await this.closeBrowser();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until the service worker has everything that an offline start needs; a person sees nothing of it. */
export async function untilReadyForOffline(page: PageReader): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Whether the worker has the page on show, as the server rendered it, for the next start. */
export const isPageKept = async (page: PageReader) =>
  page.evaluate(async () => {
    const cacheName = 'pages-v1';
    return Boolean(await caches.match(location.pathname, { cacheName, ignoreSearch: true }));
  });

/** Asks for a newer version; true if its installation succeeded. */
export const installNewer = async (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const newer = registration.installing ?? registration.waiting;
    if (!newer) return false;
    const isSettled = () => ['installed', 'activated', 'redundant'].includes(newer.state);
    await new Promise<void>((resolve) => {
      if (isSettled()) resolve();
      newer.addEventListener('statechange', () => isSettled() && resolve());
    });
    return newer.state !== 'redundant';
  });

/** Opens the page a second time, by which the worker gets what a first visit does without, and waits for that. */
export async function visitAgain(page: Page): Promise<void> {
  await page.reload();
  await expect
    .poll(async () =>
      page.evaluate(async () => {
        const kept = await Promise.all(
          (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
        );
        const addresses = kept.flat().map(({ url }) => url);
        const isThere = (part: string) => addresses.some((url) => url.includes(part));
        return ['texts-th', 'texts-en', 'texts-zh', 'texts-my', 'privacy/zh'].every(isThere);
      }),
    )
    .toBe(true);
}
