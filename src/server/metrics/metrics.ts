import { holdBack } from './held-back.ts';
import { exposition, type Sample } from './exposition.ts';
import { type OfficeEffects, watchOffice } from './office-figures.ts';
import { watchProcess } from './process-figures.ts';
import {
  countRequest,
  durationSamples,
  type HandledRequest,
  newRequestCounts,
  requestSamples,
} from './request-counts.ts';

const LOOK_EVERY_MS = 60 * 1_000;

export interface Metrics {
  noteRequest(request: HandledRequest): void;
  /** Transactions that kept responses, and of how many rows. */
  noteCommit(rows: number): void;
  /** To be called once a minute; startServer's are. */
  look(): void;
  /** What Prometheus reads. Never rejects. */
  text(): Promise<string>;
  end(): void;
}

/** Counts what the server does, and tells it in a way from which nobody learns when a single person answered (docs/privacy.md). */
export function createMetrics(effects: OfficeEffects): Metrics {
  const ofOffice = newRequestCounts();
  const ofEverybody = holdBack({ requests: newRequestCounts(), commits: 0, rows: 0 }, effects.now);
  const failures = new Map<string, Sample & { value: number }>();
  const officeFamilies = watchOffice(effects);
  const ofProcess = watchProcess();

  function look() {
    ofProcess.look();
    ofEverybody.look();
  }
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();

  return {
    noteRequest(request) {
      const { route, status } = request;
      if (request.isOfOffice) countRequest(ofOffice, request);
      else ofEverybody.note(({ requests }) => countRequest(requests, request));
      if (status < 500) return;
      const failed = failures.get(route) ?? { labels: { route }, value: 0 };
      failed.value += 1;
      failures.set(route, failed);
    },
    noteCommit(rows) {
      // Of people whose requests are counted already.
      ofEverybody.noteBeside((counts) => {
        counts.commits += 1;
        counts.rows += rows;
      });
    },
    look,
    async text() {
      const { requests, commits, rows } = ofEverybody.told();
      const both = [ofOffice, requests];
      return exposition([
        ...(await officeFamilies()),
        {
          name: 'sucharit_failed_requests_total',
          help: 'Requests that ended with a status of 500 or more, at once.',
          type: 'counter',
          samples: [...failures.values()],
        },
        {
          name: 'sucharit_requests_total',
          help: 'Answered requests. Those of people who are not signed in are told from a hundred on, and else with their day.',
          type: 'counter',
          samples: both.flatMap(requestSamples),
        },
        {
          name: 'sucharit_request_duration_seconds',
          help: 'How long requests took; told as they are counted.',
          type: 'histogram',
          samples: both.flatMap(durationSamples),
        },
        {
          name: 'sucharit_commits_total',
          help: 'Transactions that kept what devices sent; told with the requests.',
          type: 'counter',
          samples: [{ value: commits }],
        },
        {
          name: 'sucharit_committed_rows_total',
          help: 'Rows that they kept, duplicates too; told with the requests.',
          type: 'counter',
          samples: [{ value: rows }],
        },
        ...ofProcess.families(),
      ]);
    },
    end() {
      clearInterval(timer);
      ofProcess.end();
    },
  };
}
