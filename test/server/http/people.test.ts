import { describe, expect, test } from 'vitest';
import {
  ACCOUNT_GONE,
  ACCOUNT_HEADER,
  ACCOUNT_ID_HEADER,
  headerOfAccount,
  sessionSchema,
} from '#core/contract/account.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { organizationSchema } from '#core/contract/organization.ts';
import {
  enrolmentSchema,
  madeInvitationSchema,
  peopleSchema,
  type Rights,
} from '#core/contract/people.ts';
import { rightsTag } from '#core/contract/rights-tag.ts';
import type { Role } from '#core/contract/role.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';
import { totpOf } from '../support/totp.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

const PASSWORD = 'ม้าลายเดินข้ามสะพาน';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const peopleOf = async (server: Server) =>
  peopleSchema.parse(await (await server.ask('GET', '/api/v1/people')).json());

/** Invites somebody and returns the token of the link. */
async function invite(server: Server, role: Role, headers: Record<string, string> = {}) {
  const reply = await server.ask('POST', '/api/v1/invitations', { json: { role }, headers });
  const { link, id } = madeInvitationSchema.parse(await reply.json());
  return { id, token: new URL(link).searchParams.get('token') ?? '' };
}

const join = (server: Server, token: string, name: string) =>
  server.ask('POST', '/api/v1/join', {
    json: { token, name, password: PASSWORD },
    headers: { cookie: '' },
  });

/** Makes a district; returns its id. */
async function districtOf(server: Server) {
  const made = await server.ask('POST', '/api/v1/organizations', {
    json: { parent: null, kind: 'district', name: { th: 'เขต' } },
  });
  return organizationSchema.parse(await made.json()).id;
}

/** Invites somebody who joins; returns their id and their cookie. */
async function joined(server: Server, role: Role, name: string) {
  const reply = await join(server, (await invite(server, role)).token, name);
  const cookie = reply.headers.getSetCookie()[0] ?? '';
  const person = (await peopleOf(server)).people.find((one) => one.name === name);
  if (!person) throw new Error(`${name} did not join: ${reply.status}`);
  return { ...person, cookie };
}

async function officeOf() {
  const server = await createTestServer();
  await server.signIn();
  return server;
}

