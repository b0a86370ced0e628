// `npm run move`: takes the office in DATA_DIR from SQLite to the empty PostgreSQL database of DATABASE_URL.
import { runCommand, say } from '../backup/run-command.ts';
import { cryptoRandomness } from '../randomness.ts';
import { moveOffice } from './move-office.ts';

/** Rows after which a long table says how far it is. */
const TOLD_EVERY = 100_000;

await runCommand(null, async (config) => {
  let told = 0;
  const { tables, isServerRunning } = await moveOffice(config, {
    now: Date.now,
    newId: cryptoRandomness.uuid,
    progress(table, rows) {
      if (rows < told) told = 0;
      if (rows - told < TOLD_EVERY) return;
      told = rows;
      say(`  ${table}: ${rows} so far`);
    },
  });
  say(
    'Moved to PostgreSQL, read back, and found the same (rows, table, digest):',
    ...tables.map(
      ({ rows, name, sum }) => `  ${String(rows).padStart(9)}  ${name}  ${sum.slice(0, 16)}`,
    ),
    ...(isServerRunning
      ? [
          'A server still runs on the old database: stop it now. What it took meanwhile, devices offer again, but for answers by the plain form or over plain HTTP: of those they keep no copy.',
        ]
      : []),
    'Now start the server with this DATABASE_URL and the same DATA_DIR, whose session-secret it needs; the old database stays in it as it was.',
  );
});
