// `npm run recount`: counts all responses and compares with the tallies that the figures are made of, also while the server runs.
import { join } from 'node:path';
import { runCommand, say } from '../backup/run-command.ts';
import { readInstruments } from '../read-definitions.ts';
import type { TallyCheck } from '../storage/counting.ts';
import { besideServer } from '../storage/beside-server.ts';
import { createStorage } from '../storage/create-storage.ts';
import { cryptoRandomness } from '../randomness.ts';
import { recountAll } from './recount.ts';

const FOUND: Record<TallyCheck, string> = {
  right: 'right',
  wrong: 'wrong, counted anew',
  uncounted: 'nobody had looked at it yet, counted now',
};

/** So often it tells how far it is. */
const TELL_EVERY = 100_000;

await runCommand(null, (config) =>
  besideServer(config, async (database) => {
    const storage = createStorage(database, cryptoRandomness.uuid);
    const instruments = readInstruments(join(import.meta.dirname, '../../core/instruments'));
    const wrong = await recountAll(
      { storage, instruments },
      {
        onProgress: (counted) => {
          if (counted % TELL_EVERY === 0) say(`${counted.toLocaleString('en')} responses counted`);
        },
        onResult: ({ organization, fiscalYear, instrument, check }) =>
          say(`${organization} ${fiscalYear}, ${instrument}: ${FOUND[check]}`),
      },
    );
    say(
      wrong === 0
        ? 'All tallies are what the responses say.'
        : `${wrong} tallies were not what the responses say, and were counted anew.`,
    );
  }),
);
