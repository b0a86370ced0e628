import { test as base, expect, type Page } from '@playwright/test';
import { Office } from './office.ts';
import { ServerProcess } from './server.ts';
import { type PostgresCluster, startPostgres } from '../../server/support/postgres-cluster.ts';

/** What the browser itself prints when a request meets a server that was stopped on purpose. */
const NO_SERVER =
  /ERR_CONNECTION_\w+|ERR_SOCKET_NOT_CONNECTED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH|ERR_INTERNET_DISCONNECTED|ERR_FAILED|NetworkError|Failed to fetch|error occurred when fetching the script/;

/** What Firefox prints of a file that a worker was asked for and the server had not: Playwright takes it for an error of the page's. */
const PRINTED_AS_UNCAUGHT = /^Failed to load ‘\S+’\. A ServiceWorker /;

/** Listens to everything a page complains about. */
export class Complaints {
  readonly heard: string[] = [];
  readonly #expected: RegExp[] = [];
  #isCut = false;
  #wasCutUntil = 0;

  /** Failed requests are part of the journey, also those that are heard of when that is over. */
  set networkIsCut(isCut: boolean) {
    if (this.#isCut) this.#wasCutUntil = Date.now();
    this.#isCut = isCut;
  }

  /** What the journey itself provokes, such as the browser's note that a page was not found. */
  expect(message: RegExp): void {
    this.#expected.push(message);
  }

  listenTo(page: Page): void {
    page.on('pageerror', ({ message }) => {
      if (PRINTED_AS_UNCAUGHT.test(message)) this.#hearPrinted(message, Date.now());
      else this.heard.push(`uncaught: ${message}`);
    });
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      const printed = `${message.type()}: ${message.text()} (${message.location().url})`;
      this.#hearPrinted(message.text(), message.timestamp(), printed);
    });
  }

  #hearPrinted(text: string, at: number, printed = text): void {
    if ((this.#isCut || at <= this.#wasCutUntil) && NO_SERVER.test(text)) return;
    if (this.#expected.some((pattern) => pattern.test(text))) return;
    this.heard.push(printed);
  }
}

/** What a project of the configuration, or a file, says of all its journeys. */
export interface OnDatabase {
  database: 'sqlite' | 'postgres';
}

interface Shared extends OnDatabase {
  /** What the journeys of a worker have their databases in; null on SQLite. */
  cluster: PostgresCluster | null;
}

interface Journey {
  /** As the server is given it: empty for SQLite. */
  databaseUrl: string;
  server: ServerProcess;
  office: Office;
  complaints: Complaints;
}

/** A journey: a server of its own, an office that is set up, and a page on which any console error fails the test. */
export const test = base.extend<Journey, Shared>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  cluster: [
    async ({ database }, use) => {
      const cluster = database === 'postgres' ? await startPostgres() : null;
      await use(cluster);
      await cluster?.stop();
    },
    { scope: 'worker' },
  ],
  databaseUrl: async ({ cluster }, use) => use((await cluster?.newDatabaseWithTables()) ?? ''),
  server: async ({ context, databaseUrl }, use) => {
    const server = await ServerProcess.createSoon({ DATABASE_URL: databaseUrl });
    await use(server);
    // Before their server ends, so that nothing of theirs meets a closed door.
    await Promise.all(context.pages().map((page) => page.close()));
    await server.remove();
  },
  office: async ({ server, playwright }, use) => {
    const request = await playwright.request.newContext();
    await use(await Office.open(request, server));
    await request.dispose();
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      context.on('page', (page) => complaints.listenTo(page));
      await use(complaints);
      expect(complaints.heard, 'the browser complains of nothing').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
