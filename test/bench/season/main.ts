// `npm run bench:season [-- --full] [--only office|country]`: a season of the country on PostgreSQL and one of an office on SQLite, each
// on a database of its own: what comes on all days, one of the days, and a rush. Not a test: it prints figures.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { goThroughSeason } from './go-through.ts';
import type { Machine } from './machine.ts';
import { COUNTRY, OFFICE, PART_OF_COUNTRY, type Scenario } from './scenario.ts';
import { tablesOf } from './tables.ts';

const { values } = parseArgs({
  options: {
    /** The whole country instead of a part of it: half an hour. */
    full: { type: 'boolean', default: false },
    /** One of the two alone. */
    only: { type: 'string' },
    processes: { type: 'string' },
  },
});

function scenariosOf(): Scenario[] {
  const country = { ...(values.full ? COUNTRY : PART_OF_COUNTRY) };
  if (values.processes !== undefined) country.processes = Number(values.processes);
  switch (values.only) {
    case undefined:
      return [OFFICE, country];
    case 'office':
      return [OFFICE];
    case 'country':
      return [country];
    default:
      throw new Error('--only takes office or country');
  }
}

let machine: Machine | null = null;
process.once('exit', () => machine?.abandon());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const begun = performance.now();
const say = (line: string) =>
  process.stderr.write(`${((performance.now() - begun) / 1000).toFixed(0)} s  ${line}\n`);
for (const scenario of scenariosOf()) {
  const report = await goThroughSeason(scenario, {
    say,
    onMachine: (started) => (machine = started),
  });
  machine = null;
  process.stdout.write(`\n${tablesOf(report)}\n`);
}
process.stdout.write(
  `\n${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`,
);
