// Two tabs of a real Chromium that run the production build's own sending code on real IndexedDB and Web Locks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import * as z from 'zod/mini';
import type { SendingParts } from '#client/survey/sending-parts.ts';
import type { Outbox } from '#client/sync/outbox.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { envelopeSchema } from '#core/contract/envelope.ts';
import { diceOf, type Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import { EMPTY_PAGE } from './proxy.ts';
import type { ResponseSource } from './responses.ts';
import type { Tally } from './tally.ts';

const DIST = join(import.meta.dirname, '../../dist');
const TABS = 2;

declare global {
  interface Window {
    chaos: { outbox: Outbox; toEnvelope: SendingParts['toEnvelope'] };
  }
}

/** The address of the built chunk that seals and sends. */
export function sendingChunk(): string {
  const manifest = z
    .record(z.string(), z.object({ file: z.string() }))
    .parse(JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')));
  const chunk = manifest['survey/sending.ts'];
  if (!chunk) throw new Error('the build has no chunk for sending');
  return `/${chunk.file}`;
}

export interface BrowserWorld {
  seed: number;
  url: string;
  chunk: string;
  ledger: Ledger;
  tally: Tally;
  responses: ResponseSource;
}

const statesSchema = z.array(
  z.object({ id: z.string(), isStored: z.boolean(), state: z.string() }),
);

export class BrowserDevice {
  readonly #context: BrowserContext;
  readonly #world: BrowserWorld;
  readonly #dice: Dice;
  #tabs: Page[] = [];

  private constructor(context: BrowserContext, world: BrowserWorld) {
    this.#context = context;
    this.#world = world;
    this.#dice = diceOf(world.seed, 'acts', 'browser');
  }

  static async open(browser: Browser, world: BrowserWorld): Promise<BrowserDevice> {
    const device = new BrowserDevice(await browser.newContext(), world);
    for (let tab = 0; tab < TABS; tab += 1) await device.#openTab();
    return device;
  }

  async #openTab(): Promise<void> {
    const page = await this.#context.newPage();
    await page.goto(`${this.#world.url}${EMPTY_PAGE}`);
    await page.evaluate(async (chunk) => {
      const { toEnvelope, openOutbox }: SendingParts = await import(chunk);
      window.chaos = { outbox: await openOutbox(), toEnvelope };
    }, this.#world.chunk);
    this.#tabs.push(page);
  }

  /** Keeps `count` responses in both tabs, and closes a tab in the middle of what it does. */
  async live(count: number, longestPauseMs: number): Promise<void> {
    const closing = this.#dice.between(1, count - 1);
    for (let number = 0; number < count; number += 1) {
      await pause(this.#dice.between(5, longestPauseMs));
      const tab = this.#dice.pick(this.#tabs);
      const keeping = this.#keep(tab);
      if (number === closing) {
        // So soon after that the envelope may be written, or under way, or neither.
        await pause(this.#dice.between(0, 60));
        this.#tabs = this.#tabs.filter((other) => other !== tab);
        await tab.close();
        this.#world.tally.add('fault: tab of the browser closed');
        await this.#openTab();
      }
      await keeping;
      await this.sign();
    }
  }

  async #keep(tab: Page): Promise<void> {
    const { ledger, responses } = this.#world;
    const { id, channel, response } = responses.next();
    const { code, seal } = channel;
    try {
      const sealed = await tab.evaluate(
        (finished) =>
          window.chaos.toEnvelope(finished.id, finished.channel, finished.response, null),
        { id, channel: { code, seal }, response },
      );
      const envelope = envelopeSchema.parse(sealed);
      ledger.finish(envelope, canonicalJson(response), 'the browser');
      await tab.evaluate(async (kept) => window.chaos.outbox.keep(kept), envelope);
      await this.#listen(tab);
    } catch (error) {
      if (!tab.isClosed()) throw error;
    }
  }

  /** Reads what a tab shows of its entries, and notes it in the ledger. */
  async #listen(tab: Page): Promise<z.infer<typeof statesSchema>> {
    const shown = await tab.evaluate(() =>
      window.chaos.outbox.entries.value.map((entry) => ({
        id: entry.envelope.id,
        isStored: entry.isStored,
        state: entry.state.kind,
      })),
    );
    const states = statesSchema.parse(shown);
    for (const { id, isStored, state } of states) {
      if (isStored) this.#world.ledger.stored(id);
      if (state === 'acknowledged') this.#world.ledger.acknowledged(id);
    }
    return states;
  }

  /** The browser says in every tab that there is a network again. */
  async sign(): Promise<void> {
    for (const tab of this.#tabs)
      await tab.evaluate(() => void window.dispatchEvent(new Event('online')));
  }

  /** A person presses "send now" in every tab: their time is ours, and their waits are too long for a seed. */
  async sendNow(): Promise<void> {
    for (const tab of this.#tabs) await tab.evaluate(() => window.chaos.outbox.sendNow());
  }

  /** A next visitor answers after the faults. */
  async recover(): Promise<void> {
    const [tab] = this.#tabs;
    if (tab) await this.#keep(tab);
  }

  /** True when the server holds, in its present life, everything that was ever finished here. */
  async isDrained(epoch: string): Promise<boolean> {
    const states = await Promise.all(this.#tabs.map(async (tab) => this.#listen(tab)));
    const isShown = states.flat().every(({ state }) => state === 'acknowledged');
    return isShown && (await this.#tabs[0]?.evaluate(isStoreDrained, epoch)) === true;
  }

  /** What still waits and why, for the one who has to look into it. */
  async describe(epoch: string): Promise<string> {
    const tabs = await Promise.all(
      this.#tabs.map(async (tab) => {
        const waiting = await tab.evaluate(() =>
          window.chaos.outbox.entries.value.filter(({ state }) => state.kind !== 'acknowledged'),
        );
        return `${waiting.length} waiting ${JSON.stringify(waiting.map(({ isStored, attempts, state }) => ({ isStored, attempts, ...state })))}`;
      }),
    );
    const isStored = (await this.#tabs[0]?.evaluate(isStoreDrained, epoch)) !== true;
    return `the browser: ${tabs.join('; ')}; ${isStored ? 'something' : 'nothing'} waits in its storage`;
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

/** Runs in the page: nothing waits in its database, and nothing was acknowledged in another epoch only. */
async function isStoreDrained(epoch: string): Promise<boolean> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('sucharit');
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('no database')));
  });
  const read = async (table: string) =>
    new Promise<unknown[]>((resolve, reject) => {
      const request = database.transaction(table).objectStore(table).getAll();
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('cannot be read')));
    });
  try {
    const waiting = await read('outbox');
    const copies = (await read('acknowledged')) as { epoch: string }[];
    return waiting.length === 0 && copies.every((copy) => copy.epoch === epoch);
  } finally {
    database.close();
  }
}
