import type { Config } from '../config.ts';
import { listen } from '../http/listen.ts';
import { urlOf } from '../url-of.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createMetricsServer } from './metrics-server.ts';
import type { OfficeEffects } from './office-figures.ts';

export interface RunningMetrics extends Pick<Metrics, 'noteRequest' | 'noteCommit'> {
  /** Where it listens, with the port it really got. */
  url: string;
  close(): void;
}

/**
 * Counts and tells, where that is asked for; null where it is not. It keeps no process running.
 *
 * @throws StartProblem where METRICS_HOST and METRICS_PORT cannot be used
 */
export async function startMetrics(
  { metrics: asked }: Pick<Config, 'metrics'>,
  effects: OfficeEffects,
): Promise<RunningMetrics | null> {
  if (asked === null) return null;
  const metrics = createMetrics(effects);
  const server = createMetricsServer(metrics);
  server.unref();
  try {
    const port = await listen(server, asked, { port: 'METRICS_PORT', host: 'METRICS_HOST' });
    return {
      url: urlOf(asked.host, port),
      noteRequest: (request) => metrics.noteRequest(request),
      noteCommit: (rows) => metrics.noteCommit(rows),
      close() {
        metrics.end();
        server.close();
        server.closeAllConnections();
      },
    };
  } catch (error) {
    metrics.end();
    throw error;
  }
}
