// `npm test`: every check and every test, one after the other, and a last line that counts them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBrowsers } from './support/find-browsers.ts';

/** `failures`: what to look for in the output, so that its end alone tells what failed. */
interface Count {
  passed: number;
  failures: readonly string[];
}

const reports = mkdtempSync(join(tmpdir(), 'sucharit-test-'));

/** What Node has compiled: hundreds of servers are started in a run, each in half the time by this. */
const compiled = join(reports, 'compiled');

/** No step takes as long on a machine that is not busy; one that hangs is ended with all that it started, so that the run ends too. */
const STEP_LIMIT_MS = 20 * 60_000;

/**
 * Runs a command of node_modules/.bin with its output shown; true if it ended well. The output goes through a pipe of ours: a
 * process that a step leaves behind must not hold that of the whole run open.
 */
async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
  });
  child.stdout.pipe(process.stdout, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  const endGroup = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody is left.
    }
  };
  process.once('exit', endGroup);
  const limit = setTimeout(() => {
    process.stdout.write(`still busy after ${STEP_LIMIT_MS / 60_000} minutes: ended\n`);
    endGroup();
  }, STEP_LIMIT_MS);
  const closed = once(child, 'close');
  const [status] = await once(child, 'exit');
  clearTimeout(limit);
  endGroup();
  process.off('exit', endGroup);
  // What it said last may still be on its way.
  await Promise.race([closed, pause(1_000)]);
  child.stdout.destroy();
  child.stderr.destroy();
  return status === 0;
}

async function check(title: string, command: string, args: readonly string[]): Promise<Count> {
  process.stdout.write(`\n── ${title}\n`);
  const begun = performance.now();
  const passed = await run(command, args);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  process.stdout.write(`${passed ? 'ok' : 'FAILED'} ${title} (${seconds} s)\n`);
  return passed ? { passed: 1, failures: [] } : { passed: 0, failures: [title] };
}

/** Counts by the runner's own JSON report; a runner that fails without a failed test counts as one failure. */
function counted(runner: string, ended: boolean, read: () => Count): Count {
  try {
    const count = read();
    return ended || count.failures.length > 0 ? count : { ...count, failures: [runner] };
  } catch {
    return { passed: 0, failures: [`${runner}: no report`] };
  }
}

/** Of Vitest's report what is counted. */
interface UnitReport {
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { fullName: string; status: string }[];
  }[];
}

async function unitTests(): Promise<Count> {
  process.stdout.write('\n── unit, property, HTTP and storage tests\n');
  const file = join(reports, 'unit.json');
  const ended = await run('vitest', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted('unit tests', ended, () => {
    const report: UnitReport = JSON.parse(readFileSync(file, 'utf8'));
    const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = tests.filter(({ status }) => status !== 'passed');
    return {
      passed: tests.length - failed.length,
      failures: [
        ...failed.map(({ fullName, status }) => `${fullName} (${status})`),
        ...report.testResults
          .filter(({ status, assertionResults: of }) => status !== 'passed' && of.length === 0)
          .map(({ name }) => `${name} was not run`),
      ],
    };
  });
}

/** Of Playwright's report what is counted: files hold groups, and groups hold groups and tests. */
interface Suite {
  suites?: readonly Suite[];
  specs?: readonly { title: string; tests: readonly { projectName: string; status: string }[] }[];
}

function* testsOf({ suites = [], specs = [] }: Suite): Generator<{ name: string; status: string }> {
  for (const { title, tests } of specs)
    for (const { projectName, status } of tests)
      yield { name: `${title} [${projectName}]`, status };
  for (const suite of suites) yield* testsOf(suite);
}

async function journeys(): Promise<Count> {
  process.stdout.write('\n── journeys in the browser\n');
  const file = join(reports, 'journeys.json');
  try {
    ensureBrowsers();
  } catch (error) {
    process.stdout.write(`FAILED ${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failures: ['journeys: no browser'] };
  }
  const ended = await run(
    'playwright',
    ['test', '--config=test/e2e/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  return counted('journeys', ended, () => {
    const tests = [...testsOf(JSON.parse(readFileSync(file, 'utf8')))];
    const failed = tests.filter(({ status }) => status !== 'expected');
    return {
      passed: tests.length - failed.length,
      failures: failed.map(({ name, status }) => `${name} (${status})`),
    };
  });
}

type Step = () => Promise<Count>;

const sumOf = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((sum, count) => sum + count.passed, 0),
  failures: counts.flatMap(({ failures }) => failures),
});

/** Steps at the same time: for those that mostly wait. */
const together =
  (...steps: readonly Step[]): Step =>
  async () =>
    sumOf(await Promise.all(steps.map(async (step) => step())));

const steps: readonly Step[] = [
  async () => check('format', 'oxfmt', ['--check', '.']),
  async () => check('lint', 'oxlint', []),
  ...['src/core', 'src/client', 'src/worker', 'src/server', 'test'].map(
    (project) => async () => check(`types of ${project}`, 'tsc', ['--project', project]),
  ),
  async () => check('unused code and dependencies', 'knip', ['--config=.knip.json']),
  async () => check('build', 'vite', ['build', '--logLevel=warn']),
  async () => check('size budgets', 'size-limit', []),
  async () => check('chaos, 10 seeds', 'node', ['test/chaos/main.ts', '--seeds=10']),
  together(
    unitTests,
    async () =>
      check('chaos on PostgreSQL, 2 seeds', 'node', [
        'test/chaos/main.ts',
        '--database=postgres',
        '--seeds=2',
      ]),
    ...['client', 'server'].map(
      (broken) => async () =>
        check(`chaos finds a broken ${broken}`, 'node', [
          'test/chaos/main.ts',
          // It ends with the first that shows it.
          '--seeds=8',
          `--control=${broken}`,
        ]),
    ),
  ),
  journeys,
];

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const counts: Count[] = [];
for (const step of steps) counts.push(await step());

rmSync(reports, { recursive: true, force: true });
const { passed, failures } = sumOf(counts);
for (const failure of failures) process.stdout.write(`\nFAILED ${failure}`);
process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
