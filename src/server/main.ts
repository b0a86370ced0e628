// Wires the server to the real world: environment, clock, randomness, log, signals. Nothing else happens here.
import { pino, stdTimeFunctions } from 'pino';
import { getConfig } from './config.ts';
import { logByTurn } from './log-by-turn.ts';
import { cryptoRandomness } from './randomness.ts';
import { SettingProblem, StartProblem } from './start-problem.ts';
import { DIST_FOLDER, startServer } from './start-server.ts';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Longer than running requests are given; shorter than service managers wait before they kill (docs/deploy.md). */
const STOP_LIMIT_MS = 30_000;

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  const config = getConfig(process.env);
  // Listened to from the first moment: who reads the lines below may send a signal at once.
  const stopAsked = new Promise<void>((resolve) => {
    function stop() {
      // A second signal does what signals do: it ends the process at once.
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
      resolve();
    }
    for (const signal of STOP_SIGNALS) process.once(signal, stop);
  });
  const log = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    logByTurn(),
  );
  const server = await startServer(config, {
    now: Date.now,
    randomness: cryptoRandomness,
    log,
    distFolder: DIST_FOLDER,
  });

  const firstSteps =
    server.setUpLink === null
      ? [`Sign in at ${config.publicUrl ?? server.url}/admin`]
      : [
          `Set up the first account (the link works once) สร้างบัญชีแรกที่ลิงก์นี้ (ใช้ได้ครั้งเดียว): ${server.setUpLink}`,
          'Next: open the link, make an account, name the office and print the posters.',
        ];
  const address =
    config.publicUrl === null
      ? ['Before you print: set PUBLIC_URL to an address that phones can open (docs/deploy.md).']
      : [];
  say('', `Sucharit listens on ${server.url}`, ...firstSteps, ...address, '');

  await stopAsked;
  const tooLong = setTimeout(() => {
    log.error({}, 'what ran did not end in time: ended without it');
    process.exit(1);
  }, STOP_LIMIT_MS);
  await server.close();
  clearTimeout(tooLong);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  // Whatever is open: a PostgreSQL that is given no password keeps its connection for a minute.
  process.exit(error instanceof SettingProblem ? SettingProblem.exitCode : 1);
}
