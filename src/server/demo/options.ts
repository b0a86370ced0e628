import { parseArgs } from 'node:util';
import { DemoProblem } from './demo-problem.ts';

const USAGE =
  'use `npm run demo`, with --keep or --exit, or `npm run demo -- --url http://localhost:8080 --account NAME`';

/**
 * own: a server of its own with a temporary database, which stays open afterwards if `keep`; running: one that runs
 * already, where `account` signs in.
 */
type DemoOptions =
  | { server: 'own'; keep: boolean }
  | { server: 'running'; url: string; account: string };

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        url: { type: 'string' },
        account: { type: 'string' },
        keep: { type: 'boolean' },
        exit: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const known = error instanceof Error ? error.message.split('. ')[0] : '';
    throw new DemoProblem(`${known}: ${USAGE}.`, error);
  }
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new DemoProblem(
      '--url cannot be used: give the server’s address without a path, such as --url http://localhost:8080.',
    );
  return url.origin;
}

/**
 * What to do, from the words of the command line.
 *
 * @throws DemoProblem for words that cannot be used
 */
export function readOptions(words: readonly string[], isTerminal: boolean): DemoOptions {
  const { url, account, keep, exit } = parse(words);
  if (keep && exit) throw new DemoProblem(`--keep and --exit contradict each other: ${USAGE}.`);
  if (url === undefined) {
    if (account !== undefined) throw new DemoProblem(`--account needs --url: ${USAGE}.`);
    return { server: 'own', keep: keep ?? (exit ? false : isTerminal) };
  }
  if (account === undefined)
    throw new DemoProblem(`--url needs --account, the name of an admin on that server: ${USAGE}.`);
  if (keep) throw new DemoProblem(`--keep is for a server of the demo's own: ${USAGE}.`);
  return { server: 'running', url: originOf(url), account };
}
