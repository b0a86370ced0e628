// `npm run bench`: figures and ratios of one run on one machine. Not a test: machines differ, ratios less.
import { cpus } from 'node:os';
import { benchDrain } from './drain.ts';
import { benchIngest } from './ingest.ts';
import { benchRemoval } from './removal.ts';

const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en');
const times = (value: number) => `${value.toFixed(2)} x`;

const ingest = await benchIngest();
const drain = await benchDrain();
const removal = await benchRemoval();

process.stdout.write(
  `\n${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}, SQLite with synchronous=FULL\n\n`,
);
row('what', 'Sucharit', 'floor', 'ratio');
row('---', '---:', '---:', '---:');
for (const { size, serverPerSecond, barePerSecond } of ingest)
  row(
    `responses a second, ${size === 1 ? 'singly' : `in batches of ${size}`} over HTTP (floor: a bare insert loop)`,
    whole(serverPerSecond),
    whole(barePerSecond),
    times(serverPerSecond / barePerSecond),
  );

process.stdout.write('\n');
row('what waited on devices, until all is acknowledged', 'seconds', 'responses a second');
row('---', '---:', '---:');
for (const { devices, responses, seconds } of drain)
  row(
    `${whole(responses)} responses on ${devices === 1 ? 'one device' : `${devices} devices`}`,
    seconds.toFixed(2),
    whole(responses / seconds),
  );

process.stdout.write('\n');
row('removing a deleted assessment', 'seconds', 'longest silence of the server');
row('---', '---:', '---:');
for (const { database, responses, seconds, longestSilenceMs } of removal)
  row(
    `${whole(responses)} responses on ${database}`,
    seconds.toFixed(2),
    `${whole(longestSilenceMs)} ms`,
  );
