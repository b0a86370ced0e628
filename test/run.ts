// `npm test`: every check and every test, one after the other, and a last line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowsers } from './support/find-browsers.ts';

interface Count {
  passed: number;
  failed: number;
}

const reports = mkdtempSync(join(tmpdir(), 'sucharit-test-'));

/** Runs a command of node_modules/.bin with its output shown; true if it ended well. */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function check(title: string, command: string, args: readonly string[]): Count {
  process.stdout.write(`\n── ${title}\n`);
  const passed = run(command, args);
  process.stdout.write(passed ? `ok ${title}\n` : `FAILED ${title}\n`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Counts by the runner's own JSON report; a runner that fails without a failed test counts as one failure. */
function counted(ended: boolean, read: () => Count): Count {
  try {
    const count = read();
    return ended || count.failed > 0 ? count : { ...count, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function unitTests(): Count {
  process.stdout.write('\n── unit, property, HTTP and storage tests\n');
  const file = join(reports, 'unit.json');
  const ended = run('vitest', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted(ended, () => {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numTotalTests - report.numPassedTests };
  });
}

function journeys(): Count {
  process.stdout.write('\n── journeys in the browser\n');
  const file = join(reports, 'journeys.json');
  try {
    ensureBrowsers();
  } catch (error) {
    process.stdout.write(`FAILED ${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
  const ended = run(
    'playwright',
    ['test', '--config=test/e2e/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  return counted(ended, () => {
    const { stats } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
  });
}

const counts = [
  check('format', 'oxfmt', ['--check', '.']),
  check('lint', 'oxlint', []),
  ...['src/core', 'src/client', 'src/worker', 'src/server', 'test'].map((project) =>
    check(`types of ${project}`, 'tsc', ['--project', project]),
  ),
  check('unused code and dependencies', 'knip', ['--config=.knip.json']),
  check('build', 'vite', ['build', '--logLevel=warn']),
  check('size budgets', 'size-limit', []),
  check('chaos, 10 seeds', 'node', ['test/chaos/main.ts', '--seeds=10']),
  check('chaos finds a broken client', 'node', [
    'test/chaos/main.ts',
    '--seeds=2',
    '--control=client',
  ]),
  check('chaos finds a broken server', 'node', [
    'test/chaos/main.ts',
    '--seeds=2',
    '--control=server',
  ]),
  unitTests(),
  journeys(),
];

rmSync(reports, { recursive: true, force: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
