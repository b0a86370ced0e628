// Somebody of another branch of the tree, in every role, against every route of the table: what is outside their branch is not
// there, neither to be seen nor to be changed.
import { describe, expect, test } from 'vitest';
import type { Role } from '#core/contract/role.ts';
import { DRAFT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { problemIn } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { cookieIn, createOffice, PASSWORD, ROLES } from './support/office.ts';

const guarded = Object.entries(EVERY_ROUTE).filter(([, { who }]) => who !== 'everybody');

/**
 * Routes that name nothing by an id: what somebody of another branch gets. A new one that is missing here fails: nobody has
 * thought about what it shows of others.
 */
const WITHOUT_ID: Readonly<
  Record<string, 'own account' | 'own branch' | 'same for all' | 'refused'>
> = {
  'GET /api/v1/session': 'own account',
  'DELETE /api/v1/session': 'own account',
  'GET /api/v1/account': 'own account',
  'PUT /api/v1/account/password': 'own account',
  'POST /api/v1/account/two-factor': 'own account',
  'POST /api/v1/account/two-factor/confirmation': 'own account',
  'POST /api/v1/account/two-factor/backup-codes': 'own account',
  'POST /api/v1/account/two-factor/end': 'own account',
  'POST /api/v1/account/passkeys/challenge': 'own account',
  'POST /api/v1/account/passkeys': 'own account',
  'GET /api/v1/instruments': 'same for all',
  'GET /api/v1/templates': 'same for all',
  'GET /api/v1/assessments': 'own branch',
  'GET /api/v1/deleted-assessments': 'own branch',
  'POST /api/v1/assessments': 'own branch',
  'POST /api/v1/imports': 'own branch',
  'GET /api/v1/organizations': 'own branch',
  'POST /api/v1/organizations': 'refused',
  'GET /api/v1/roll-up': 'own branch',
  'GET /api/v1/roll-up/export': 'own branch',
  'GET /api/v1/people': 'own branch',
  'POST /api/v1/invitations': 'own branch',
  'GET /api/v1/audit': 'own branch',
  'GET /api/v1/audit/choices': 'own branch',
  'GET /api/v1/audit/verification': 'same for all',
  'GET /api/v1/audit/export': 'refused',
};

/** What is sent of a new assessment: each role makes one of another year, as an office has one of each. */
const ofOwnYear = (role: (typeof ROLES)[number], json: object | undefined) =>
  json && 'fiscalYear' in json ? { ...json, fiscalYear: 2570 + ROLES.indexOf(role) } : json;

/** An office that stands in one branch with its people, and strangers of every role in a district of another. */
async function createStrangers() {
  const office = await createOffice();
  const { server, own, district } = office;
  const home = (await server.storage.organizationOf(own.assessment)) ?? '';
  const invited = await server.ask('POST', '/api/v1/invitations', {
    json: { role: 'viewer', branch: home },
  });
  const { id: invitation } = await invited.json();
  const victim = await server.accounts.create('the-victim', PASSWORD, {
    role: 'admin',
    branch: home,
  });
  if (!victim) throw new Error('no account for the victim');
  const strangers: Record<Role, string> = { owner: '', admin: '', viewer: '', auditor: '' };
  for (const role of ROLES) {
    const made = await server.accounts.create(`stranger-${role}`, PASSWORD, {
      role,
      branch: district,
    });
    strangers[role] = cookieIn(made?.cookies ?? []);
  }
  const marks = [
    ...[own, office.other, office.deleted].flatMap((year) => Object.values(year)),
    ...Object.values(office.ids).filter(Boolean),
    'the-admin',
    'the-viewer',
    'the-auditor',
    'the-victim',
    victim.id,
    String(invitation),
    office.invitation,
    home,
    office.city,
    'สำนักงานเขตทดสอบ',
    'นครตัวอย่าง',
  ];
  return { ...office, home, strangers, victim: victim.id, invitation: String(invitation), marks };
}

/** What names a thing of the office in each kind of route; those of one's own account have tests of their own. */
function victimOf(
  route: string,
  { victim, invitation, home }: Awaited<ReturnType<typeof createStrangers>>,
) {
  if (route.includes('/assessments/')) return {};
  if (route.includes('/people/')) return { id: victim };
  if (route.includes('/invitations/')) return { id: invitation };
  if (route.includes('/organizations/')) return { id: home };
  return null;
}

describe('somebody of another branch', () => {
  test('finds nothing by an id of an office that is not theirs, and changes nothing', async () => {
    const office = await createStrangers();
    const { server, strangers, fingerprint } = office;
    const before = fingerprint();
    const routes = guarded.filter(([route]) => route.includes(':') && !route.includes('/account/'));
    for (const [route, { who }] of routes) {
      const params = victimOf(route, office);
      // A new kind of thing that has an id: say here what of it is somebody else's.
      expect([route, params === null]).toEqual([route, false]);
      for (const role of ROLES) {
        const { method, path, json } = requestOf(route, office, params ?? {});
        // What is sent is what the stranger may choose: a parent of their own.
        const sent = json && 'parent' in json ? { ...json, parent: office.district } : json;
        const headers = { cookie: strangers[role] };
        const reply = await server.ask(method, path, { json: sent, headers });
        const expected = who.includes(role) ? '404 not-found' : '403 not-allowed';
        expect([route, role, reply.ok ? 'fine' : await problemIn(reply)]).toEqual([
          route,
          role,
          expected,
        ]);
      }
    }
    expect(fingerprint()).toBe(before);
  });

  test('is told nothing of others by what names no id', async () => {
    const named = guarded.map(([route]) => route).filter((route) => !route.includes(':'));
    expect(named.sort()).toEqual(Object.keys(WITHOUT_ID).sort());
    const office = await createStrangers();
    const { server, strangers, marks } = office;
    for (const role of ROLES) {
      const routes = guarded.filter(
        ([route, { who }]) =>
          who.includes(role) && WITHOUT_ID[route] && WITHOUT_ID[route] !== 'own account',
      );
      for (const [route] of routes) {
        const { method, path, json } = requestOf(route, office);
        const reply = await server.ask(method, path, {
          json: ofOwnYear(role, json),
          headers: { cookie: strangers[role] },
        });
        const isRefused = WITHOUT_ID[route] === 'refused';
        expect([route, role, reply.status < 400]).toEqual([route, role, !isRefused]);
        const told = await reply.text();
        expect([route, role, marks.filter((mark) => told.includes(mark))]).toEqual([
          route,
          role,
          [],
        ]);
      }
    }
  });

  test('gives nobody more than they have themselves, neither others nor themselves', async () => {
    const office = await createStrangers();
    const { server, strangers, district, home, city, fingerprint } = office;
    const headers = { cookie: strangers.owner };
    const { people } = await (await server.ask('GET', '/api/v1/people', { headers })).json();
    const name = { th: 'เขตบางกะปิ' };
    const before = fingerprint('but the log');
    const attempts: [string, string, object][] = [];
    for (const branch of ['all', home, city, numberedUuid(4_711), 'constructor']) {
      attempts.push(['POST', '/api/v1/invitations', { role: 'owner', branch }]);
      for (const { id } of people)
        attempts.push(['PATCH', `/api/v1/people/${id}`, { role: 'owner', branch }]);
      attempts.push(['POST', '/api/v1/assessments', { ...DRAFT, organizationId: branch }]);
      const parent = branch === 'all' ? null : branch;
      attempts.push(['POST', '/api/v1/organizations', { parent, kind: 'district', name }]);
    }
    for (const parent of [home, city, district])
      attempts.push([
        'PUT',
        `/api/v1/organizations/${district}`,
        { parent, kind: 'district', name },
      ]);
    expect(people).toHaveLength(ROLES.length);
    for (const [method, path, json] of attempts) {
      const answer = await problemIn(await server.ask(method, path, { json, headers }));
      expect([path, json, answer]).toEqual([path, json, '400 invalid-request']);
    }
    expect(fingerprint('but the log')).toBe(before);
  });
});

describe('the owner of a district', () => {
  test('makes years, people and departments there, and reads in the log of these alone', async () => {
    const { server, strangers, district, marks } = await createStrangers();
    const headers = { cookie: strangers.owner };
    const ask = (method: string, path: string, json?: object) =>
      server.ask(method, path, { json, headers });
    const made = await (await ask('POST', '/api/v1/assessments', DRAFT)).json();
    expect(await server.storage.organizationOf(made.id)).toBe(district);
    const copied = await ask('POST', `/api/v1/assessments/${made.id}/copies`, { fiscalYear: 2569 });
    const { id: copy } = await copied.json();
    expect(await server.storage.organizationOf(copy)).toBe(district);
    const part = { parent: district, kind: 'department', name: { th: 'ฝ่ายโยธา' } };
    const { id: below } = await (await ask('POST', '/api/v1/organizations', part)).json();
    const invited = await (
      await ask('POST', '/api/v1/invitations', { role: 'viewer', branch: below })
    ).json();
    expect(invited.branch).toBe(below);
    const renamed = { parent: null, kind: 'district', name: { th: 'เขตบางกะปิใหม่' } };
    expect((await ask('PUT', `/api/v1/organizations/${district}`, renamed)).status).toBe(200);
    // It stands where it stood.
    const tree = await server.storage.listOrganizations();
    expect(tree.find(({ id }) => id === district)?.parent).not.toBeNull();

    const list = await (await ask('GET', '/api/v1/assessments')).json();
    expect(new Set(list.assessments.map(({ id }: { id: string }) => id))).toEqual(
      new Set([made.id, copy]),
    );
    const log = await (await ask('GET', '/api/v1/audit')).text();
    expect(marks.filter((mark) => log.includes(mark))).toEqual([]);
    const { entries } = JSON.parse(log);
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'organization-changed',
      'person-invited',
      'organization-made',
      'assessment-copied',
      'assessment-made',
    ]);
    // Who sees everything sees what was done there too.
    const { found } = await (await server.ask('GET', '/api/v1/audit')).json();
    expect(found).toBeGreaterThan(entries.length);
  });

  test('reads nothing of what somebody did elsewhere before they were moved there', async () => {
    const { server, strangers, district, home, victim, marks } = await createStrangers();
    const headers = { cookie: strangers.owner };
    const mover = await server.accounts.create('the-mover', PASSWORD, {
      role: 'owner',
      branch: 'all',
    });
    const own = { cookie: cookieIn(mover?.cookies ?? []) };
    await server.ask('PATCH', `/api/v1/people/${victim}`, {
      json: { role: 'owner' },
      headers: own,
    });
    const part = { parent: home, kind: 'department', name: { th: 'ฝ่ายโยธา' } };
    await server.ask('POST', '/api/v1/organizations', { json: part, headers: own });
    const path = `/api/v1/people/${mover?.id}`;
    const moving = { json: { role: 'owner', branch: district } };
    expect((await server.ask('PATCH', path, moving)).status).toBe(204);
    // Another role does not make them come anew.
    await server.ask('POST', '/api/v1/invitations', { json: { role: 'viewer' }, headers: own });
    expect((await server.ask('PATCH', path, moving)).status).toBe(204);

    const log = await (await server.ask('GET', '/api/v1/audit', { headers })).text();
    expect([...marks, 'ฝ่ายโยธา'].filter((mark) => log.includes(mark))).toEqual([]);
    const { entries, found } = JSON.parse(log);
    expect(entries).toMatchObject([{ action: 'person-invited', account: mover?.id }]);
    expect(found).toBe(1);
    const choices = await server.ask('GET', '/api/v1/audit/choices', { headers });
    expect((await choices.json()).what).toEqual(['person-invited']);
    const whole = await (await server.ask('GET', '/api/v1/audit?what=role-changed')).json();
    expect(whole.entries.map(({ details }: { details: object }) => details)).toEqual([
      { person: 'the-mover', role: 'owner' },
      { organization: 'เขตบางกะปิ', person: 'the-mover', role: 'owner' },
      { person: 'the-victim', role: 'owner' },
    ]);
  });

  test('is no owner of the last kind: the last one of everything stays', async () => {
    const { server, district } = await createOffice();
    const { people } = await (await server.ask('GET', '/api/v1/people')).json();
    const owner = people.find(
      ({ role, branch }: { role: Role; branch: string }) => role === 'owner' && branch === 'all',
    );
    const json = { role: 'owner', branch: district };
    const path = `/api/v1/people/${owner.id}`;
    expect(await problemIn(await server.ask('PATCH', path, { json }))).toBe('409 last-owner');
    expect(await problemIn(await server.ask('DELETE', path))).toBe('409 last-owner');
  });
});
