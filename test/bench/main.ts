// `npm run bench`: figures and ratios of one run on one machine. Not a test: machines differ, ratios less.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchDrain } from './drain.ts';
import { benchIngest } from './ingest.ts';
import { benchRemoval } from './removal.ts';

const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en');
const times = (value: number) => `${value.toFixed(2)} x`;

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const { values } = parseArgs({
  options: {
    /** Watches the memory over 1,000,000 responses, which takes minutes. */
    million: { type: 'boolean', default: false },
    /** Measures what receives responses, and nothing else. */
    ingest: { type: 'boolean', default: false },
  },
});

const ingest = await benchIngest({ inMemory: values.million ? 1_000_000 : 100_000 });

process.stdout.write(
  `\n${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}, SQLite with synchronous=FULL\n\n`,
);
const TAKERS = { floor: 'floor', open: 'Sucharit, open', sealed: 'Sucharit, sealed' } as const;
row(
  'receiving at 64 connections',
  'responses a second',
  'to the floor',
  'p50 / p95 / p99, ms',
  'CPU of the server, µs a response',
);
row('---', '---:', '---:', '---:', '---:');
for (const { taker, batch, perSecond, p50, p95, p99, cpuMicroseconds } of ingest.figures) {
  const floor = ingest.figures.find((one) => one.taker === 'floor' && one.batch === batch);
  row(
    `${TAKERS[taker]}, ${batch === 1 ? 'singly' : `in batches of ${batch}`}`,
    whole(perSecond),
    times(perSecond / (floor?.perSecond ?? Number.NaN)),
    [p50, p95, p99].map((ms) => ms.toFixed(1)).join(' / '),
    cpuMicroseconds.toFixed(0),
  );
}

process.stdout.write('\n');
row('after so many more responses', 'JavaScript heap', 'memory of the process');
row('---', '---:', '---:');
for (const { responses, heapBytes, rssBytes } of ingest.memory)
  row(whole(responses), megabytes(heapBytes), megabytes(rssBytes));
process.stdout.write(
  `\nA response is ${kilobytes(ingest.grown)} of the database, ${kilobytes(ingest.tidied)} after it was tidied.\n`,
);

if (!values.ingest) {
  process.stdout.write('\n');
  row('what waited on devices, until all is acknowledged', 'seconds', 'responses a second');
  row('---', '---:', '---:');
  for (const { devices, responses, seconds } of await benchDrain())
    row(
      `${whole(responses)} responses on ${devices === 1 ? 'one device' : `${devices} devices`}`,
      seconds.toFixed(2),
      whole(responses / seconds),
    );

  process.stdout.write('\n');
  row('removing a deleted assessment', 'seconds', 'longest silence of the server');
  row('---', '---:', '---:');
  for (const { database, responses, seconds, longestSilenceMs } of await benchRemoval())
    row(
      `${whole(responses)} responses on ${database}`,
      seconds.toFixed(2),
      `${whole(longestSilenceMs)} ms`,
    );
}
