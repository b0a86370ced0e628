import { deviceTime } from './device.ts';
import type { ChaosDatabase } from './office.ts';
import type { SeedReport } from './seed.ts';
import { Tally } from './tally.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const whole = (count: number) => Math.round(count).toLocaleString('en');

export function isFailed({ verdict, problem }: SeedReport): boolean {
  return problem !== null || verdict.lost + verdict.doubled + verdict.strange > 0;
}

const sumOf = (reports: readonly SeedReport[], count: (report: SeedReport) => number) =>
  reports.reduce((sum, report) => sum + count(report), 0);

/** `2.1 s (2 min 6 s of a device)` */
function duration(milliseconds: number): string {
  const seconds = Math.round(deviceTime(milliseconds) / 1000);
  const inMinutes =
    seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${(milliseconds / 1000).toFixed(1)} s (${inMinutes} of a device)`;
}

/** One line for a seed; for one that failed, everything that is known and how to run it again. */
export function printSeed(report: SeedReport, realMs: number): void {
  const { seed, verdict, tally, problem } = report;
  const { finished, promised, lost, doubled, strange, details } = verdict;
  say(
    `seed ${seed}: ${finished} finished, ${promised} promised, ${tally.get('requests')} requests, ${lost} lost, ${doubled} doubled${strange > 0 ? `, ${strange} STRANGE` : ''}, ${(realMs / 1000).toFixed(1)} s`,
  );
  if (!isFailed(report)) return;
  for (const detail of details.slice(0, 10)) say(`  ${detail}`);
  if (details.length > 10) say(`  and ${details.length - 10} more`);
  if (problem !== null) say(`  ${problem.replaceAll('\n', '\n  ')}`);
}

/** Everything at its end; the last line sums up. */
export function printSummary(reports: readonly SeedReport[], database: ChaosDatabase): void {
  const tally = new Tally();
  for (const report of reports) tally.addAll(report.tally);
  const drains = reports.flatMap(({ drainMs }) => drainMs).sort((a, b) => a - b);
  const median = drains[Math.floor(drains.length / 2)] ?? 0;
  const failed = reports.filter(isFailed);
  say('');
  say(`faults: ${tally.describe('fault: ')}`);
  say(
    `requests: ${whole(tally.get('requests'))}; responses sent again: ${whole(tally.get('sent again'))}`,
  );
  say(`not 200 from the server itself: ${tally.describe('server: ')}`);
  say(
    `time to drain after the faults: median ${duration(median)}, worst ${duration(drains.at(-1) ?? 0)}`,
  );
  for (const { seed } of failed)
    say(
      `failed: seed ${seed}; again with: npm run chaos -- --database ${database} --seeds 1 --from ${seed}`,
    );
  const strange = sumOf(reports, ({ verdict }) => verdict.strange);
  const ends = [
    `${whole(reports.length)} seeds`,
    `${whole(sumOf(reports, ({ verdict }) => verdict.finished))} responses`,
    `${whole(sumOf(reports, ({ verdict }) => verdict.lost))} lost`,
    `${whole(sumOf(reports, ({ verdict }) => verdict.doubled))} doubled`,
    ...(strange > 0 ? [`${whole(strange)} not as they were sealed`] : []),
    ...(failed.length > 0 ? [`${failed.length} seeds FAILED`] : []),
  ];
  say(`chaos: ${ends.join(', ')}`);
}
