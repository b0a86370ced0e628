import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { channelListSchema } from '#core/contract/assessment.ts';
import { type Config, getConfig } from '#server/config.ts';
import type { Log } from '#server/http/effects.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { openSqliteToRead } from '#server/storage/sqlite.ts';
import type { Storage } from '#server/storage/storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { freePort } from '../support/free-port.ts';
import { PATIENCE } from '../support/patience.ts';
import { ASSESSMENT, DRAFT, envelope, IIT } from './support/fixtures.ts';
import { ACCOUNT } from './support/test-server.ts';
import { writePages } from './support/write-pages.ts';

const MAIN = join(import.meta.dirname, '../../src/server/main.ts');

let folder: string;
let distFolder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sucharit-start-'));
  distFolder = join(folder, 'dist');
  writePages(distFolder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newDataDir = () => mkdtempSync(join(folder, 'data-'));

/** Starts a server on a free port; it is closed when the test ends. */
async function start(
  changes: Partial<Config> = {},
  dist = distFolder,
  error: Log['error'] = () => undefined,
) {
  const config = { ...getConfig({}), port: 0, dataDir: newDataDir(), ...changes };
  const server = await startServer(config, {
    now: Date.now,
    randomness: cryptoRandomness,
    log: { info: () => undefined, error },
    distFolder: dist,
  });
  onTestFinished(() => server.close());
  return { ...server, config };
}

/** The sentence that a start ends in. */
const mendFor = (changes: Partial<Config>, dist?: string) =>
  start(changes, dist).then(
    () => 'started',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a start', () => {
  test('gives a set-up link of 128 random bits, until there is an account', async () => {
    const dataDir = newDataDir();
    const first = await start({ dataDir });
    expect(first.url).toMatch(/^http:\/\/localhost:\d+$/);
    const link = new URL(first.setUpLink ?? '');
    expect(link.origin + link.pathname).toBe(`${first.url}/admin/set-up`);
    const token = link.searchParams.get('token') ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);

    await first.close();
    const second = await start({ dataDir });
    expect(second.setUpLink).not.toContain(token);
    const used = new URL(second.setUpLink ?? '').searchParams.get('token');
    const reply = await fetch(`${second.url}/api/v1/set-up`, {
      method: 'POST',
      headers: { origin: second.url },
      body: JSON.stringify({ token: used, name: 'somchai', password: 'pla thu na ngo' }),
    });
    expect(reply.status).toBe(201);
    await second.close();
    expect((await start({ dataDir })).setUpLink).toBeNull();
  });

  test('keeps the key of the sessions for its owner alone, and sessions over a restart', async () => {
    const dataDir = join(newDataDir(), 'data');
    const first = await start({ dataDir });
    const token = new URL(first.setUpLink ?? '').searchParams.get('token');
    const reply = await fetch(`${first.url}/api/v1/set-up`, {
      method: 'POST',
      headers: { origin: first.url },
      body: JSON.stringify({ token, name: 'somchai', password: 'pla thu na ngo' }),
    });
    const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('session'))).toEqual([
      'session-secret',
    ]);

    await first.close();
    const second = await start({ dataDir });
    const session = await fetch(`${second.url}/api/v1/session`, { headers: { cookie } });
    expect(await session.json()).toEqual({
      id: expect.any(String),
      name: 'somchai',
      role: 'owner',
    });
    const made = await fetch(`${second.url}/api/v1/assessments`, {
      method: 'POST',
      headers: { origin: second.url, cookie },
      body: JSON.stringify(DRAFT),
    });
    const { id } = await made.json();
    const list = await fetch(`${second.url}/api/v1/assessments/${id}/channels`, {
      headers: { cookie },
    });
    const { channels } = await list.json();
    expect(channels[0].url).toBe(`${second.url}/s/${channels[0].code}`);
  });

  test('keeps the sums of what somebody looks at, and of nothing else', async () => {
    const { url, setUpLink, config } = await start();
    const post = async (path: string, json: unknown, cookie = '') =>
      fetch(`${url}/api/v1/${path}`, {
        method: 'POST',
        headers: { origin: url, cookie },
        body: JSON.stringify(json),
      });
    const token = new URL(setUpLink ?? '').searchParams.get('token');
    const signedUp = await post('set-up', { token, name: 'somchai', password: 'pla thu na ngo' });
    const cookie = signedUp.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const ids: string[] = [];
    for (const th of ['ที่ดู', 'ที่ไม่ดู'])
      ids.push(
        (await (await post('assessments', { ...DRAFT, organization: { th } }, cookie)).json()).id,
      );
    const handle = openSqliteToRead(databaseFile(config.dataDir));
    onTestFinished(() => void handle.close());
    const kept = () =>
      handle.prepare<[], string>('select distinct assessment_id from tally_states').pluck().all();
    expect(kept()).toEqual([]);
    await fetch(`${url}/api/v1/assessments/${ids[0]}/participation`, { headers: { cookie } });
    await vi.waitFor(() => expect(kept()).toEqual([ids[0]]), PATIENCE);

    // What comes then is added soon: nobody waits for the look that is taken every twenty seconds.
    const list = await fetch(`${url}/api/v1/assessments/${ids[0]}/channels`, {
      headers: { cookie },
    });
    const { channels } = channelListSchema.parse(await list.json());
    const code = channels.find(({ instrument }) => instrument === IIT.id)?.code ?? '';
    const counted = () => handle.prepare<[], number>('select sum(n) from day_counts').pluck().get();
    // The first may be added behind what somebody looked at just before.
    for (const number of [1, 2]) {
      await post('batches', { envelopes: [envelope(number, code)] });
      await vi.waitFor(() => expect(counted()).toBe(number), PATIENCE);
    }
  });

  test('removes for good what was deleted more than thirty days before', async () => {
    const dataDir = newDataDir();
    const open = async () => {
      const { database } = await openDatabase({ kind: 'sqlite' }, dataDir, {
        newId: cryptoRandomness.uuid,
        onLostConnection: () => undefined,
      });
      return createStorage(database, cryptoRandomness.uuid);
    };
    const before = await open();
    await before.createAssessment({ ...ASSESSMENT, deletedOn: '2024-11-20' }, []);
    await before.close();
    await (await start({ dataDir })).close();
    const after = await open();
    expect(await after.listAssessments()).toEqual([]);
    await after.close();
  });

  test('tells the log what was left, what dates brought, and that a database was put back', async () => {
    const dataDir = newDataDir();
    async function look<Found>(into: (storage: Storage) => Promise<Found>): Promise<Found> {
      const { database } = await openDatabase({ kind: 'sqlite' }, dataDir, {
        newId: cryptoRandomness.uuid,
        onLostConnection: () => undefined,
      });
      const storage = createStorage(database, cryptoRandomness.uuid);
      const found = await into(storage);
      await storage.close();
      return found;
    }
    const read = () => look((storage) => storage.readAudit({ after: 0, limit: 100 }));
    const LINK = { account: 'server', action: 'set-up-link-made' };
    await (await start({ dataDir })).close();
    expect(await read()).toMatchObject([LINK]);

    const life = { state: 'draft', opensOn: '2025-05-01', closesOn: '2025-05-31' } as const;
    await look(async (storage) => {
      await storage.createAssessment({ ...ASSESSMENT, life }, []);
      const moment = `${new Date().toISOString().slice(0, 19)}Z`;
      const who = { account: 'id', name: 'somchai', assessment: ASSESSMENT.id, details: {} };
      await storage.beginAct({ id: 'one', moment, action: 'assessment-changed', ...who });
    });
    await (await start({ dataDir })).close();
    await (await start({ dataDir })).close();
    const ofDates = { account: 'server', action: 'assessment-state-changed' };
    const told = [
      LINK,
      { name: 'somchai', details: { outcome: 'unknown' } },
      { ...ofDates, details: { state: 'open', day: '2025-05-01' } },
      { ...ofDates, details: { state: 'closed', day: '2025-06-01' } },
      LINK,
      LINK,
    ];
    expect(await read()).toMatchObject(told);

    rmSync(join(dataDir, 'database-life'));
    await (await start({ dataDir })).close();
    const putBack = { account: 'server', action: 'database-put-back' };
    expect(await read()).toMatchObject([...told, putBack, LINK]);
  });

  test.each(['', 'half a key'])('with %j as its key says what to do', async (key) => {
    const dataDir = newDataDir();
    writeFileSync(join(dataDir, 'session-secret'), key);
    expect(await mendFor({ dataDir })).toBe(
      `StartProblem: ${join(dataDir, 'session-secret')} holds no key: put it back from a backup; or remove it and start again: everybody signs in anew, and who has a second factor needs a link of npm run recover.`,
    );
  });

  test('behind HTTPS sends the cookie over HTTPS only, and points links there', async () => {
    const server = await start({ publicUrl: 'https://ita.example.go.th' });
    expect(server.setUpLink).toMatch(/^https:\/\/ita\.example\.go\.th\/admin\/set-up\?token=/);
    const token = new URL(server.setUpLink ?? '').searchParams.get('token');
    const reply = await fetch(`${server.url}/api/v1/set-up`, {
      method: 'POST',
      headers: { origin: 'https://ita.example.go.th' },
      body: JSON.stringify({ token, name: 'somchai', password: 'pla thu na ngo' }),
    });
    expect(reply.headers.getSetCookie()[0]).toMatch(
      /^__Host-sucharit\.session_token=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(reply.headers.get('strict-transport-security')).toContain('max-age=');
  });

  test('on a port that is taken says so', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    expect(await mendFor({ port })).toBe(
      `StartProblem: Port ${port} is taken: stop the other program or choose another with PORT.`,
    );
  });

  test('on an address that is not of this machine says so', async () => {
    expect(await mendFor({ host: '203.0.113.1' })).toContain('choose an address of this machine');
  });

  test('in a folder that cannot be written says so', async () => {
    const dataDir = join(distFolder, 'survey.html', 'data');
    expect(await mendFor({ dataDir })).toBe(
      `StartProblem: DATA_DIR cannot be used: let the server write to the folder ${dataDir}, or name another with DATA_DIR.`,
    );
  });

  test('on a file that is no database says so', async () => {
    const dataDir = newDataDir();
    writeFileSync(join(dataDir, 'sucharit.db'), 'no database'.repeat(1_000));
    expect(await mendFor({ dataDir })).toContain(
      `${dataDir}/sucharit.db is damaged: put the latest`,
    );
  });

  test('without a PostgreSQL server says so, and not its password', async () => {
    const url = 'postgres://nobody:secret@127.0.0.1:9/none';
    const mend = await mendFor({ database: { kind: 'postgres', url } });
    expect(mend).toContain('The PostgreSQL database cannot be used');
    expect(mend).not.toContain('secret');
  });

  test('without the built pages says how to build them', async () => {
    expect(await mendFor({}, join(folder, 'none'))).toBe(
      'StartProblem: The pages are not built: run `npm run build` first.',
    );
  });
});

