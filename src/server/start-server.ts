// Puts the server together: database, accounts, pages, HTTP. main.ts, the demo and the tests start it from here.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { MINIMUM_CLIENT_PROTOCOL } from '#core/contract/protocol.ts';
import { createFailedAttempts } from './auditing/failed-attempts.ts';
import { catchUpLog, startChores, tellPutBack } from './chores.ts';
import { removeDue } from './assessments/remove-due.ts';
import { keyFor, sessionSecret } from './auth/session-secret.ts';
import { startSignIn } from './auth/start-sign-in.ts';
import { finishRestore } from './backup/pending-restore.ts';
import type { Config } from './config.ts';
import { readReportWords } from './export/report-words.ts';
import { createApp } from './http/app.ts';
import { clientAddress, listProxies } from './http/client-address.ts';
import { createLimitedServer } from './http/connection-limits.ts';
import { createDrain } from './http/drain.ts';
import type { AppEffects, Log } from './http/effects.ts';
import { createCounting } from './counting/counting.ts';
import { prepareDataDir, takeDataDir } from './data-dir.ts';
import { createFolder, type Folder } from './counting/folder.ts';
import { judgeAhead } from './counting/judge-ahead.ts';
import { createJudging } from './counting/judging.ts';
import { createResults } from './counting/results.ts';
import { listen } from './http/listen.ts';
import { withoutWords } from './http/problem-response.ts';
import { type RunningMetrics, startMetrics } from './metrics/start-metrics.ts';
import { createLimits } from './limits/limits.ts';
import { refuseMoved } from './move/moved-mark.ts';
import { createPages } from './pages/pages.ts';
import { readClient } from './pages/read-client.ts';
import { readTexts } from './pages/texts.ts';
import type { Randomness } from './randomness.ts';
import { readInstruments, readOitInstruments, readTemplates } from './read-definitions.ts';
import { createReadiness } from './readiness.ts';
import { retryAtStart } from './receiving/retry-at-start.ts';
import { createDatabaseRoom } from './database-room.ts';
import { diskRoomOf } from './disk-room.ts';
import { createStorage } from './storage/create-storage.ts';
import { createCodeUse } from './receiving/code-use.ts';
import { createKnownSealKeys } from './sealing/known-seal-keys.ts';
import { keepStanding } from './storage/keep-standing.ts';
import { databaseFile } from './storage/data-files.ts';
import { openDatabase } from './storage/open-database.ts';
import { postgresProblem, sqliteProblem } from './storage/start-mend.ts';
import { createWritingBack } from './storage/write-back.ts';
import { createTidier, noticingArrivals } from './tidying/tidier.ts';
import { postgresTidying } from './tidying/tidy-postgres.ts';
import { sqliteTidying } from './tidying/tidy-sqlite.ts';
import { urlOf } from './url-of.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** What the server takes from the world besides its configuration. */
export interface ServerEffects {
  /** Milliseconds since 1970. */
  now: () => number;
  randomness: Randomness;
  log: Log;
  /** The folder of the built client. */
  distFolder: string;
}

export interface RunningServer {
  /** Where it listens, with the port it really got. */
  url: string;
  /** Where Prometheus reads; null where nothing is told. */
  metricsUrl: string | null;
  /** The link for the first admin; null once there is an account. */
  setUpLink: string | null;
  /**
   * Says that it is not ready, and answers on for `drainSeconds`; takes no more requests then, lets those that run end,
   * and closes the database.
   */
  close(): Promise<void>;
}

export const DIST_FOLDER = join(PROJECT, 'dist');

const UPDATE_WORDS = {
  begins:
    'the tables are being brought up to date: with many answers this takes minutes, and a stop begins it anew',
  underway: 'the tables are still being brought up to date',
  made: 'the tables are up to date',
};

async function openConfiguredDatabase(config: Config, { log, randomness }: ServerEffects) {
  const { database, dataDir } = config;
  if (database.kind === 'sqlite') refuseMoved(dataDir);
  try {
    if (database.kind === 'sqlite') finishRestore(dataDir);
    return await openDatabase(database, dataDir, {
      newId: randomness.uuid,
      onLostConnection: ({ name }) =>
        log.error({ error: name }, 'an idle database connection was lost'),
      onUpdate: ({ state, ...at }) => log.info(at, UPDATE_WORDS[state]),
    });
  } catch (error) {
    throw database.kind === 'sqlite' ? sqliteProblem(error, dataDir) : postgresProblem(error);
  }
}

