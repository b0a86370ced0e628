import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { exposition } from '#server/metrics/exposition.ts';
import { createMetrics, type Metrics } from '#server/metrics/metrics.ts';
import { delayStep } from '#server/metrics/process-figures.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { newOffice } from '../backup/office.ts';
import { envelope, IIT } from '../support/fixtures.ts';
import { createTestServer, START } from '../support/test-server.ts';
import { writePages } from '../support/write-pages.ts';

const MINUTE_MS = 60_000;
const SCRAPE_MS = 15_000;
const HOUR_MS = 60 * MINUTE_MS;

let clock: { now: number };
let dataDir: string;

beforeEach(() => {
  clock = { now: START };
  dataDir = mkdtempSync(join(tmpdir(), 'sucharit-metrics-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
});

/** The figures of a server on storage of its own, which nobody looks at by themselves. */
async function watched() {
  const server = await createTestServer();
  const metrics = createMetrics({
    storage: server.storage,
    readiness: server.effects.readiness,
    dataDir,
    now: () => clock.now,
  });
  onTestFinished(() => metrics.end());
  server.effects.onHandled = (request) => metrics.noteRequest(request);
  return { ...server, metrics };
}

const VISIT = { method: 'GET', route: '/s/:code', status: 200, ms: 7, isOfOffice: false };

/** What a line of the figures says, by the name and labels before it; NaN where there is none. */
async function figure(metrics: Metrics, name: string): Promise<number> {
  const line = (await metrics.text()).split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

const visits = async (metrics: Metrics): Promise<number> =>
  (await figure(metrics, 'sucharit_requests_total{method="GET",route="/s/:code",status="2xx"}')) ||
  0;

/** Without what the process does by itself: garbage is collected, and this test keeps others waiting. */
const withoutProcess = (text: string) =>
  text.split('\n').filter((line) => !/process_|heap_used|event_loop/.test(line));

describe('whoever reads the figures again and again', () => {
  test('sees nothing change when one person answers', async () => {
    const { metrics, app, createChannel, sendBatch } = await watched();
    const { code } = await createChannel(IIT.id);
    metrics.look();
    const before = withoutProcess(await metrics.text());
    await app.request(`/s/${code}`);
    await app.request(`/api/v1/channels/${code}`);
    await sendBatch([envelope(1, code)]);
    metrics.noteCommit(1);
    metrics.look();
    expect(withoutProcess(await metrics.text())).toEqual(before);
  });

  test('learns of people in crowds, or when the day is over, and of everybody in the end', async () => {
    const { metrics } = await watched();
    const started = clock.now;
    let came = 0;
    let seen = 0;
    let steps = 0;
    // Three days, busy by day and nearly empty at night.
    for (; clock.now < started + 72 * HOUR_MS; clock.now += SCRAPE_MS) {
      const elapsed = clock.now - started;
      const hour = Math.floor(clock.now / HOUR_MS + 7) % 24;
      const isVisit =
        hour >= 8 && hour < 16 ? elapsed % 120_000 < SCRAPE_MS : elapsed % HOUR_MS === 0;
      if (isVisit) {
        metrics.noteRequest(VISIT);
        metrics.noteCommit(1);
        came += 1;
      }
      if (elapsed % MINUTE_MS === 0) metrics.look();
      if (elapsed % MINUTE_MS !== 0) continue;
      const told = await visits(metrics);
      if (told === seen) continue;
      const isMidnight = hour === 0 && Math.floor(clock.now / MINUTE_MS) % 60 === 0;
      expect(told - seen >= 100 || isMidnight).toBe(true);
      expect(await figure(metrics, 'sucharit_committed_rows_total')).toBe(told);
      seen = told;
      steps += 1;
    }
    expect(came).toBeGreaterThan(700);
    expect(steps).toBeGreaterThan(6);
    clock.now += 24 * HOUR_MS;
    metrics.look();
    expect(await visits(metrics)).toBe(came);
  });

  test('does not learn with the day that is over of somebody who came after it', async () => {
    const { metrics } = await watched();
    const day = 24 * HOUR_MS;
    // The beginning of the next day in Thailand.
    clock.now = (Math.floor((clock.now + 7 * HOUR_MS) / day) + 1) * day - 7 * HOUR_MS;
    metrics.look();
    const before = await metrics.text();
    clock.now += day + MINUTE_MS / 2;
    metrics.noteRequest(VISIT);
    metrics.noteCommit(1);
    metrics.look();
    expect(withoutProcess(await metrics.text())).toEqual(withoutProcess(before));
  });

  test('sees at once what the office itself does, and what fails', async () => {
    const { metrics, app, ask, createAssessment, storage } = await watched();
    const { assessment } = await createAssessment();
    await ask('GET', `/api/v1/assessments/${assessment.id}/participation`);
    storage.findChannels = () => Promise.reject(new Error('away'));
    await app.request('/s/22222222');
    const text = await metrics.text();
    expect(text).toContain(
      'sucharit_requests_total{method="GET",route="/api/v1/assessments/:id/participation",status="2xx"} 1\n',
    );
    expect(text).toContain('sucharit_failed_requests_total{route="/s/:code"} 1\n');
    expect(text).not.toContain(assessment.id);
  });

  test('finds no code, id, name or odd method in a label, whatever is asked', async () => {
    const { metrics, app, createChannel, ask } = await watched();
    const { code, assessment } = await createChannel(IIT.id);
    for (let request = 0; request < 60; request += 1) {
      await app.request(`/s/${code}?from=tell-tale`, {
        method: request === 0 ? 'PROPFIND' : 'GET',
      });
      await app.request(`/tell-tale/${code}`);
      await ask('GET', `/api/v1/assessments/${assessment.id}`);
    }
    metrics.look();
    const text = await metrics.text();
    expect(text).toContain('route="/s/:code"');
    expect(text).toContain('route="unmatched"');
    expect(text).toContain('method="other"');
    for (const told of [code, assessment.id, 'tell-tale', 'PROPFIND'])
      expect(text).not.toContain(told);
  });
});

describe('the figures', () => {
  test('are ones that Prometheus reads', async () => {
    const { metrics } = await watched();
    for (let visit = 0; visit < 100; visit += 1)
      metrics.noteRequest({ ...VISIT, ms: visit * 200, status: visit === 0 ? 404 : 200 });
    metrics.look();
    const text = await metrics.text();
    const LINE =
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? [\d.e+-]+)$/;
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((line) => !LINE.test(line)),
    ).toEqual([]);
    const route = 'route="/s/:code"';
    const name = 'sucharit_request_duration_seconds';
    expect(await figure(metrics, `${name}_bucket{${route},le="0.01"}`)).toBe(1);
    expect(await figure(metrics, `${name}_bucket{${route},le="1"}`)).toBe(6);
    expect(await figure(metrics, `${name}_bucket{${route},le="+Inf"}`)).toBe(100);
    expect(await figure(metrics, `${name}_count{${route}}`)).toBe(100);
    expect(await figure(metrics, `${name}_sum{${route}}`)).toBeCloseTo(990, 6);
    expect(exposition([{ name: 'a', help: 'b', type: 'gauge', samples: [] }])).toBe('');
    const labels = { a: 'a "quote" \\ and\nmore' };
    expect(
      exposition([{ name: 'a', help: 'b', type: 'gauge', samples: [{ labels, value: 1 }] }]),
    ).toBe('# HELP a b\n# TYPE a gauge\na{a="a \\"quote\\" \\\\ and\\nmore"} 1\n');
  });

  test('tell the age of the latest whole backup, and nothing where there is none', async () => {
    const { metrics } = await watched();
    expect(await metrics.text()).not.toContain('backup_age');
    for (const name of [
      '2024-11-20T02-30-00Z',
      '2024-11-21T02-30-00Z',
      '2024-11-22T02-30-00Z.unfinished',
    ]) {
      const folder = join(dataDir, 'backups', name);
      mkdirSync(folder, { recursive: true });
      const made = new Date((clock.now - (name.includes('11-20') ? 30 : 6) * HOUR_MS) / 1);
      utimesSync(folder, made, made);
    }
    expect(await figure(metrics, 'sucharit_backup_age_seconds')).toBe(6 * 3_600);
  });

  test('tell what waits on devices, as of the hour', async () => {
    const { metrics, storage } = await watched();
    let waiting = 12;
    storage.countWaiting = async () => waiting;
    expect(await figure(metrics, 'sucharit_waiting_responses')).toBe(12);
    waiting = 11;
    clock.now += HOUR_MS - 1;
    expect(await figure(metrics, 'sucharit_waiting_responses')).toBe(12);
    clock.now += 1;
    expect(await figure(metrics, 'sucharit_waiting_responses')).toBe(11);
  });

  test('tell delays and memory in steps that one request does not take', async () => {
    expect([0, 0.02, 0.05, 0.051, 7, 100].map(delayStep)).toEqual([0.05, 0.05, 0.05, 0.1, 10, 30]);
    const { metrics } = await watched();
    const megabytes = (await figure(metrics, 'process_resident_memory_bytes')) / 1024 / 1024;
    expect(megabytes % 16).toBe(0);
    expect((await figure(metrics, 'process_cpu_seconds_total')) % 10).toBe(0);
    expect((await figure(metrics, 'sucharit_disk_free_bytes')) % (64 * 1024 * 1024)).toBe(0);
  });
});

test('they are told at an address of their own, where that is asked for, and nowhere else', async () => {
  writePages(join(dataDir, 'dist'));
  const start = async (metrics: { port: number; host: string } | null) => {
    const server = await startServer(
      { ...getConfig({}), port: 0, dataDir: mkdtempSync(join(dataDir, 'data-')), metrics },
      {
        now: Date.now,
        randomness: cryptoRandomness,
        log: { info: () => undefined, error: () => undefined },
        distFolder: join(dataDir, 'dist'),
      },
    );
    onTestFinished(() => server.close());
    return server;
  };
  expect((await start(null)).metricsUrl).toBeNull();
  const server = await start({ port: 0, host: '127.0.0.1' });
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  const reply = await fetch(`${server.metricsUrl}/metrics`);
  expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await reply.text()).toContain('\nsucharit_ready 1\n');
  for (const path of ['/', '/healthz', '/metrics/', '/metrics?all'])
    expect((await fetch(server.metricsUrl + path)).status).toBe(404);
  const taken = Number(new URL(server.metricsUrl ?? '').port);
  await expect(start({ port: taken, host: '127.0.0.1' })).rejects.toThrow(
    `Port ${taken} is taken: stop the other program or choose another with METRICS_PORT.`,
  );
});

test('a server tells what its visitors sent once their day is over, and what its admins did at once', async () => {
  const time = { now: Date.now() };
  const office = newOffice({ metrics: { port: 0, host: '127.0.0.1' } }, () => time.now);
  const { server, code } = await office.open();
  const told = async () => (await fetch(`${server.metricsUrl}/metrics`)).text();
  await server.send(code, [1, 2]);
  const sent = 'sucharit_requests_total{method="POST",route="/api/v1/batches",status="2xx"}';
  const made = 'sucharit_requests_total{method="POST",route="/api/v1/assessments",status="2xx"}';
  const before = await told();
  expect(before).toContain(`\n${made} 1\n`);
  expect(before).not.toContain(sent);
  time.now += 24 * HOUR_MS;
  // Of the next day.
  await server.send(code, [3]);
  const after = await told();
  for (const line of [`${sent} 1`, 'sucharit_commits_total 1', 'sucharit_committed_rows_total 2'])
    expect(after).toContain(`\n${line}\n`);
});
