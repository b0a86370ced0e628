import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PROGRAM = '/usr/bin/systemd-analyze';

function ensureProgram(): void {
  if (existsSync(PROGRAM)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('The tests of the service need systemd-analyze: install systemd.');
  for (const words of ['update -qq', 'install -y -qq --no-install-recommends systemd'])
    execFileSync('apt-get', words.split(' '), { stdio: 'ignore' });
}

/** Asks systemd about units without running any; what it says, and 0 if it has nothing to say against them. */
export function systemdAnalyze(...words: string[]): { status: number | null; told: string } {
  ensureProgram();
  const { status, stdout, stderr } = spawnSync(PROGRAM, words, { encoding: 'utf8' });
  return { status, told: stdout + stderr };
}
