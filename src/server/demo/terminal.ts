import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { DemoProblem } from './demo-problem.ts';
import type { Screen } from './run-demo.ts';

const BAR_CHARACTERS = 40;

/** The bar grows in place on a terminal; in a file or a pipe it would be noise, and is left out. */
export const terminalScreen: Screen = {
  say: (line) => void process.stdout.write(`${line}\n`),
  showProgress(done, total) {
    if (!process.stdout.isTTY) return;
    const filled = Math.round((done / total) * BAR_CHARACTERS);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_CHARACTERS - filled);
    process.stdout.write(`\r  ${bar} ${done} / ${total}${done === total ? '\n' : ''}`);
  },
};

/**
 * Asks for a password on the terminal without showing it.
 *
 * @throws DemoProblem where there is no terminal to ask on
 */
export async function askPassword(account: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new DemoProblem(
      `The password of ${account} is needed: set SUCHARIT_PASSWORD or run the demo on a terminal.`,
    );
  process.stdout.write(`Password of ${account}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}
