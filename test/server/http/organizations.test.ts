import { expect, test } from 'vitest';
import { auditPageSchema } from '#core/contract/audit.ts';
import { organizationSchema } from '#core/contract/organization.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

type Draft = { parent: string | null; kind: string; name: { th: string } };

/** An owner of everything, and how they make and change the tree. */
async function createTree() {
  const { ask, signIn } = await createTestServer();
  await signIn();
  return {
    ask,
    add: async (draft: Draft) =>
      organizationSchema.parse(
        await (await ask('POST', '/api/v1/organizations', { json: draft })).json(),
      ).id,
    change: (id: string, draft: Draft) =>
      ask('PUT', `/api/v1/organizations/${id}`, { json: draft }),
    newest: async () => {
      const { entries } = auditPageSchema.parse(await (await ask('GET', '/api/v1/audit')).json());
      return [entries[0]?.action, entries[0]?.details];
    },
  };
}

test('the log tells what an organization was called and where it stood before it was changed', async () => {
  const { add, change, newest } = await createTree();
  const east = await add({ parent: null, kind: 'city', name: { th: 'นครตะวันออก' } });
  const west = await add({ parent: null, kind: 'city', name: { th: 'นครตะวันตก' } });
  const district = { parent: east, kind: 'district', name: { th: 'เขตทดลอง' } };
  const id = await add(district);
  expect(await newest()).toEqual(['organization-made', { organization: 'เขตทดลอง' }]);

  const renamed = { ...district, name: { th: 'เขตใหม่' } };
  await change(id, renamed);
  expect(await newest()).toEqual([
    'organization-changed',
    { organization: 'เขตใหม่', organizationFormer: 'เขตทดลอง' },
  ]);
  await change(id, { ...renamed, parent: west });
  const moved = [
    'organization-changed',
    { organization: 'เขตใหม่', organizationFrom: 'นครตะวันออก', organizationTo: 'นครตะวันตก' },
  ];
  expect(await newest()).toEqual(moved);
  await change(west, { parent: null, kind: 'city', name: { th: 'นครใหม่' } });
  await change(id, { ...renamed, parent: null });
  expect(await newest()).toEqual([
    'organization-changed',
    { organization: 'เขตใหม่', organizationFrom: 'นครใหม่', organizationTo: '' },
  ]);
  await change(id, { ...renamed, parent: null, kind: 'city' });
  expect(await newest()).toEqual(['organization-changed', { organization: 'เขตใหม่' }]);
});

test('two spaces in a name that is typed make no other district', async () => {
  const { ask, add } = await createTree();
  const city = await add({ parent: null, kind: 'city', name: { th: 'นคร' } });
  await add({ parent: city, kind: 'district', name: { th: 'เขต ทดลอง' } });
  const json = { parent: city, kind: 'district', name: { th: 'เขต  ทดลอง' } };
  expect(await problemIn(await ask('POST', '/api/v1/organizations', { json }))).toBe(
    '409 organization-exists',
  );
});
