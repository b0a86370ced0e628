// `npm run restore -- <backup folder>`: puts a backup in the place of the SQLite database.
import { parseArgs } from 'node:util';
import { cryptoRandomness } from '../randomness.ts';
import { movedMark } from '../move/moved-mark.ts';
import { BackupProblem } from './backup-problem.ts';
import { countLines } from './check-database-file.ts';
import { type Restored, restoreBackup } from './restore-backup.ts';
import { runCommand, say } from './run-command.ts';

const USAGE =
  'Say which backup: use `npm run restore -- <backup folder>`, such as `npm run restore -- data/backups/2026-11-21T14-05-00Z`.';

function readBackup(words: string[]): string {
  try {
    const [folder, ...more] = parseArgs({ args: words, allowPositionals: true }).positionals;
    if (folder && more.length === 0) return folder;
  } catch (error) {
    throw new BackupProblem(USAGE, error);
  }
  throw new BackupProblem(USAGE);
}

/** What became of what was there before. */
function beforeLines({ counts, before }: Restored): string[] {
  if (!before) return ['There was no database here before.'];
  const kept = `What was here is kept in ${before.folder}`;
  if (!before.database)
    return [`${kept}: there was no database in it that could be read and counted.`];
  const { responses } = before.database.counts;
  const fewer = responses - counts.responses;
  const difference =
    fewer === 0
      ? 'as many as now'
      : fewer > 0
        ? `${fewer} more than now`
        : `${-fewer} fewer than now`;
  const again = before.database.isNewer
    ? 'It is of a newer version of this program, and can be restored with that like a backup'
    : 'It can be restored like a backup';
  return [
    `${kept}, with ${responses} responses: ${difference}. ${again}; remove it when all is well.`,
  ];
}

function nextLine(dataDir: string, reofferDays: number): string {
  const mark = movedMark(dataDir);
  const next =
    mark === null
      ? 'Next: start the server.'
      : `Next: this office was moved to PostgreSQL, so no server starts on this folder. Only to go on with SQLite, without what came to PostgreSQL since: stop the server there, remove ${mark}, and start the server without DATABASE_URL.`;
  return reofferDays === 0
    ? `${next} REOFFER_DAYS is 0: devices offer nothing again of what they sent since the backup.`
    : `${next} Devices then offer again what they sent in the last ${reofferDays} days, as they come online; what is here already is not counted twice.`;
}

await runCommand(
  'The answers are in PostgreSQL (DATABASE_URL): stop every server, put it back with pg_restore or its point-in-time recovery, and start them again; devices then offer again what they sent.',
  ({ dataDir, reofferDays }) => {
    const backup = readBackup(process.argv.slice(2));
    const restored = restoreBackup({
      dataDir,
      backup,
      now: Date.now(),
      newId: cryptoRandomness.uuid,
    });
    say(
      `Restored ${backup} into ${dataDir}`,
      ...countLines(restored.counts),
      ...beforeLines(restored),
      nextLine(dataDir, reofferDays),
    );
  },
);