test('a device that is cut off while it sends is nothing for the log of errors', async () => {
  const errors: string[] = [];
  const server = await start({}, distFolder, (_fields, message) => errors.push(message));
  const { hostname, port } = new URL(server.url);
  for (const framing of [{ 'content-length': 500 }, { 'transfer-encoding': 'chunked' }]) {
    const path = '/api/v1/batches';
    const sent = request({ hostname, port, method: 'POST', path, headers: framing });
    const cutOff = new Promise((resolve) => {
      sent.once('error', resolve);
    });
    await new Promise((resolve) => {
      sent.write('{"envelopes":', resolve);
    });
    await fetch(`${server.url}/healthz`);
    sent.destroy();
    await cutOff;
  }
  await server.close();
  expect(errors).toEqual([]);
});

/** Runs main.ts to its end; `onOutput` sees what it printed so far and may stop it. */
function run(env: Record<string, string>, onOutput?: (output: string, stop: () => void) => void) {
  return new Promise<{ status: number | null; output: string; errors: string }>((resolve) => {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      onOutput?.(output, () => child.kill('SIGTERM'));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('close', (status) => resolve({ status, output, errors }));
    // One that never ends is not left behind.
    onTestFinished(() => void child.kill('SIGKILL'));
  });
}

describe('the program', () => {
  test('ends with one sentence and no stack when a variable is wrong', async () => {
    // By which the service knows that another start would end the same (docs/deploy/sucharit@.service).
    expect(await run({ PORT: 'eighty' })).toEqual({
      status: 78,
      output: '',
      errors: 'PORT cannot be used: give a whole number from 0 to 65535, such as PORT=8080.\n',
    });
  });

  test('ends with one sentence where no folder can be made, also where the system says that the one around it is missing', async () => {
    const { status, output, errors } = await run({ DATA_DIR: '/proc/sucharit/data', PORT: '0' });
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(errors).toMatch(/^DATA_DIR cannot be used: let the server write to the folder .*\.\n$/);
  });

  test('prints address, set-up link and what to do, and ends well on SIGTERM', async () => {
    const port = await freePort();
    const env = { PORT: String(port), DATA_DIR: newDataDir() };
    let isAsked = false;
    const { status, output, errors } = await run(env, (printed, stop) => {
      // Once: what it prints may come in pieces, and a second signal would end it at once.
      if (isAsked || !printed.includes('PUBLIC_URL')) return;
      isAsked = true;
      stop();
    });
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    const printed = output.split('\n').filter((line) => line !== '');
    const lines = printed.filter((line) => !line.startsWith('{'));
    expect(lines.length).toBeLessThanOrEqual(4);
    expect(lines[0]).toBe(`Sucharit listens on http://localhost:${port}`);
    expect(lines[1]).toContain(`http://localhost:${port}/admin/set-up?token=`);
    expect(lines.at(-1)).toContain('PUBLIC_URL');
    const logged = printed.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(logged).toEqual([
      {
        level: 'info',
        time,
        url: `http://localhost:${port}`,
        database: 'sqlite',
        msg: 'listening',
      },
      { level: 'info', time, msg: 'draining' },
      { level: 'info', time, msg: 'ended' },
    ]);
  });

  test('tells whoever has an account the address that people open, not the one behind the proxy', async () => {
    const dataDir = newDataDir();
    const first = await start({ dataDir });
    const token = new URL(first.setUpLink ?? '').searchParams.get('token');
    await fetch(`${first.url}/api/v1/set-up`, {
      method: 'POST',
      headers: { origin: first.config.publicUrl ?? first.url },
      body: JSON.stringify({ token, ...ACCOUNT }),
    });
    await first.close();
    const env = { PORT: '0', DATA_DIR: dataDir, PUBLIC_URL: 'https://ita.example.go.th' };
    let isAsked = false;
    const { output } = await run(env, (printed, stop) => {
      if (isAsked || !printed.includes('Sign in at ')) return;
      isAsked = true;
      stop();
    });
    expect(output).toContain('Sign in at https://ita.example.go.th/admin\n');
  });

  test('ends at once on a second signal, whatever runs', async () => {
    const env = { PORT: '0', DATA_DIR: newDataDir(), DRAIN_SECONDS: '15' };
    let signals = 0;
    const { status, errors } = await run(env, (printed, stop) => {
      const wanted = printed.includes('"draining"') ? 2 : Number(printed.includes('PUBLIC_URL'));
      while (signals < wanted) {
        signals += 1;
        stop();
      }
    });
    // Null: by the signal itself.
    expect({ status, errors, signals }).toEqual({ status: null, errors: '', signals: 2 });
  });
});
