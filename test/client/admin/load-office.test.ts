import { expect, test } from 'vitest';
import { createAdmin } from '#client/admin/admin.ts';
import type { RouterWindow } from '#client/admin/router.ts';
import type { Branch } from '#core/contract/organization.ts';

const EAST = '3c1f6f4e-8a0e-4d5c-9d1b-0a4f7f1c2d3e';

/** An office's app whose questions for the tree are answered in any order: each with a branch, null = the server is away. */
async function opened() {
  const asked: ((branch: Branch | null) => void)[] = [];
  const admin = await createAdmin({
    fetch: async (input) => {
      if (typeof input !== 'string' || !input.endsWith('/organizations'))
        return Response.json({ assessments: [], instruments: [] });
      const { promise, resolve } = Promise.withResolvers<Branch | null>();
      asked.push(resolve);
      const branch = await promise;
      if (branch === null) throw new TypeError('away');
      return Response.json({ branch, organizations: [] });
    },
    window: {
      location: new URL('http://localhost/admin'),
      addEventListener: () => undefined,
    } as unknown as RouterWindow,
    storage: null,
    tabStorage: null,
    loadTexts: async (language) => ({
      language,
      t: (key) => key,
      instrument: () => undefined,
      oit: () => undefined,
    }),
  });
  const branchOnShow = () =>
    admin.office.value.state === 'ready'
      ? admin.office.value.value.organizations.branch
      : admin.office.value.state;
  return { admin, asked, branchOnShow };
}

test('what was asked for later is on show, whichever answer comes first', async () => {
  const { admin, asked, branchOnShow } = await opened();
  const loads = [admin.loadOffice(), admin.loadOffice('quietly')];
  asked[1]?.(EAST);
  await loads[1];
  asked[0]?.('all');
  await loads[0];
  expect(branchOnShow()).toBe(EAST);
});

test('where the later one is not answered, the one before is on show', async () => {
  const { admin, asked, branchOnShow } = await opened();
  const loads = [admin.loadOffice(), admin.loadOffice('quietly')];
  asked[1]?.(null);
  await loads[1];
  asked[0]?.('all');
  await loads[0];
  expect(branchOnShow()).toBe('all');
});

test('who signs in sees nothing of what was asked for somebody else', async () => {
  const { admin, asked, branchOnShow } = await opened();
  const theirs = admin.loadOffice();
  await admin.signOut();
  admin.signedIn({ name: 'สมชาย', role: 'viewer' });
  asked[0]?.('all');
  await theirs;
  expect(branchOnShow()).toBe('loading');
});