describe('an invitation', () => {
  test('makes an account of its role, once', async () => {
    const server = await officeOf();
    const { token } = await invite(server, 'viewer');
    const look = await server.ask('GET', `/api/v1/join?token=${token}`, {
      headers: { cookie: '' },
    });
    expect(await look.json()).toEqual({ role: 'viewer' });
    const reply = await join(server, token, 'somying');
    expect(await reply.json()).toEqual({
      id: expect.any(String),
      name: 'somying',
      role: 'viewer',
    });
    expect(await problemIn(await join(server, token, 'another'))).toBe('410 set-up-link-used');
    const { people, invitations } = await peopleOf(server);
    expect(people.map(({ name, role }) => [name, role])).toEqual([
      ['somying', 'viewer'],
      [ACCOUNT.name, 'owner'],
    ]);
    expect(invitations).toEqual([]);
  });

  test('used twice at the same time makes one account', async () => {
    const server = await officeOf();
    const { token } = await invite(server, 'admin');
    const replies = await Promise.all([join(server, token, 'one'), join(server, token, 'two')]);
    expect(replies.map(({ status }) => String(status)).toSorted()).toEqual(['201', '410']);
  });

  test('makes no account for an organization that is removed while it is used', async () => {
    const server = await officeOf();
    const json = { parent: null, kind: 'city', name: { th: 'นครตัวอย่าง' } };
    const city = await (await server.ask('POST', '/api/v1/organizations', { json })).json();
    const invited = await server.ask('POST', '/api/v1/invitations', {
      json: { role: 'owner', branch: city.id },
    });
    const { link } = madeInvitationSchema.parse(await invited.json());
    const take = server.storage.takeInvitation.bind(server.storage);
    server.storage.takeInvitation = async (...args) => {
      const taken = await take(...args);
      expect((await server.ask('DELETE', `/api/v1/organizations/${city.id}`)).status).toBe(204);
      return taken;
    };
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(await problemIn(await join(server, token, 'somying'))).toBe('410 set-up-link-used');
    const { people, invitations } = await peopleOf(server);
    expect(people.map(({ name }) => name)).toEqual([ACCOUNT.name]);
    expect(invitations).toEqual([]);
  });

  test('works again after a name that is taken', async () => {
    const server = await officeOf();
    const { token } = await invite(server, 'auditor');
    expect(await problemIn(await join(server, token, ACCOUNT.name))).toBe('409 name-taken');
    expect((await join(server, token, 'auditor')).status).toBe(201);
  });

  test.each([
    ['works again where no account could be made', 'user', 201],
    ['works no more where the account was made and only its sign-in failed', 'session', 410],
  ])('%s', async (_, table, status) => {
    const server = await officeOf();
    const { token } = await invite(server, 'viewer');
    server.handle.exec(
      `create trigger fails before insert on "${table}" begin select raise(abort, 'fails'); end`,
    );
    expect((await join(server, token, 'somying')).ok).toBe(false);
    server.handle.exec('drop trigger fails');
    expect((await join(server, token, 'another')).status).toBe(status);
    expect((await peopleOf(server)).people).toHaveLength(2);
  });

  test('ends after a week, and when it is withdrawn', async () => {
    const server = await officeOf();
    const withdrawn = await invite(server, 'viewer');
    const { token } = await invite(server, 'viewer');
    const path = `/api/v1/invitations/${withdrawn.id}`;
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect(await problemIn(await server.ask('DELETE', path))).toBe('404 not-found');
    expect(await problemIn(await join(server, withdrawn.token, 'late'))).toBe(
      '410 set-up-link-used',
    );
    server.clock.now += WEEK_MS - 1;
    expect((await peopleOf(server)).invitations).toHaveLength(1);
    server.clock.now += 1;
    expect((await peopleOf(server)).invitations).toEqual([]);
    expect(await problemIn(await join(server, token, 'late'))).toBe('410 set-up-link-used');
  });

  test.each([
    ['is removed', 'DELETE', undefined],
    ['is no owner any more', 'PATCH', { role: 'admin' }],
    ['is an owner elsewhere', 'PATCH', { role: 'owner', branch: 'district' }],
  ] as const)('leads nobody back who %s', async (_, method, change) => {
    const server = await officeOf();
    const district = await districtOf(server);
    const somying = await joined(server, 'owner', 'somying');
    const kept = await invite(server, 'owner', { cookie: somying.cookie });
    const ofAnother = await invite(server, 'viewer');
    const path = `/api/v1/people/${somying.id}`;
    const json = change && 'branch' in change ? { ...change, branch: district } : change;
    expect((await server.ask(method, path, { json })).status).toBe(204);
    expect(await problemIn(await join(server, kept.token, 'back'))).toBe('410 set-up-link-used');
    expect((await join(server, ofAnother.token, 'colleague')).status).toBe(201);
  });

  test('stays where its maker stays an owner', async () => {
    const server = await officeOf();
    const somying = await joined(server, 'owner', 'somying');
    const { token } = await invite(server, 'viewer', { cookie: somying.cookie });
    const again = { json: { role: 'owner' } };
    await server.ask('PATCH', `/api/v1/people/${somying.id}`, again);
    expect((await join(server, token, 'colleague')).status).toBe(201);
  });

  test('is kept as a hash only, and its token is not in the log', async () => {
    const server = await officeOf();
    const { token } = await invite(server, 'viewer');
    const stored = JSON.stringify([
      server.handle.prepare('select * from invitations').all(),
      server.handle.prepare('select * from audit_log').all(),
      server.logged,
    ]);
    expect(stored).not.toContain(token);
  });
});

