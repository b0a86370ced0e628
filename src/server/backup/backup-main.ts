// `npm run backup [-- --to <folder>]`: a verified backup of the SQLite database, also while the server runs.
import { parseArgs } from 'node:util';
import { refuseMoved } from '../move/moved-mark.ts';
import { cryptoRandomness } from '../randomness.ts';
import { BackupProblem } from './backup-problem.ts';
import { countLines } from './check-database-file.ts';
import { makeBackup } from './make-backup.ts';
import { runCommand, say } from './run-command.ts';

/** The folder that --to names; null without it. */
function readTo(words: string[]): string | null {
  try {
    return parseArgs({ args: words, options: { to: { type: 'string' } } }).values.to || null;
  } catch (error) {
    throw new BackupProblem(
      'These words are not known: use `npm run backup`, or `npm run backup -- --to <folder>`.',
      error,
    );
  }
}

await runCommand(
  'The answers are in PostgreSQL (DATABASE_URL): back it up with pg_dump or its point-in-time recovery; devices notice by themselves when it was put back, and offer again.',
  ({ dataDir }) => {
    const to = readTo(process.argv.slice(2));
    // Each night's would else go well, and hold what nobody adds to any more.
    refuseMoved(dataDir);
    const { folder, counts } = makeBackup({
      dataDir,
      to,
      now: Date.now(),
      newId: cryptoRandomness.uuid,
    });
    say(
      `The backup is in ${folder}`,
      ...countLines(counts),
      'It was read back from end to end. Keep a copy of the folder on another machine, guarded like this one: it holds answers.',
    );
  },
);
