import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { responseFileSchema, RESPONSES_HEADER } from '#core/contract/report.ts';
import { createApp } from '#server/http/app.ts';
import type { Storage } from '#server/storage/storage.ts';
import { IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer } from '../support/test-server.ts';

const PEOPLE = 1_203;

/** So often it is read for the channels to be judged, 500 at a time. */
const READS_TO_JUDGE = 3;

/** An office of which more have answered than are read at a time. */
async function largeOffice() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);
  const body = JSON.stringify(response(IIT));
  const responses = Array.from({ length: PEOPLE }, (_, index) => ({
    id: numberedUuid(index + 1),
    channel: code,
    day: '2024-11-20',
    digest: String(index).padStart(64, '0'),
    body,
  }));
  await server.storage.keepResponses({ responses, quarantined: [] });
  const path = `/api/v1/assessments/${assessment.id}/responses?instrument=${IIT.id}`;
  return { ...server, code, path };
}

/** The server on a port, with a storage that is like its own but for what is given. */
async function listening(
  { effects, ask }: Awaited<ReturnType<typeof largeOffice>>,
  changes: Partial<Storage>,
) {
  const app = createApp({ ...effects, storage: { ...effects.storage, ...changes } });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, ask };
}

test('a file of single responses says how many there are, and has each of them once', async () => {
  const { ask, path } = await largeOffice();
  const csv = await ask('GET', `${path}&format=csv`);
  expect(csv.headers.get(RESPONSES_HEADER)).toBe(String(PEOPLE));
  expect((await csv.text()).split('\r\n')).toHaveLength(PEOPLE + 2);
  const json = await ask('GET', `${path}&format=json`);
  expect(json.headers.get(RESPONSES_HEADER)).toBe(String(PEOPLE));
  expect(responseFileSchema.parse(await json.json()).responses).toHaveLength(PEOPLE);
});

test('a response that cannot be read any more holds up no file of the others, and is told in it', async () => {
  const { ask, path, storage, code } = await largeOffice();
  const damaged = {
    id: numberedUuid(PEOPLE + 1),
    channel: code,
    day: '2024-11-20',
    digest: 'd'.repeat(64),
    body: '{"language":',
  };
  await storage.keepResponses({ responses: [damaged], quarantined: [] });
  const csv = await ask('GET', `${path}&format=csv`);
  expect(csv.headers.get(RESPONSES_HEADER)).toBe(String(PEOPLE + 1));
  const lines = (await csv.text()).split('\r\n').filter((line) => line !== '');
  expect(lines).toHaveLength(PEOPLE + 2);
  const [heads = ''] = lines;
  const told = lines.filter((line) => line.includes('unreadable'));
  expect(told).toEqual([`,,unreadable${','.repeat(heads.split(',').length - 3)}`]);
  const json = responseFileSchema.parse(await (await ask('GET', `${path}&format=json`)).json());
  expect(json.responses).toHaveLength(PEOPLE);
  expect(json.unreadable).toBe(1);
});

test('a channel is judged by those whose responses can be read', async () => {
  const { ask, storage, createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  let sent = 0;
  async function keep(department: number | null, readable: number, damaged = 0) {
    const channel = channels.find(
      (other) => other.instrument === IIT.id && other.department === department,
    );
    if (!channel) throw new Error(`no channel for ${department}`);
    const whole = JSON.stringify(response(IIT));
    const bodies = [...Array(readable).fill(whole), ...Array(damaged).fill('{"language":')];
    const responses = bodies.map((body: string) => ({
      id: numberedUuid((sent += 1)),
      channel: channel.code,
      day: '2024-11-20',
      digest: String(sent).padStart(64, '0'),
      body,
    }));
    await storage.keepResponses({ responses, quarantined: [] });
    return channel.code;
  }
  const many = await keep(3, 30);
  await keep(1, 3, 3);
  await keep(2, 3);
  await keep(null, 3);
  const path = `/api/v1/assessments/${assessment.id}/responses?instrument=${IIT.id}`;
  const { responses } = responseFileSchema.parse(
    await (await ask('GET', `${path}&format=json`)).json(),
  );
  const told = responses.flatMap(({ channel }) => channel ?? []);
  expect(told).toEqual(Array(30).fill(many));
});

test('a file of nobody is whole too', async () => {
  const server = await createTestServer();
  const { assessment } = await server.createAssessment();
  const path = `/api/v1/assessments/${assessment.id}/responses?instrument=${IIT.id}`;
  const json = await server.ask('GET', `${path}&format=json`);
  expect(json.headers.get(RESPONSES_HEADER)).toBe('0');
  expect(responseFileSchema.parse(await json.json()).responses).toEqual([]);
});

test('no more is read than somebody takes', async () => {
  const { ask, effects, path } = await largeOffice();
  let reads = 0;
  const { storage } = effects;
  const whole = { ...storage };
  storage.findResponses = (channels, ids) => {
    reads += 1;
    expect(ids.length).toBeLessThanOrEqual(500);
    return whole.findResponses(channels, ids);
  };
  const reply = await ask('GET', `${path}&format=csv`);
  const reader = reply.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(reads).toBeLessThan(READS_TO_JUDGE + 3);
});

test('a file that cannot be made to its end is cut off, so that nobody takes it for whole', async () => {
  const office = await largeOffice();
  let reads = 0;
  const { url } = await listening(office, {
    findResponses: async (channels, ids) => {
      reads += 1;
      if (reads === READS_TO_JUDGE + 3) throw new Error('the disk is gone');
      return office.storage.findResponses(channels, ids);
    },
  });
  const cookie = office.cookie();
  const reply = await fetch(`${url}${office.path}&format=csv`, { headers: { cookie } });
  expect(reply.status).toBe(200);
  await expect(reply.text()).rejects.toThrow('terminated');
  expect(office.logged.map(({ message }) => message)).toContain('a file was cut off');
});
