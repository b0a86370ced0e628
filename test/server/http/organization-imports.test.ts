import { describe, expect, test } from 'vitest';
import type { ImportRow } from '#core/contract/organization-import.ts';
import { importOutcomeSchema } from '#core/contract/organization-import.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** A city's owner, who imports into it. */
async function createCity() {
  const server = await createTestServer();
  await server.signIn();
  const json = { parent: null, kind: 'city', name: { th: 'นคร' } };
  const { id } = await (await server.ask('POST', '/api/v1/organizations', { json })).json();
  const path = `/api/v1/organizations/${id}/imports`;
  const send = (rows: readonly ImportRow[]) => server.ask('POST', path, { json: { rows } });
  return {
    ...server,
    city: String(id),
    path,
    send,
    importRows: async (rows: readonly ImportRow[]) =>
      importOutcomeSchema.parse(await (await send(rows)).json()),
    tree: async () =>
      (await server.storage.listOrganizations()).map(({ name, plan }) => [name.th, plan]),
  };
}

const department = (th: string, plan = {}) => ({ name: { th }, plan });

const ROWS: ImportRow[] = [
  { district: { th: 'เขต ก' }, department: department('ฝ่ายโยธา', { EIT: 60 }) },
  { district: { th: 'เขต ก' }, department: department('ฝ่ายทะเบียน') },
  { district: { th: 'เขต ข' } },
];

describe('an import of districts', () => {
  test('makes them with their departments and targets; once more it changes nothing', async () => {
    const { importRows, tree, ask } = await createCity();
    const first = await importRows(ROWS);
    expect([first.undo.added.length, first.undo.changed.length, first.unchanged]).toEqual([
      4, 0, 0,
    ]);
    const made = await tree();
    expect(made).toEqual([
      ['นคร', undefined],
      ['เขต ก', undefined],
      ['ฝ่ายโยธา', { EIT: 60 }],
      ['ฝ่ายทะเบียน', undefined],
      ['เขต ข', undefined],
    ]);
    expect(await importRows(ROWS)).toEqual({ unchanged: 4, undo: { added: [], changed: [] } });
    expect(await tree()).toEqual(made);
    const { entries } = await (await ask('GET', '/api/v1/audit')).json();
    expect(
      entries
        .map(({ action, details }: { action: string; details: object }) => [action, details])
        .slice(0, 2),
    ).toEqual([
      ['organizations-imported', { organization: 'นคร', count: '0' }],
      ['organizations-imported', { organization: 'นคร', count: '4' }],
    ]);
  });

  test('of a name that is a department where the file has a district, or the other way round, is refused whole', async () => {
    const { importRows, send, tree, ask, city } = await createCity();
    await importRows(ROWS);
    const json = { parent: city, kind: 'department', name: { th: 'กองกลาง' } };
    await ask('POST', '/api/v1/organizations', { json });
    const before = await tree();
    const asDistrict = [{ district: { th: 'เขต ใหม่' } }, { district: { th: 'กองกลาง' } }];
    expect(await problemIn(await send(asDistrict))).toBe('409 organization-exists');
    const district = (await ask('GET', '/api/v1/organizations')).json();
    const parent = (await district).organizations.find(
      ({ name }: { name: { th: string } }) => name.th === 'เขต ก',
    ).id;
    const below = { parent, kind: 'district', name: { th: 'ศูนย์บริการ' } };
    await ask('POST', '/api/v1/organizations', { json: below });
    const asDepartment = [
      { district: { th: 'เขต ก' }, department: department('ศูนย์บริการ', { EIT: 5 }) },
    ];
    expect(await problemIn(await send(asDepartment))).toBe('409 organization-exists');
    const after = await tree();
    expect(after.filter(([th]) => th !== 'ศูนย์บริการ')).toEqual(before);
  });

  test('is taken back whole, with the targets of before', async () => {
    const { importRows, tree, path, ask } = await createCity();
    await importRows(ROWS);
    const before = await tree();
    const { undo } = await importRows([
      { district: { th: 'เขต ก' }, department: department('ฝ่ายโยธา', { EIT: 90, headCount: 9 }) },
      { district: { th: 'เขต ค' }, department: department('ฝ่ายโยธา') },
    ]);
    expect((await tree()).slice(2, 3)).toEqual([['ฝ่ายโยธา', { EIT: 90, headCount: 9 }]]);
    expect((await ask('POST', `${path}/undo`, { json: undo })).status).toBe(204);
    expect(await tree()).toEqual(before);
    // What is gone is not taken back twice.
    expect(await problemIn(await ask('POST', `${path}/undo`, { json: undo }))).toBe(
      '404 not-found',
    );
  });

  test('is not taken back where anybody used or changed what it made, and nothing of it then', async () => {
    const { importRows, tree, path, ask, storage, city } = await createCity();
    const { undo } = await importRows(ROWS);
    const [office] = undo.added;
    const used = office?.id ?? '';
    const invited = { json: { role: 'viewer', branch: used } };
    const { id } = await (await ask('POST', '/api/v1/invitations', invited)).json();
    const again = await importRows([{ district: { th: 'เขต ก', en: 'A' } }]);
    const before = await tree();
    const takeBack = (json: object) => ask('POST', `${path}/undo`, { json });
    const made = await storage.listOrganizations();
    const asItIs = { added: made.filter(({ parent }) => parent !== null), changed: [] };
    expect(await problemIn(await takeBack(asItIs))).toBe('409 organization-in-use');
    await ask('DELETE', `/api/v1/invitations/${id}`);
    const renamed = { parent: city, kind: 'district', name: { th: 'เขตใหม่' } };
    await ask('PUT', `/api/v1/organizations/${used}`, { json: renamed });
    expect(await problemIn(await takeBack(again.undo))).toBe('412 changed-meanwhile');
    expect(await problemIn(await takeBack(undo))).toBe('412 changed-meanwhile');
    expect(await tree()).toEqual(
      before.map(([th, plan]) => [th === 'เขต ก' ? 'เขตใหม่' : th, plan]),
    );
    const [top] = made;
    // Nor does anybody remove by it what is not below the place of the import.
    expect(await problemIn(await takeBack({ added: [top], changed: [] }))).toBe('404 not-found');
    expect((await storage.listOrganizations()).length).toBe(5);
  });

  test.each<[string, object]>([
    ['nothing', { rows: [] }],
    ['a name that is empty', { rows: [{ district: { th: ' ' } }] }],
    [
      'a target of nobody',
      { rows: [{ district: { th: 'ก' }, department: department('ข', { EIT: 0 }) }] },
    ],
    ['a plan of a district', { rows: [{ district: { th: 'ก' }, plan: { EIT: 1 } }] }],
    ['a name that turns letters round', { rows: [{ district: { th: 'ก\u202e' } }] }],
  ])('of %s is refused', async (_, json) => {
    const { path, ask, tree } = await createCity();
    expect(await problemIn(await ask('POST', path, { json }))).toBe('400 invalid-request');
    expect(await tree()).toHaveLength(1);
  });
});
