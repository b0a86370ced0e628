import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditPageSchema } from '#core/contract/audit.ts';
import { openSqliteFile } from '#server/storage/sqlite.ts';
import { ACCOUNT, newOffice } from '../backup/office.ts';

const COMMAND = join(import.meta.dirname, '../../../src/server/recovery/recover-main.ts');
const NEXT_PASSWORD = 'maalaai doen kaam sapaan';

/** Runs `npm run recover` as npm does. */
function run(dataDir: string, words: string[], env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    env: { ...process.env, DATA_DIR: dataDir, ...env },
  });
  return { status, output: stdout.toString(), errors: stderr.toString() };
}

/** The one sentence that the command ends in. */
function refusal(dataDir: string, words: string[], env = {}) {
  const { status, output, errors } = run(dataDir, words, env);
  expect({ status, output }).toEqual({ status: 1, output: '' });
  expect(errors).toMatch(/^[^\n]+\.\n$/);
  return errors.trim();
}

test('a link that the command prints beside a running server lets somebody back in, once', async () => {
  const { dataDir, open } = newOffice();
  const { server, cookie } = await open();
  const made = run(dataDir, ['Somchai'], { PUBLIC_URL: 'https://ita.example.go.th' });
  expect({ ...made, output: '' }).toEqual({ status: 0, errors: '', output: '' });
  const [line = ''] = made.output.split('\n');
  const link = new URL(line);
  expect([link.origin, link.pathname]).toEqual(['https://ita.example.go.th', '/admin/recover']);
  const token = link.searchParams.get('token') ?? '';
  const handle = openSqliteFile(join(dataDir, 'sucharit.db'));
  const stored = handle.prepare('select * from recovery_links').all();
  handle.close();
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(token);

  const look = await server.ask('GET', `/api/v1/recovery?token=${token}`, undefined);
  expect(await look.json()).toEqual({ name: ACCOUNT.name });
  const weak = { token, password: `my ${ACCOUNT.name} word` };
  expect((await server.ask('POST', '/api/v1/recovery', weak)).status).toBe(422);
  const recovery = { token, password: NEXT_PASSWORD };
  const done = await server.ask('POST', '/api/v1/recovery', recovery);
  expect([done.status, await done.json()]).toEqual([
    201,
    { id: expect.any(String), name: ACCOUNT.name, role: 'owner' },
  ]);
  expect((await server.ask('POST', '/api/v1/recovery', recovery)).status).toBe(410);
  expect((await server.ask('GET', `/api/v1/recovery?token=${token}`, undefined)).status).toBe(410);
  expect((await server.ask('GET', '/api/v1/session', undefined, cookie)).status).toBe(401);

  const mine = done.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const log = await server.ask('GET', '/api/v1/audit', undefined, mine);
  const { entries } = auditPageSchema.parse(await log.json());
  expect(
    entries.slice(0, 2).map(({ name, action, details }) => ({ name, action, details })),
  ).toEqual([
    { name: ACCOUNT.name, action: 'account-recovered', details: { person: ACCOUNT.name } },
    { name: '', action: 'recovery-link-made', details: { person: ACCOUNT.name } },
  ]);
  const verdict = await server.ask('GET', '/api/v1/audit/verification', undefined, mine);
  expect(await verdict.json()).toMatchObject({ state: 'intact' });
}, 60_000);

test('a stopped server is no hindrance', async () => {
  const { dataDir, open, start } = newOffice();
  const { server } = await open();
  await server.close();
  const made = run(dataDir, [ACCOUNT.name]);
  const token = new URL(made.output.split('\n')[0] ?? '').searchParams.get('token') ?? '';
  const again = await start();
  const look = await again.ask('GET', `/api/v1/recovery?token=${token}`, undefined);
  expect(await look.json()).toEqual({ name: ACCOUNT.name });
}, 60_000);

test('what cannot be done ends in a sentence', async () => {
  const { dataDir, open } = newOffice();
  expect(refusal(dataDir, [ACCOUNT.name])).toContain('There is no database in');
  await open();
  expect(refusal(dataDir, [])).toContain('Say whose account');
  expect(refusal(dataDir, ['one', 'two'])).toContain('Say whose account');
  expect(refusal(dataDir, ['somying'])).toBe(
    'There is no account “somying”. The accounts are: somchai.',
  );
  const postgres = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  expect(refusal(dataDir, [ACCOUNT.name], postgres)).toContain(
    'PostgreSQL database cannot be used',
  );
  // No server uses this database any more: a link of it would open nothing.
  writeFileSync(join(dataDir, 'moved-to-postgresql'), '');
  expect(refusal(dataDir, [ACCOUNT.name])).toContain('This office was moved to PostgreSQL');
}, 60_000);