describe('a role', () => {
  test('counts from the next request on', async () => {
    const server = await officeOf();
    const somying = await joined(server, 'viewer', 'somying');
    const ask = () => server.ask('GET', '/api/v1/people', { headers: { cookie: somying.cookie } });
    expect(await problemIn(await ask())).toBe('403 not-allowed');
    const path = `/api/v1/people/${somying.id}`;
    expect((await server.ask('PATCH', path, { json: { role: 'owner' } })).status).toBe(204);
    expect((await ask()).status).toBe(200);
  });

  test('of the last owner stays, and so does their account', async () => {
    const server = await officeOf();
    const [owner] = (await peopleOf(server)).people;
    const path = `/api/v1/people/${owner?.id}`;
    const demote = () => server.ask('PATCH', path, { json: { role: 'admin' } });
    expect(await problemIn(await demote())).toBe('409 last-owner');
    expect(await problemIn(await server.ask('DELETE', path))).toBe('409 last-owner');
    expect((await server.ask('PATCH', path, { json: { role: 'owner' } })).status).toBe(204);
    await joined(server, 'owner', 'somying');
    expect((await demote()).status).toBe(204);
  });

  test('stays as it is where somebody is moved, and where they see things stays where the role changes', async () => {
    const server = await officeOf();
    const branch = await districtOf(server);
    const { id } = await joined(server, 'viewer', 'somying');
    const change = async (json: unknown) =>
      (await server.ask('PATCH', `/api/v1/people/${id}`, { json })).status;
    expect([await change({ role: 'admin' }), await change({ branch })]).toEqual([204, 204]);
    const person = async () => (await peopleOf(server)).people.find((known) => known.id === id);
    expect(await person()).toMatchObject({ role: 'admin', branch });
    expect(await change({ role: 'auditor' })).toBe(204);
    expect(await person()).toMatchObject({ role: 'auditor', branch });
    expect(await change({})).toBe(400);
    // Nor is the last owner of everything moved.
    const owner = (await peopleOf(server)).people.find(({ name }) => name === ACCOUNT.name);
    const move = server.ask('PATCH', `/api/v1/people/${owner?.id}`, { json: { branch } });
    expect(await problemIn(await move)).toBe('409 last-owner');
  });

  test('is given to nobody elsewhere than where the giver saw them, nor moved along unseen', async () => {
    const server = await officeOf();
    const branch = await districtOf(server);
    const { id } = await joined(server, 'viewer', 'somying');
    const path = `/api/v1/people/${id}`;
    const change = (seen: Rights, json: Partial<Rights>) =>
      server.ask('PATCH', path, { json, headers: { 'if-match': `"${rightsTag(seen)}"` } });
    const rights = async () => {
      const person = (await peopleOf(server)).people.find((known) => known.id === id);
      return { role: person?.role, branch: person?.branch };
    };
    const everywhere = { role: 'viewer', branch: 'all' } as const;
    const here = { ...everywhere, branch };
    const owner = { role: 'owner', branch } as const;
    expect((await change(everywhere, { branch })).status).toBe(204);
    // Who still sees them with everything makes nobody an owner of it, whichever of the two comes first.
    expect(await problemIn(await change(everywhere, { role: 'owner' }))).toBe(
      '412 changed-meanwhile',
    );
    expect(await rights()).toEqual(here);
    expect((await change(here, { role: 'owner' })).status).toBe(204);
    expect(await problemIn(await change(here, { branch: 'all' }))).toBe('412 changed-meanwhile');
    expect(await rights()).toEqual(owner);
    // What came already may be sent again, as its answer may have got lost.
    expect((await change(here, { role: 'owner' })).status).toBe(204);
    const { entries } = await (await server.ask('GET', '/api/v1/audit')).json();
    const logged = entries.filter(({ action }: { action: string }) => action === 'role-changed');
    expect(logged.map(({ details }: { details: object }) => details)).toEqual([
      { person: 'somying', role: 'owner' },
      { person: 'somying', role: 'owner' },
      { person: 'somying', role: 'viewer', organization: 'เขต' },
    ]);
  });

  test('is what it was when somebody was moved, in the log too, where another owner is quicker', async () => {
    const server = await officeOf();
    const branch = await districtOf(server);
    const { id } = await joined(server, 'viewer', 'somying');
    const path = `/api/v1/people/${id}`;
    const list = server.storage.listPeople.bind(server.storage);
    const seen = async (headers: Record<string, string>, role: Role) => {
      // Right after the moved one is read their role is changed.
      server.storage.listPeople = async () => {
        server.storage.listPeople = list;
        const people = await list();
        expect((await server.ask('PATCH', path, { json: { role } })).status).toBe(204);
        return people;
      };
      return server.ask('PATCH', path, { json: { branch }, headers });
    };
    const everywhere = { role: 'viewer', branch: 'all' } as const;
    const headers = { 'if-match': `"${rightsTag(everywhere)}"` };
    expect(await problemIn(await seen(headers, 'owner'))).toBe('412 changed-meanwhile');
    // A page of a build before compares nothing: it moves them as they are.
    expect((await seen({}, 'admin')).status).toBe(204);
    const { entries } = await (await server.ask('GET', '/api/v1/audit')).json();
    expect(entries[0].details).toEqual({ person: 'somying', role: 'admin', organization: 'เขต' });
    const person = (await peopleOf(server)).people.find((known) => known.id === id);
    expect(person).toMatchObject({ role: 'admin', branch });
  });

  test('is not given to nobody', async () => {
    const server = await officeOf();
    const reply = await server.ask('PATCH', '/api/v1/people/nobody', { json: { role: 'admin' } });
    expect(await problemIn(reply)).toBe('404 not-found');
  });
});

