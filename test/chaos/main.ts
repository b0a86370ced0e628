// `npm run chaos -- --seeds N --from S [--database postgres] [--control client|server]`: real servers, simulated devices and a
// real browser live through faults; in the end every response that a person was told is kept must be in the database, once
// and unchanged.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureBrowsers, findBrowser } from '../support/find-browsers.ts';
import { sendingChunk } from './browser-device.ts';
import { prepareOffice, type ChaosDatabase } from './office.ts';
import { isFailed, printSeed, printSummary } from './report.ts';
import { runSeed, type ChaosRun, type Control, type SeedReport } from './seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    control: { type: 'string', default: 'none' },
    database: { type: 'string', default: 'sqlite' },
    /** How many seeds run at the same time. */
    together: { type: 'string', default: '2' },
  },
});

function numberOf(name: 'seeds' | 'from' | 'together'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} takes a whole number above 0`);
  return number;
}

function controlOf(text: string): Control {
  if (text === 'none' || text === 'client' || text === 'server') return text;
  throw new Error('--control takes client or server');
}

function databaseOf(text: string): ChaosDatabase {
  if (text === 'sqlite' || text === 'postgres') return text;
  throw new Error('--database takes sqlite or postgres');
}

const isCaught = (reports: readonly SeedReport[], control: Exclude<Control, 'none'>) =>
  reports.some(({ verdict }) => verdict[control === 'client' ? 'lost' : 'doubled'] > 0);

/** Runs the seeds, a few at a time; a control only until it is caught. In the order in which they end. */
async function runSeeds(seeds: readonly number[], together: number, run: ChaosRun) {
  const reports: SeedReport[] = [];
  const waiting = [...seeds];
  const isDone = () => run.control !== 'none' && isCaught(reports, run.control);
  const runNext = async () => {
    while (!isDone()) {
      const seed = waiting.shift();
      if (seed === undefined) return;
      const begun = performance.now();
      const report = await runSeed(seed, run);
      printSeed(report, performance.now() - begun);
      reports.push(report);
    }
  };
  await Promise.all(Array.from({ length: together }, runNext));
  return reports.sort((a, b) => a.seed - b.seed);
}

/** True if the run ended as it must: a control by being caught, the real thing by losing and doubling nothing. */
function isGood(reports: readonly SeedReport[], control: Control): boolean {
  if (control === 'none') return !reports.some(isFailed);
  const caught = isCaught(reports, control);
  process.stdout.write(`the broken ${control} was ${caught ? 'caught' : 'NOT caught'}\n`);
  return caught;
}

ensureBrowsers();
const control = controlOf(values.control);
const from = numberOf('from');
const seeds = Array.from({ length: numberOf('seeds') }, (_, index) => from + index);
const database = databaseOf(values.database);
const office = await prepareOffice(database);
const browser = await chromium.launch({
  executablePath: findBrowser('chromium') ?? 'chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const run = { office, browser, chunk: sendingChunk(), control };
  const reports = await runSeeds(seeds, numberOf('together'), run);
  printSummary(reports, database);
  process.exitCode = isGood(reports, control) ? 0 : 1;
} finally {
  await browser.close();
  await office.remove();
}
// A seed that failed may have left a timer or a process behind.
process.exit();
