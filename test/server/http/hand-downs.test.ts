import { describe, expect, test } from 'vitest';
import { type Assessment, assessmentSchema } from '#core/contract/assessment.ts';
import { handDownListSchema, handedDownSchema } from '#core/contract/hand-down.ts';
import { DRAFT, EIT, envelope, IIT } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const HOTLINE = { name: { th: 'สายด่วน' }, address: 'tel:1555' };

/** A city whose set-up of 2568 opens in December, with a district of two departments in the tree and one of none. */
async function createCity() {
  const server = await createTestServer();
  const { ask, storage } = server;
  await server.signIn();
  const add = async (parent: string | null, kind: string, th: string): Promise<string> => {
    const json = { parent, kind, name: { th } };
    return (await (await ask('POST', '/api/v1/organizations', { json })).json()).id;
  };
  const city = await add(null, 'city', 'นคร');
  const plan = { IIT: { percent: 80 }, EIT: 40, headCount: 30 };
  const rows = [
    { district: { th: 'เขต ก' }, department: { name: { th: 'ฝ่ายโยธา' }, plan } },
    { district: { th: 'เขต ก' }, department: { name: { th: 'ฝ่ายใหม่' }, plan: {} } },
    { district: { th: 'เขต ข' } },
  ];
  await ask('POST', `/api/v1/organizations/${city}/imports`, { json: { rows } });
  const tree = await storage.listOrganizations();
  const idOf = (th: string) => tree.find(({ name }) => name.th === th)?.id ?? '';
  const made = await ask('POST', '/api/v1/assessments', {
    json: {
      ...DRAFT,
      suppressionThreshold: 7,
      complaints: [HOTLINE],
      organizationId: city,
      begin: 'draft',
    },
  });
  const { id } = await made.json();
  const life = { state: 'draft', opensOn: '2024-12-01', closesOn: '2025-03-31' };
  await ask('PUT', `/api/v1/assessments/${id}/life`, { json: life });
  const path = `/api/v1/assessments/${id}/hand-downs`;
  const send = (organization: string, changesDraft?: boolean) =>
    ask('POST', path, { json: { organization, ...(changesDraft && { changesDraft }) } });
  return {
    ...server,
    city,
    path,
    life,
    send,
    first: idOf('เขต ก'),
    second: idOf('เขต ข'),
    handDown: async (organization: string, changesDraft?: boolean) =>
      handedDownSchema.parse(await (await send(organization, changesDraft)).json()),
    standings: async () =>
      handDownListSchema
        .parse(await (await ask('GET', path)).json())
        .offices.map(({ name, standing, departments }) => `${name.th} ${standing} ${departments}`),
    read: async (assessment: string): Promise<Assessment> =>
      assessmentSchema.parse(await (await ask('GET', `/api/v1/assessments/${assessment}`)).json()),
  };
}

const draftOf = ({ id: _id, life: _life, deletedOn: _day, ...draft }: Assessment) => draft;

/** Of the office's own draft, which has another threshold than the set-up. */
async function withThreshold(
  { ask, read }: Pick<Awaited<ReturnType<typeof createCity>>, 'ask' | 'read'>,
  assessment: string,
  suppressionThreshold: number,
) {
  const json = { ...draftOf(await read(assessment)), suppressionThreshold };
  expect((await ask('PUT', `/api/v1/assessments/${assessment}`, { json })).status).toBe(200);
}

