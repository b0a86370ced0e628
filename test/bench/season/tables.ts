import { availableParallelism } from 'node:os';
import type { LookFigures } from './looks.ts';
import type { SeasonReport } from './go-through.ts';

const whole = (count: number) => Math.round(count).toLocaleString('en');
const inMb = (bytes: number) => whole(bytes / 1e6);

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table as docs/scaling.md has it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const lookCells = ({ looks, refused, p50, p95, worst }: LookFigures) =>
  `${whole(p50)} / ${whole(p95)} / ${whole(worst)}${refused > 0 ? `; ${refused} of ${looks} REFUSED` : ''}`;

/** What came of a season, as Markdown. */
export function tablesOf(report: SeasonReport): string {
  const { scenario, phases, empty, full, stored, acknowledged, foldingSeconds } = report;
  const { agencies, database, processes } = scenario;
  const servers = processes === 1 ? 'one server' : `${processes} servers`;
  const failures = phases.flatMap(({ title, figures: { failed, problem } }) =>
    failed > 0 ? [`FAILED in ${title}: ${whole(failed)} requests, the first with: ${problem}`] : [],
  );
  const grown = (of: 'all' | 'responses') => whole((full[of] - empty[of]) / stored);
  return [
    `### ${scenario.title}: ${whole(agencies)} agencies, ${whole(stored)} responses, ${database}, ${servers}`,
    table(
      ['sent', 'responses', 'seconds', 'a second', 'p50 ms', 'p95', 'p99', 'worst', 'late p99'],
      phases.map(({ title, figures }) => [
        title,
        whole(figures.accepted),
        whole(figures.seconds),
        whole(figures.accepted / figures.seconds),
        ...[figures.p50, figures.p95, figures.p99, figures.worst, figures.lateP99].map((value) =>
          value.toFixed(1),
        ),
      ]),
    ),
    table(
      [
        'CPU, seconds',
        'servers',
        'database',
        'sender',
        'of all cores, %',
        'servers and database, ms a response',
        'most memory, MB: servers',
        'database',
      ],
      phases.map(({ title, figures, used }) => {
        const taking = used.serverCpu + used.databaseCpu;
        const share = (taking + figures.cpuSeconds) / figures.seconds / availableParallelism();
        return [
          title,
          ...[used.serverCpu, used.databaseCpu, figures.cpuSeconds].map((value) =>
            value.toFixed(1),
          ),
          whole(share * 100),
          ((taking / figures.accepted) * 1000).toFixed(2),
          inMb(used.serverMemory),
          inMb(used.databaseMemory),
        ];
      }),
    ),
    table(
      ['somebody looks, ms: p50 / p95 / worst', 'overview', 'scores'],
      phases.flatMap(({ title, looks }) =>
        (['again', 'other'] as const).flatMap((which) =>
          looks
            ? [
                [
                  `${title}, ${which === 'again' ? 'at the largest again' : 'each at another'}`,
                  lookCells(looks.participation[which]),
                  lookCells(looks.scores[which]),
                ],
              ]
            : [],
        ),
      ),
    ),
    `Set-up: ${whole(report.setUpSeconds)} s. In the database: ${inMb(full.all)} MB, ${grown('all')} bytes more for each response than without any, of which ${grown('responses')} in its table.`,
    `The list of all agencies: ${whole(report.list.milliseconds)} ms, ${(report.list.bytes / 1e6).toFixed(1)} MB. A server starts in ${(report.startMs / 1000).toFixed(1)} s.`,
    foldingSeconds === null
      ? 'NOT ALL in the figures three minutes after the last answer.'
      : `In the figures ${foldingSeconds.toFixed(1)} s after the last answer.`,
    `Acknowledged ${whole(acknowledged)}, stored ${whole(stored)}${acknowledged === stored ? '' : ': NOT THE SAME'}.`,
    ...failures,
  ].join('\n\n');
}