describe('a second factor of somebody else', () => {
  test(
    'is taken off by an owner alone, who ends their sessions by it',
    { timeout: 60_000 },
    async () => {
      const server = await officeOf();
      const somying = await joined(server, 'admin', 'somying');
      const begun = await server.ask('POST', '/api/v1/account/two-factor', {
        json: { password: PASSWORD },
        headers: { cookie: somying.cookie },
      });
      const { uri } = enrolmentSchema.parse(await begun.json());
      await server.ask('POST', '/api/v1/account/two-factor/confirmation', {
        json: { code: totpOf(uri, Date.now()) },
        headers: { cookie: somying.cookie },
      });
      const signIn = () =>
        server.ask('POST', '/api/v1/session', {
          json: { name: 'somying', password: PASSWORD },
          headers: { cookie: '' },
        });
      expect((await signIn()).status).toBe(202);
      const takeOff = (id: string) => server.ask('DELETE', `/api/v1/people/${id}/second-factor`);
      expect((await takeOff(somying.id)).status).toBe(204);
      const session = await server.ask('GET', '/api/v1/session', {
        headers: { cookie: somying.cookie },
      });
      expect(await problemIn(session)).toBe('401 not-signed-in');
      expect((await signIn()).status).toBe(201);
      const [, entry] = await server.storage.readAudit({ limit: 2 });
      expect(entry).toMatchObject({
        name: ACCOUNT.name,
        action: 'second-factor-taken-off',
        details: { person: 'somying' },
      });
      const owner = (await peopleOf(server)).people.find(({ name }) => name === ACCOUNT.name);
      expect(await problemIn(await takeOff(owner?.id ?? ''))).toBe('403 not-allowed');
      expect(await problemIn(await takeOff('nobody'))).toBe('404 not-found');
    },
  );
});

test('two owners who demote each other at once leave one', async () => {
  const server = await officeOf();
  const somying = await joined(server, 'owner', 'somying');
  const owner = (await peopleOf(server)).people.find(({ name }) => name === ACCOUNT.name);
  const changes = await Promise.all([
    server.storage.changeRights(somying.id, somying, { role: 'viewer', branch: 'all' }),
    server.storage.removePerson(owner?.id ?? ''),
  ]);
  expect(changes.toSorted()).toEqual(['done', 'last-owner']);
});

test('somebody who is removed is signed out, and may be invited again', async () => {
  const server = await officeOf();
  const somying = await joined(server, 'admin', 'somying');
  const headers = { cookie: somying.cookie };
  expect((await server.ask('GET', '/api/v1/session', { headers })).status).toBe(200);
  expect((await server.ask('DELETE', `/api/v1/people/${somying.id}`)).status).toBe(204);
  expect(await problemIn(await server.ask('GET', '/api/v1/session', { headers }))).toBe(
    '401 not-signed-in',
  );
  const json = { name: 'somying', password: PASSWORD };
  expect(await problemIn(await server.ask('POST', '/api/v1/session', { json }))).toBe(
    '401 sign-in-failed',
  );
  await joined(server, 'viewer', 'somying');
});

test('whose account was removed under a page is told so, and not somebody whose session ended', async () => {
  const server = await officeOf();
  const somying = await joined(server, 'admin', 'somying');
  const signedIn = await server.ask('GET', '/api/v1/session', {
    headers: { cookie: somying.cookie },
  });
  const { id, name } = sessionSchema.parse(await signedIn.json());
  expect(id).toBe(somying.id);
  const told = async (cookie: string) => {
    const headers = {
      cookie,
      [ACCOUNT_HEADER]: headerOfAccount({ name }),
      [ACCOUNT_ID_HEADER]: somying.id,
    };
    const { code, detail } = problemSchema.parse(
      await (await server.ask('GET', '/api/v1/session', { headers })).json(),
    );
    return [code, detail];
  };
  expect(await told('')).toEqual(['not-signed-in', undefined]);
  // Somebody else signed in, in another tab of the browser.
  const others = (await joined(server, 'admin', 'malee')).cookie;
  expect(await told(others)).toEqual(['not-signed-in', undefined]);
  await server.ask('DELETE', `/api/v1/people/${somying.id}`);
  // Another account of that name is not theirs.
  await joined(server, 'viewer', 'somying');
  expect(await told(somying.cookie)).toEqual(['not-signed-in', ACCOUNT_GONE]);
  expect(await told(others)).toEqual(['not-signed-in', ACCOUNT_GONE]);
  // A page of a build before says no id, and is told as before.
  const plain = await server.ask('GET', '/api/v1/session', { headers: { cookie: '' } });
  expect(problemSchema.parse(await plain.json()).detail).toBeUndefined();
});

test('the log tells of people by name and role', async () => {
  const server = await officeOf();
  const somying = await joined(server, 'viewer', 'somying');
  await server.ask('PATCH', `/api/v1/people/${somying.id}`, { json: { role: 'admin' } });
  await server.ask('DELETE', `/api/v1/people/${somying.id}`);
  const { entries } = await (await server.ask('GET', '/api/v1/audit')).json();
  expect(
    entries
      .slice(0, 4)
      .map((entry: { action: string; name: string; details: object }) => [
        entry.action,
        entry.name,
        entry.details,
      ]),
  ).toEqual([
    ['person-removed', ACCOUNT.name, { person: 'somying', role: 'admin' }],
    ['role-changed', ACCOUNT.name, { person: 'somying', role: 'admin' }],
    ['account-made', 'somying', { role: 'viewer' }],
    ['person-invited', ACCOUNT.name, { role: 'viewer' }],
  ]);
});
