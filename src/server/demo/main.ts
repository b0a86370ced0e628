// `npm run demo`: replays a published report through the real HTTP endpoint, see run-demo.ts.
import { pino } from 'pino';
import { sessionSchema } from '#core/contract/account.ts';
import { StartProblem } from '../start-problem.ts';
import { DIST_FOLDER } from '../start-server.ts';
import { createApiClient } from './api-client.ts';
import { DemoProblem } from './demo-problem.ts';
import { readOptions } from './options.ts';
import { openOwnServer } from './own-server.ts';
import { runDemo } from './run-demo.ts';
import { askPassword, terminalScreen } from './terminal.ts';

async function onOwnServer(keep: boolean): Promise<boolean> {
  const stopped = new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const log = pino({ level: 'error', base: null }, pino.destination(process.stderr.fd));
  const server = await openOwnServer(log, DIST_FOLDER);
  let isRight = false;
  const run = async () => {
    terminalScreen.say(`A server with a temporary database runs on ${server.url}`);
    isRight = await runDemo(server.api, terminalScreen);
    if (!keep) return;
    terminalScreen.say(`\nSee it at ${server.url}/admin until you press Ctrl-C`);
    terminalScreen.say(`  account   ${server.account.name}`);
    terminalScreen.say(`  password  ${server.account.password}`);
    await stopped;
  };
  try {
    await Promise.race([run(), stopped]);
    return isRight;
  } finally {
    await server.remove();
  }
}

async function onRunningServer(url: string, account: string): Promise<boolean> {
  const password = process.env['SUCHARIT_PASSWORD'] || (await askPassword(account));
  const api = createApiClient(url);
  await api.post('/api/v1/session', { name: account, password }, sessionSchema);
  return runDemo(api, terminalScreen);
}

try {
  const options = readOptions(process.argv.slice(2), process.stdout.isTTY);
  const isRight =
    options.server === 'own'
      ? await onOwnServer(options.keep)
      : await onRunningServer(options.url, options.account);
  if (!isRight) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof DemoProblem || error instanceof StartProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
