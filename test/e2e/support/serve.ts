// The real server in a process that journeys share, one after the other. @see server-host.ts
import { pino } from 'pino';
import { getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { DIST_FOLDER, type RunningServer, startServer } from '#server/start-server.ts';
import type { Answer, Word } from './server-host.ts';

let server: RunningServer | null = null;

async function begin(environment: NodeJS.ProcessEnv): Promise<Answer> {
  server = await startServer(getConfig({ ...process.env, ...environment }), {
    now: Date.now,
    randomness: cryptoRandomness,
    log: pino({ level: 'silent' }),
    distFolder: environment['DIST_FOLDER'] ?? DIST_FOLDER,
  });
  return { setUpLink: server.setUpLink ?? '' };
}

async function end(): Promise<Answer> {
  await server?.close();
  server = null;
  return { setUpLink: '' };
}

const tell = (answer: Answer) => process.send?.(answer);

process.on('message', (word: Word) => {
  const done = word === 'end' ? end() : begin(word.begin);
  done.then(tell, (error: Error) => tell({ problem: error.stack ?? error.message }));
});
process.once('SIGTERM', () => void end().then(() => process.exit()));
// Whoever had it is gone.
process.once('disconnect', () => process.exit());
