import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestServer } from './support/test-server.ts';
import { createReadiness, type ReadinessEffects } from '#server/readiness.ts';
import type { Taking } from '#server/storage/taking.ts';

const HUGE = 1e12;

function readinessOf(changes: Partial<ReadinessEffects> = {}) {
  const clock = { now: 1_000_000 };
  const said: string[] = [];
  const readiness = createReadiness({
    taking: async () => 'takes',
    isDatabaseFull: () => false,
    isDraining: () => false,
    diskRoom: async () => HUGE,
    now: () => clock.now,
    log: {
      info: (_fields, message) => said.push(message),
      error: (_fields, message) => said.push(message),
    },
    ...changes,
  });
  return { readiness, clock, said };
}

test('a server whose database does not answer lives, and is not ready', async () => {
  const { app, storage, clock, logged } = await createTestServer();
  const linesOfLooks = () =>
    logged.filter(({ message }) => message === 'request').map(({ fields }) => fields);
  storage.taking = () => Promise.reject(new Error('secret words'));
  expect((await app.request('/healthz')).status).toBe(200);
  const silent = await app.request('/readyz');
  expect(silent.status).toBe(503);
  expect(silent.headers.get('cache-control')).toBe('no-store');
  expect(await silent.text()).toBe(
    '{"status":"database-silent","disk":"enough","database":"unknown"}',
  );

  storage.taking = async () => 'takes';
  clock.now += 1_000;
  expect((await app.request('/readyz')).status).toBe(200);
  // Asked each second by a proxy and an engine: a line only where something is wrong.
  expect(linesOfLooks()).toMatchObject([{ route: '/readyz', status: 503 }]);
});

test('a database that keeps silent is not waited for, nor asked again before it has answered', async () => {
  const answers: ((taking: Taking) => void)[] = [];
  const { readiness, clock } = readinessOf({
    taking: () => new Promise((resolve) => answers.push(resolve)),
  });
  const silent = { status: 'database-silent', disk: 'enough', database: 'unknown' };
  expect(await readiness()).toEqual(silent);
  clock.now += 1_000;
  expect(await readiness()).toEqual(silent);
  expect(answers).toHaveLength(1);

  clock.now += 1_000;
  const looking = readiness();
  answers[0]?.('takes');
  expect(await looking).toMatchObject({ status: 'ready' });
  clock.now += 1_000;
  const again = readiness();
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.('read-only');
  expect(await again).toMatchObject({ database: 'read-only' });
});

test('a database asked over a connection that leads nowhere any more is asked over another, now and then', async () => {
  const answers: ((taking: Taking) => void)[] = [];
  const { readiness, clock } = readinessOf({
    taking: () => new Promise((resolve) => answers.push(resolve)),
  });
  const looks = [];
  for (const seconds of [0, 29, 1, 1, 29, 30, 300]) {
    clock.now += seconds * 1_000;
    looks.push(readiness());
    await setImmediate();
  }
  expect(answers).toHaveLength(3);
  answers[2]?.('takes');
  expect((await Promise.all(looks)).at(-1)).toMatchObject({ status: 'ready' });
  clock.now += 1_000;
  const again = readiness();
  await expect.poll(() => answers).toHaveLength(4);
  answers[3]?.('takes');
  expect(await again).toMatchObject({ status: 'ready' });
});

test('a thousand who ask within a second are one look at the database', async () => {
  let looks = 0;
  const { readiness, clock } = readinessOf({
    taking: async () => {
      looks += 1;
      return 'takes';
    },
  });
  await Promise.all(Array.from({ length: 1_000 }, readiness));
  clock.now += 999;
  await readiness();
  expect(looks).toBe(1);
  clock.now += 1;
  await readiness();
  expect(looks).toBe(2);
});

test('that it is about to end is known at once, also within that second', async () => {
  let isDraining = false;
  const { readiness } = readinessOf({ isDraining: () => isDraining });
  expect(await readiness()).toMatchObject({ status: 'ready' });
  isDraining = true;
  expect(await readiness()).toMatchObject({ status: 'draining' });
});

test('little room on the disk is told, and turns nobody away', async () => {
  const little = readinessOf({ diskRoom: async () => 255 * 1024 * 1024 });
  expect(await little.readiness()).toMatchObject({ status: 'ready', disk: 'little' });
  const unknown = readinessOf({ diskRoom: () => Promise.reject(new Error('no such folder')) });
  expect(await unknown.readiness()).toMatchObject({ status: 'ready', disk: 'unknown' });
});

test('a database that only reads is told, and turns nobody away', async () => {
  const { readiness } = readinessOf({ taking: async () => 'read-only' });
  expect(await readiness()).toEqual({ status: 'ready', disk: 'enough', database: 'read-only' });
});

test('a database that waits for its standby is told, once in the log, and turns nobody away', async () => {
  const states: (Taking | null)[] = ['takes', 'waits', 'waits', null, 'waits', 'takes'];
  const { readiness, clock, said } = readinessOf({
    async taking() {
      const state = states.shift();
      // As all connections wait by then.
      if (!state) throw new Error('none to be had');
      return state;
    },
  });
  await readiness();
  clock.now += 1_000;
  expect(await readiness()).toEqual({ status: 'ready', disk: 'enough', database: 'waits' });
  for (const status of ['ready', 'database-silent', 'ready', 'ready']) {
    clock.now += 1_000;
    expect(await readiness()).toMatchObject({ status });
  }
  expect(said).toEqual([
    'nothing is acknowledged: PostgreSQL waits for its standby',
    'PostgreSQL waits for its standby no more',
  ]);
});
