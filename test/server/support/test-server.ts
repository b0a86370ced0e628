import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type Assessment,
  assessmentSchema,
  channelListSchema,
  type ChannelSummary,
} from '#core/contract/assessment.ts';
import { type BatchReply, batchReplySchema } from '#core/contract/batch.ts';
import { createAccounts } from '#server/auth/accounts.ts';
import { createFailedAttempts } from '#server/auditing/failed-attempts.ts';
import { createJudging } from '#server/counting/judging.ts';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { createPasskeys } from '#server/auth/passkeys.ts';
import { newSetUpToken } from '#server/auth/set-up.ts';
import { createSpentCodes } from '#server/auth/spent-codes.ts';
import { readReportWords } from '#server/export/report-words.ts';
import { createApp } from '#server/http/app.ts';
import type { AppEffects } from '#server/http/effects.ts';
import { createLimits } from '#server/limits/limits.ts';
import { createPages } from '#server/pages/pages.ts';
import { createDatabaseRoom } from '#server/database-room.ts';
import { createReadiness } from '#server/readiness.ts';
import { createCodeUse } from '#server/receiving/code-use.ts';
import { createKnownSealKeys } from '#server/sealing/known-seal-keys.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate } from '#server/storage/migrate.ts';
import type { OpenDatabase } from '#server/storage/open-database.ts';
import { sha256 } from '#server/sha256.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import { DRAFT, INSTRUMENTS, OIT_INSTRUMENTS, TEMPLATES } from './fixtures.ts';
import { numberedUuid, numberedUuids } from './numbered-uuid.ts';

export const ORIGIN = 'http://office.test';
export const ACCOUNT = { name: 'สมชาย', password: 'ปลาทูหน้างอคอหัก' };
export const SET_UP_TOKEN = 'the-first-token';

/** What every device is told: the database's epoch, and how long to keep what was acknowledged. */
export const STANDING = { epoch: numberedUuid(950), reofferDays: 14 };

/** 20 November 2024, 23:30 in Bangkok: in the tests' time zone and in UTC still other days. */
export const START = Date.parse('2024-11-20T16:30:00Z');

const REPORT_WORDS = readReportWords(join(import.meta.dirname, '../../../locales'), {
  instruments: INSTRUMENTS,
  oitInstruments: OIT_INSTRUMENTS,
});

/**
 * Hundreds of tests sign in, and scrypt is slow on purpose: a tenth of a second for each that is counted here. The accounts' own tests have
 * the real one.
 */
function lightHash() {
  const work = { count: 0 };
  const hash = (password: string) => {
    work.count += 1;
    return Promise.resolve(sha256(`password ${password}`));
  };
  const verify = async (told: { password: string; hash: string }) =>
    (await hash(told.password)) === told.hash;
  return { work, passwords: { hash, verify } };
}

const SURVEY_HTML =
  '<!doctype html><html lang="th"><head><title>-</title></head><body><div id="app"></div><!--page-data--></body></html>';
const KIOSK_HTML = '<!doctype html><html lang="th"><title>kiosk</title></html>';
const ADMIN_HTML = '<!doctype html><html lang="th"><title>admin</title></html>';
const DISPLAY_HTML = '<!doctype html><html lang="th"><title>display</title></html>';

