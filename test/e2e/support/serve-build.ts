// The real server with the build that DIST_FOLDER names, so that a journey can put a newer one in its place.
import { pino } from 'pino';
import { getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';

const distFolder = process.env['DIST_FOLDER'];
if (!distFolder) throw new Error('DIST_FOLDER names no build');

const server = await startServer(getConfig(process.env), {
  now: Date.now,
  randomness: cryptoRandomness,
  log: pino({ level: 'silent' }),
  distFolder,
});
process.stdout.write(`listens on ${server.url} ${server.setUpLink ?? ''}\n`);
process.once('SIGTERM', () => void server.close());
