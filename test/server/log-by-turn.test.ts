import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const LOG_BY_TURN = pathToFileURL(
  join(import.meta.dirname, '../../src/server/log-by-turn.ts'),
).href;

/** Runs a process in which `log` is the log, and tells what it wrote, and in what pieces where it says so at its end. */
function run(steps: string, output: 'pipe' | number = 'pipe') {
  const program = `
    import fs from 'node:fs';
    import { setImmediate } from 'node:timers/promises';
    import { logByTurn } from '${LOG_BY_TURN}';
    const pieces = [];
    const write = fs.writeSync;
    fs.writeSync = (fd, text, ...how) => {
      if (fd === 1) pieces.push(String(text));
      return write(fd, text, ...how);
    };
    const log = logByTurn();
    const tellPieces = () => process.stderr.write(JSON.stringify(pieces));
    ${steps}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    // One that waits for ever cannot be asked to end.
    { encoding: 'utf8', stdio: ['ignore', output, 'pipe'], timeout: 40_000, killSignal: 'SIGKILL' },
  );
  return { status, stdout, stderr };
}

test('the lines of one turn of the event loop are written in one piece, each turn for itself', () => {
  const { status, stdout, stderr } = run(`
    log.write('asked\\n');
    log.write('answered\\n');
    await setImmediate();
    log.write('asked again\\n');
    await setImmediate();
    await setImmediate();
    tellPieces();`);
  expect(JSON.parse(stderr)).toEqual(['asked\nanswered\n', 'asked again\n']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'asked\nanswered\nasked again\n' });
});

test('more lines than are kept in memory are written before the turn is over, every one and in their order', () => {
  const { stdout, stderr } = run(`
    for (let line = 0; line < 5000; line += 1) log.write(line + '\\n');
    tellPieces();`);
  expect(stdout).toBe(Array.from({ length: 5000 }, (_, line) => `${line}\n`).join(''));
  const written: string[] = JSON.parse(stderr);
  expect(written.join('').length).toBeGreaterThan(stdout.length - 10_000);
});

test.each([
  ['exits', 'process.exit(3);', 3],
  ['fails', "throw new Error('of the test');", 1],
])('the last lines are written where the process %s in the same turn', (_how, end, status) => {
  expect(run(`log.write('the last\\n'); ${end}`)).toMatchObject({ status, stdout: 'the last\n' });
});

test('a process whose lines nobody takes goes on, and writes them when they are taken again', () => {
  const { status, stdout, stderr } = run(`
    fs.writeSync = () => {
      throw Object.assign(new Error('of the test'), { code: 'EPIPE' });
    };
    log.write('not taken\\n');
    await setImmediate();
    await setImmediate();
    process.stderr.write('went on');
    fs.writeSync = write;
    log.write('taken\\n');`);
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: 'not taken\ntaken\n',
    stderr: 'went on',
  });
});

test('a process whose log is on a full disk goes on, and ends', () => {
  const ended = run(
    `
    for (let line = 0; line < 5000; line += 1) log.write(line + '\\n');
    await setImmediate();
    process.stderr.write('went on');`,
    openSync('/dev/full', 'w'),
  );
  expect(ended).toMatchObject({ status: 0, stderr: 'went on' });
});