interface Asking {
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** A seeded source of integers (the constants are those of Numerical Recipes). */
function seededBelow(): (below: number) => number {
  let state = 2568;
  return function below(limit) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

interface ServerProcess extends Pick<OpenDatabase, 'database' | 'toRead' | 'dialect'> {
  clock: { now: number };
  uuid?: () => string;
}

/**
 * What the app of one server process needs, on a database that may have others; with a clock that stands still. Its tables are
 * there already.
 */
export function processOn({
  database,
  toRead,
  dialect,
  clock,
  uuid = numberedUuids(),
}: ServerProcess) {
  const now = () => clock.now;
  const room = createDatabaseRoom(now);
  const storage = createStorage(database, uuid, {
    onKept: () => room.noteKept(),
    onFailed: (error) => room.noteFailure(error),
  });
  const { work: passwordWork, passwords } = lightHash();
  const auth = createAuth({
    database,
    dialect,
    secret: 'a secret that only this test knows',
    host: new URL(ORIGIN).hostname,
    secureCookies: false,
    passwords,
  });
  let secrets = 0;
  const randomness = {
    below: seededBelow(),
    uuid,
    token: () => `token-${uuid()}`,
    secret: () => sha256(`secret ${(secrets += 1)}`),
  };
  const limits = createLimits({ storage, randomness, sharedSecret: 'of the test', now });
  const spentCodes = createSpentCodes(limits);
  const accounts = createAccounts(auth, { newId: uuid, now, spentCodes });
  const logged: { fields: object; message: string }[] = [];
  const log = (fields: object, message: string) => logged.push({ fields, message });
  const effects: AppEffects = {
    storage,
    judging: createJudging(toRead, (error) => {
      throw error;
    }),
    readiness: createReadiness({
      taking: () => storage.taking(),
      isDatabaseFull: () => room.isFull(),
      isDraining: () => false,
      diskRoom: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
      now: () => clock.now,
      log: { info: log, error: log },
    }),
    accounts,
    passkeys: createPasskeys(auth),
    failedAttempts: createFailedAttempts(storage, now),
    sealKeys: createKnownSealKeys(storage),
    codeUse: createCodeUse(storage, now),
    limits,
    workKey: 'of the test as well',
    now,
    randomness,
    log: { info: log, error: log },
    addressOf: (context) => context.req.header('x-test-address') ?? '203.0.113.7',
    instruments: INSTRUMENTS,
    oitInstruments: OIT_INSTRUMENTS,
    templates: TEMPLATES,
    reportWords: REPORT_WORDS,
    pages: createPages(
      {
        survey: { html: SURVEY_HTML, style: '', hash: null },
        kiosk: KIOSK_HTML,
        admin: ADMIN_HTML,
        display: DISPLAY_HTML,
        views: {
          renderFirstScreen: () => '<div id="app"></div>',
          renderPlainForm: () => '',
          renderPlainThanks: () => '',
        },
      },
      (language) => ({
        survey: { title: `title-${language}`, plain: { note: `note-${language}` } },
        problems: {},
      }),
    ),
    staticFiles: new Map(),
    newerFile: () => null,
    publicUrl: ORIGIN,
    standing: STANDING,
    floodAbove: 1_000,
    minimumClientProtocol: 1,
  };
  const setUpLink = (isAlone: boolean, token: string) =>
    newSetUpToken({ storage, accounts, makeToken: () => token, now, isAlone });
  return { effects, auth, logged, setUpLink, passwordWork };
}

/** The bytes of an empty database with all its tables. They are made once for the tests of a file. */
async function makeEmptyDatabase(): Promise<Buffer> {
  const handle = openSqliteFile(':memory:');
  const database = sqliteDatabase(handle);
  await migrate(database, 'sqlite');
  const toRead = { kind: 'sqlite', file: ':memory:' } as const;
  const { auth } = processOn({ database, toRead, dialect: 'sqlite', clock: { now: START } });
  await migrateAuth(auth, { database, dialect: 'sqlite' });
  const bytes = handle.serialize();
  await database.destroy();
  return bytes;
}

let emptyDatabase: Promise<Buffer> | null = null;

/** The whole app on a SQLite file of its own, with a clock that stands still; gone when the test ends. */
export async function createTestServer() {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-http-'));
  const databaseFile = join(folder, 'sucharit.db');
  writeFileSync(databaseFile, await (emptyDatabase ??= makeEmptyDatabase()));
  const handle = openSqliteFile(databaseFile);
  const database = sqliteDatabase(handle);
  const clock = { now: START };
  const toRead = { kind: 'sqlite', file: databaseFile } as const;
  const process = processOn({ database, toRead, dialect: 'sqlite', clock });
  const { effects, logged, passwordWork } = process;
  const { storage, accounts } = effects;
  await process.setUpLink(true, SET_UP_TOKEN);
  let app = createApp(effects);

  onTestFinished(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let cookie = '';

  /** Another build takes over on the same database: what is asked and sent from here on goes to that one. */
  function replaceBuild(
    changes: Pick<
      Partial<AppEffects>,
      'accounts' | 'instruments' | 'minimumClientProtocol' | 'floodAbove' | 'pages' | 'readiness'
    >,
  ) {
    app = createApp({ ...effects, sealKeys: createKnownSealKeys(storage), ...changes });
  }

  /** A request as our own page makes it, signed in if signIn() was called. */
  async function ask(method: string, path: string, { json, body, headers }: Asking = {}) {
    const sent = json === undefined ? body : JSON.stringify(json);
    return app.request(path, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', cookie, ...headers },
      ...(sent !== undefined && { body: sent }),
    });
  }

  async function signIn() {
    const reply = await ask('POST', '/api/v1/set-up', {
      json: { token: SET_UP_TOKEN, ...ACCOUNT },
    });
    if (reply.status !== 201) throw new Error(`set-up answered ${reply.status}`);
    cookie = reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }

  /** Signs in and makes an assessment; returns it with its channels. */
  async function createAssessment(
    draft = DRAFT,
  ): Promise<{ assessment: Assessment; channels: ChannelSummary[] }> {
    if (cookie === '') await signIn();
    const made = await ask('POST', '/api/v1/assessments', { json: draft });
    const assessment = assessmentSchema.parse(await made.json());
    const list = await ask('GET', `/api/v1/assessments/${assessment.id}/channels`);
    return { assessment, channels: channelListSchema.parse(await list.json()).channels };
  }

  /** Makes an assessment and returns the code of one of its channels. */
  async function createChannel(instrument: string, department: number | null = null) {
    const { assessment, channels } = await createAssessment();
    const channel = channels.find(
      (one) => one.instrument === instrument && one.department === department,
    );
    if (!channel) throw new Error(`no channel for ${instrument}`);
    return { assessment, code: channel.code };
  }

  /** Sends envelopes as a device does: no cookie, no sign of a page. */
  async function sendBatch(
    envelopes: readonly unknown[],
    headers: Record<string, string> = {},
  ): Promise<globalThis.Response> {
    return app.request('/api/v1/batches', {
      method: 'POST',
      headers,
      body: JSON.stringify({ envelopes }),
    });
  }

  async function resultsOf(envelopes: readonly unknown[]): Promise<BatchReply['results']> {
    const reply = await sendBatch(envelopes);
    if (reply.status !== 200) throw new Error(`batch answered ${reply.status}`);
    return batchReplySchema.parse(await reply.json()).results;
  }

  return {
    app,
    effects,
    setUpLink: process.setUpLink,
    storage,
    accounts,
    handle,
    database,
    databaseFile,
    clock,
    logged,
    passwordWork,
    /** Of whoever is signed in. */
    cookie: () => cookie,
    ask,
    replaceBuild,
    signIn,
    createAssessment,
    createChannel,
    sendBatch,
    resultsOf,
  };
}

/** The code of a problem answer, with its status. */
export async function problemIn(reply: globalThis.Response): Promise<string> {
  const { code, status } = await reply.json();
  const type = reply.headers.get('content-type');
  if (status !== reply.status || type !== 'application/problem+json')
    throw new Error(`no proper problem: ${reply.status} ${type}`);
  return `${status} ${code}`;
}

/** What an answer says; of one that goes on and on, its beginning. */
export async function saidBy(reply: globalThis.Response): Promise<string> {
  if (reply.headers.get('content-type') !== 'text/event-stream') return reply.text();
  const reader = reply.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}
