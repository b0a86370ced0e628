import { expect, test } from 'vitest';
import type { Role } from '#core/contract/role.ts';
import { routesOf } from '#server/http/app.ts';
import type { Route } from '#server/http/route.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const ROLES: readonly Role[] = ['owner', 'admin', 'viewer', 'auditor'];

/** Who may use a route of each access. */
const ALLOWED: Readonly<Record<Route['access'], readonly Role[]>> = {
  public: ROLES,
  'signed-in': ROLES,
  look: ['owner', 'admin', 'viewer'],
  edit: ['owner', 'admin'],
  own: ['owner'],
  audit: ['owner', 'auditor'],
};

/** What somebody of any role may read: who they are, and what the frame of every page shows. */
const FOR_EVERY_ROLE = [
  'GET /api/v1/organizations',
  'GET /api/v1/session',
  'GET /api/v1/assessments',
  'GET /api/v1/instruments',
];

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isOfOwnAccount = ({ path }: Route) => /^\/api\/v1\/(session|account)(\/|$)/.test(path);
const signedInRoutes = (routes: readonly Route[]) =>
  routes.filter(({ access }) => access !== 'public');

async function serverWithRoutes() {
  const server = await createTestServer();
  const { accounts } = server;
  // A cookie that names a role signs somebody of that role in.
  server.replaceBuild({
    accounts: {
      ...accounts,
      find: (cookie) => {
        const role = ROLES.find((known) => known === cookie);
        return Promise.resolve(
          role
            ? {
                id: `id-${role}`,
                name: `a ${role}`,
                role,
                branch: 'all',
                cookies: [],
                session: 'one',
                hasTwoFactor: false,
              }
            : null,
        );
      },
    },
  });
  return { server, routes: routesOf(server.effects, () => Promise.resolve(0)) };
}

test('every route refuses exactly the roles that it is not for', async () => {
  const { server, routes } = await serverWithRoutes();
  for (const route of signedInRoutes(routes)) {
    const path = route.path.replace(/:\w+/g, 'nothing');
    const ask = (cookie: string) => server.ask(route.method, path, { headers: { cookie } });
    expect([nameOf(route), await problemIn(await ask(''))]).toEqual([
      nameOf(route),
      '401 not-signed-in',
    ]);
    for (const role of ROLES) {
      const reply = await ask(role);
      const code = reply.ok ? 'fine' : (await reply.json()).code;
      expect([nameOf(route), role, code === 'not-allowed']).toEqual([
        nameOf(route),
        role,
        !ALLOWED[route.access].includes(role),
      ]);
    }
  }
});

/** Which access a route should ask for, by what it is: the rule that every part of the API follows. */
function accessOf(route: Route): readonly Route['access'][] {
  if (isOfOwnAccount(route) || FOR_EVERY_ROLE.includes(nameOf(route))) return ['signed-in'];
  if (/^\/api\/v1\/(people|invitations|organizations)/.test(route.path)) return ['own'];
  if (route.path.startsWith('/api/v1/audit')) return ['audit'];
  // Who may look may print.
  if (route.path.endsWith('/prints')) return ['look'];
  return route.method === 'GET' ? ['look', 'edit', 'own'] : ['edit', 'own'];
}

test('only an owner or admin changes, only an owner sees to people, and only an auditor or owner reads the log', async () => {
  const { routes } = await serverWithRoutes();
  const wrong = signedInRoutes(routes).filter((route) => !accessOf(route).includes(route.access));
  expect(wrong.map(nameOf)).toEqual([]);
});

test('every change and every export of somebody signed in is told of in the log', async () => {
  const { routes } = await serverWithRoutes();
  const untold = signedInRoutes(routes).filter(
    (route) =>
      (route.method !== 'GET' ||
        /export/.test(route.path) ||
        'format' in { ...route.query, ...route.optionalQuery }) &&
      !route.audit,
  );
  expect(untold.map(nameOf)).toEqual([]);
});