/** Everything behind the lock on the folder. @see startServer */
async function startLocked(config: Config, effects: ServerEffects): Promise<RunningServer> {
  const { now, randomness, log, distFolder } = effects;
  const client = await readClient(distFolder);
  const instruments = readInstruments(join(PROJECT, 'src/core/instruments'));
  const oitInstruments = readOitInstruments(join(PROJECT, 'src/core/instruments/oit'));
  const textsFor = readTexts(join(PROJECT, 'locales'), [...instruments.keys()]);
  const { database, toRead, dialect, epoch, readEpoch, began } = await openConfiguredDatabase(
    config,
    effects,
  );

  try {
    const tidying =
      dialect === 'sqlite'
        ? sqliteTidying(database, databaseFile(config.dataDir))
        : postgresTidying(database);
    const tidier = createTidier(tidying, effects);
    await tidier.tellOutOfReach();
    let metrics: RunningMetrics | null = null;
    let folder: Folder | null = null;
    const tellEnded = (thread: string) => (error: unknown) =>
      log.error(withoutWords(error), `${thread} ended`);
    const writingBack = createWritingBack(toRead, tellEnded('the thread that writes the log back'));
    const room = createDatabaseRoom(now);
    const storage = noticingArrivals(
      createStorage(database, randomness.uuid, {
        onKept(rows) {
          room.noteKept();
          metrics?.noteCommit(rows);
          writingBack.noteCommit(rows);
        },
        onFailed: (error) => room.noteFailure(error),
      }),
      { noteArrival: () => tidier.noteArrival(), noteResponse: () => folder?.noteArrival() },
    );
    const sealKeys = createKnownSealKeys(storage);
    const chores = { storage, sealKeys, now, log };
    if (began(epoch)) await tellPutBack(chores);
    await catchUpLog(chores, { isAlone: dialect === 'sqlite' });
    await removeDue(chores);
    await retryAtStart({ ...chores, newId: randomness.uuid, instruments });
    const secret = sessionSecret(config.dataDir);
    const sharedSecret = keyFor('limits', secret);
    const limits = createLimits({ storage, randomness, sharedSecret, now });
    const { accounts, passkeys, setUpToken } = await startSignIn({ database, dialect }, config, {
      storage,
      limits,
      secret,
      randomness,
      now,
    });
    const failedAttempts = createFailedAttempts(storage, now);
    const codeUse = createCodeUse(storage, now);
    const countings = [failedAttempts, codeUse];

    const judging = createJudging(toRead, tellEnded('the thread that judges'));
    const server = createLimitedServer();
    const drain = createDrain(server);
    const readiness = createReadiness({
      taking: () => storage.taking(),
      isDatabaseFull: () => room.isFull(),
      isDraining: () => drain.isDraining(),
      diskRoom: () => diskRoomOf(config.dataDir),
      now,
      log,
    });
    metrics = await startMetrics(config, { storage, readiness, dataDir: config.dataDir, now });
    const url = urlOf(config.host, await listen(server, config));
    const publicUrl = config.publicUrl ?? url;
    const proxies = listProxies(config.trustedProxies);
    const standing = { epoch, reofferDays: config.reofferDays };
    const ofApp: AppEffects = {
      storage,
      judging,
      readiness,
      onHandled: (request) => metrics?.noteRequest(request),
      onWaiting: (...waiting) => folder?.noteLook(...waiting),
      accounts,
      passkeys,
      failedAttempts,
      sealKeys,
      codeUse,
      limits,
      workKey: keyFor('work', secret),
      now,
      randomness,
      log,
      addressOf: (context) =>
        clientAddress(
          getConnInfo(context).remote.address ?? '',
          context.req.header('x-forwarded-for'),
          proxies,
        ),
      instruments,
      oitInstruments,
      templates: readTemplates(join(PROJECT, 'src/core/templates')),
      reportWords: readReportWords(join(PROJECT, 'locales'), { instruments, oitInstruments }),
      pages: createPages(client.pages, textsFor),
      staticFiles: client.staticFiles,
      newerFile: client.newerFile,
      publicUrl,
      standing,
      floodAbove: config.floodAbove,
      minimumClientProtocol: MINIMUM_CLIENT_PROTOCOL,
    };
    const results = createResults(ofApp);
    const app = createApp(ofApp, results);
    // Only now is the port known, which the QR codes need; no request can have come in since.
    const listener = getRequestListener(app.fetch);
    server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
    const leaveStanding = keepStanding(standing, async () => {
      const seen = await readEpoch();
      if (seen !== standing.epoch && began(seen)) await tellPutBack(chores);
      return seen;
    });
    const counted = { storage, counting: createCounting(instruments) };
    folder = createFolder({ ...counted, log, holdsUp: dialect === 'sqlite' });
    const ahead = judgeAhead({ ...counted, results });
    const endChores = startChores(chores, countings, tidier);
    log.info({ url, database: dialect }, 'listening');
    return {
      url,
      metricsUrl: metrics?.url ?? null,
      setUpLink: setUpToken === null ? null : `${publicUrl}/admin/set-up?token=${setUpToken}`,
      async close() {
        log.info({}, 'draining');
        drain.begin();
        if (config.drainSeconds > 0) await pause(config.drainSeconds * 1_000);
        endChores();
        leaveStanding();
        await drain.close();
        await Promise.all([judging.close(), ahead.end()]);
        // What cannot be written now is lost with the process.
        for (const counting of countings) await counting.tellCounts('all').catch(() => undefined);
        await folder?.finish();
        await tidier.finish();
        metrics?.close();
        await writingBack.close();
        await storage.close();
        log.info({}, 'ended');
      },
    };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

/**
 * Starts the server and resolves when it takes requests.
 *
 * @throws StartProblem for what whoever runs it can mend
 */
export async function startServer(config: Config, effects: ServerEffects): Promise<RunningServer> {
  prepareDataDir(config.dataDir);
  const lock = takeDataDir(config);
  try {
    const server = await startLocked(config, effects);
    return {
      ...server,
      async close() {
        await server.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