describe('a set-up that is handed down', () => {
  test('lowers no threshold that people were told who answered before it was a draft again', async () => {
    const city = await createCity();
    const { first, second, handDown, send, storage, resultsOf } = city;
    const own = await handDown(first);
    const other = await handDown(second);
    await withThreshold(city, own.assessment, 8);
    await withThreshold(city, other.assessment, 8);
    const [channel] = (await storage.listChannels(own.assessment)).filter(
      ({ instrument, department }) => instrument === IIT.id && department === 1,
    );
    expect(await resultsOf([envelope(1, channel?.code ?? '')])).toMatchObject([
      { result: 'accepted' },
    ]);
    expect(await problemIn(await send(first, true))).toBe('409 threshold-told');
    expect((await handDown(second, true)).did).toBe('changed');
  });

  test('makes an assessment of its own for each office: its departments and targets, else those of the set-up', async () => {
    const { first, second, handDown, standings, read, life, storage, ask } = await createCity();
    expect(await standings()).toEqual(['เขต ก none 2', 'เขต ข none 3']);
    const own = await handDown(first);
    const other = await handDown(second);
    expect([own.did, other.did]).toEqual(['made', 'made']);
    expect(await read(own.assessment)).toEqual({
      ...DRAFT,
      id: own.assessment,
      organization: { th: 'เขต ก' },
      suppressionThreshold: 7,
      complaints: [HOTLINE],
      life,
      deletedOn: null,
      departments: [
        {
          number: 1,
          name: { th: 'ฝ่ายโยธา' },
          targets: { [IIT.id]: { percent: 80 }, [EIT.id]: 40 },
          headCount: 30,
          retired: false,
        },
        {
          number: 2,
          name: { th: 'ฝ่ายใหม่' },
          targets: { [IIT.id]: null, [EIT.id]: null },
          retired: false,
        },
      ],
    });
    expect((await read(other.assessment)).departments).toEqual(DRAFT.departments);
    // Each with posters and a seal of its own.
    const channels = await storage.listChannels(own.assessment);
    expect(channels).toHaveLength(6);
    const seals = await Promise.all(
      [own, other].map((one) => storage.findSealSecret(one.assessment)),
    );
    expect(new Set(seals.map((seal) => seal?.secret)).size).toBe(2);
    expect(await storage.organizationOf(own.assessment)).toBe(first);
    const { entries } = await (await ask('GET', '/api/v1/audit')).json();
    expect(entries[1]).toMatchObject({
      action: 'assessment-handed-down',
      assessment: own.assessment,
      details: { organization: 'เขต ก', year: '2568' },
    });
  });

  test('changes nothing the second time, and makes one where two hand it down at once', async () => {
    const { first, second, handDown, standings, storage, ask } = await createCity();
    const [one, two] = await Promise.all([handDown(first), handDown(first)]);
    expect(one.assessment).toBe(two.assessment);
    expect([one.did, two.did].toSorted()).toEqual(['made', 'nothing']);
    await handDown(second);
    const before = await storage.listAssessments();
    expect(await standings()).toEqual(['เขต ก same 2', 'เขต ข same 3']);
    expect((await handDown(second)).did).toBe('nothing');
    expect(await storage.listAssessments()).toEqual(before);
    // The log tells what was done from what was there already.
    const { entries } = await (await ask('GET', '/api/v1/audit')).json();
    const counts = entries
      .filter(({ action }: { action: string }) => action === 'assessment-handed-down')
      .map(({ details }: { details: Record<string, string> }) => details.count ?? 'done');
    expect(counts.toSorted()).toEqual(['0', '0', 'done', 'done']);
  });

  test('leaves a draft that says otherwise until it is asked to, and then loses nothing of its own', async () => {
    const { first, send, handDown, standings, read, ask } = await createCity();
    const { assessment } = await handDown(first);
    const before = await read(assessment);
    const own = { number: 9, name: { th: 'ฝ่ายของเขต' }, targets: {}, retired: false };
    const changed = {
      ...draftOf(before),
      suppressionThreshold: 5,
      // The tree still has the second one.
      departments: [
        ...before.departments.map((one) => ({ ...one, retired: one.number === 2 })),
        own,
      ],
    };
    await ask('PUT', `/api/v1/assessments/${assessment}`, { json: changed });
    expect(await standings()).toEqual(['เขต ก differs 2', 'เขต ข none 3']);
    expect(await problemIn(await send(first))).toBe('409 year-taken');
    expect((await read(assessment)).suppressionThreshold).toBe(5);
    expect(await handDown(first, true)).toEqual({ assessment, did: 'changed' });
    expect(await read(assessment)).toEqual({ ...before, departments: changed.departments });
    expect(await standings()).toEqual(['เขต ก same 2', 'เขต ข none 3']);
  });

  test('changes nothing of what has begun, whoever asks', async () => {
    const { first, send, handDown, standings, read, ask } = await createCity();
    const { assessment } = await handDown(first);
    const open = { state: 'open', opensOn: null, closesOn: null };
    await ask('PUT', `/api/v1/assessments/${assessment}/life`, { json: open });
    expect((await standings())[0]).toBe('เขต ก begun 2');
    expect(await problemIn(await send(first, true))).toBe('409 year-taken');
    expect((await read(assessment)).life).toEqual(open);
  });

  test('gives departments the numbers that they had the year before', async () => {
    const { first, handDown, read, ask } = await createCity();
    const departments = [
      { number: 4, name: { th: 'ฝ่ายโยธา' }, targets: {}, retired: false },
      { number: 7, name: { th: 'ฝ่ายเก่า' }, targets: {}, retired: false },
    ];
    const json = { ...DRAFT, fiscalYear: 2567, departments, organizationId: first };
    await ask('POST', '/api/v1/assessments', { json });
    const made = await read((await handDown(first)).assessment);
    expect(made.departments.map(({ number, name }) => [number, name.th])).toEqual([
      [4, 'ฝ่ายโยธา'],
      [8, 'ฝ่ายใหม่'],
    ]);
  });

  test('goes to nobody who is not below', async () => {
    const { city, send, path, ask, first, handDown } = await createCity();
    expect(await problemIn(await send(city))).toBe('400 invalid-request');
    const { assessment } = await handDown(first);
    const below = await ask('GET', path.replace(/assessments\/[^/]+/, `assessments/${assessment}`));
    // Departments are parts of an office, not offices.
    expect(await below.json()).toEqual({ offices: [] });
  });
});
