// Wires the server to the real world: environment, clock, randomness, log, signals. Nothing else happens here.
import { pino } from 'pino';
import { getConfig } from './config.ts';
import { cryptoRandomness } from './randomness.ts';
import { StartProblem } from './start-problem.ts';
import { DIST_FOLDER, startServer } from './start-server.ts';

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  const config = getConfig(process.env);
  // Listened to from the first moment: who reads the lines below may send a signal at once.
  const stopAsked = new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const log = pino({ level: config.logLevel, base: null });
  const server = await startServer(config, {
    now: Date.now,
    randomness: cryptoRandomness,
    log,
    distFolder: DIST_FOLDER,
  });

  const firstSteps =
    server.setUpLink === null
      ? [`Sign in at ${server.url}/admin`]
      : [
          `Set up the first account (the link works once): ${server.setUpLink}`,
          'Next: open the link, make an account, choose a template and print the posters.',
        ];
  const address =
    config.publicUrl === null
      ? [
          'Before you print: set PUBLIC_URL to an address that phones can open (docs/deployment.md).',
        ]
      : [];
  say('', `Sucharit listens on ${server.url}`, ...firstSteps, ...address, '');

  await stopAsked;
  await server.close();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
