import { describe, expect, test, vi } from 'vitest';
import { rollUpSchema } from '#core/contract/roll-up.ts';
import { DRAFT, EIT, envelope, response } from '../support/fixtures.ts';
import { keepSums } from '../support/keep-sums.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';
import { PATIENCE } from '../../support/patience.ts';

/** A city with three districts in 2568: one of many answers, one of four with a threshold of five, one of none. */
async function createCity() {
  const server = await createTestServer();
  await server.signIn();
  const add = async (parent: string | null, th: string) => {
    const json = { parent, kind: parent ? 'district' : 'city', name: { th } };
    return (await (await server.ask('POST', '/api/v1/organizations', { json })).json()).id;
  };
  const city = await add(null, 'นคร');
  let sent = 0;
  async function addYear(th: string, fiscalYear: number, answers: number) {
    const organizationId = await add(city, th);
    const made = await server.ask('POST', '/api/v1/assessments', {
      json: { ...DRAFT, fiscalYear, organizationId },
    });
    const { id } = await made.json();
    const { channels } = await (
      await server.ask('GET', `/api/v1/assessments/${id}/channels`)
    ).json();
    const { code } = channels.find(
      ({ instrument }: { instrument: string }) => instrument === EIT.id,
    );
    const envelopes = Array.from({ length: answers }, () =>
      envelope((sent += 1), code, response(EIT)),
    );
    if (answers > 0) await server.resultsOf(envelopes);
    return id;
  }
  await addYear('เขตหลาย', 2568, 6);
  await addYear('เขตน้อย', 2568, 4);
  await addYear('เขตว่าง', 2568, 0);
  await addYear('=เขตเก่า', 2567, 0);
  return { ...server, addYear };
}

const rowsOf = async ({ ask }: Pick<Awaited<ReturnType<typeof createTestServer>>, 'ask'>) =>
  rollUpSchema.parse(await (await ask('GET', '/api/v1/roll-up')).json()).rows;

describe('the offices of a branch', () => {
  test('stand beside each other in the latest year, and what few people said is told of none', async () => {
    const server = await createCity();
    // On a busy machine the first answer comes before all of them are counted.
    const isCounted = async () => (await rowsOf(server)).every(({ isCounting }) => !isCounting);
    await vi.waitUntil(isCounted, PATIENCE);
    const reply = await server.ask('GET', '/api/v1/roll-up');
    const text = await reply.text();
    const rollUp = rollUpSchema.parse(JSON.parse(text));
    expect(rollUp.fiscalYear).toBe(2568);
    expect(rollUp.years).toEqual([2568, 2567]);
    const told = rollUp.rows.map(({ organization, answered, EIT: eit }) => [
      organization.th,
      answered,
      eit === null,
    ]);
    expect(told).toEqual([
      ['เขตน้อย', 4, true],
      ['เขตว่าง', 0, true],
      ['เขตหลาย', 6, false],
    ]);
    // Each says what its own card says, and nothing is made of several.
    for (const row of rollUp.rows) {
      const { card } = await (
        await server.ask('GET', `/api/v1/assessments/${row.assessment}/card`)
      ).json();
      expect([row.ita, row.EIT]).toEqual([card.ita, card.tools[1]?.score ?? null]);
    }
    // Only the staff's questionnaire has a target here, which visitors do nothing for.
    expect(rollUp.rows.map(({ target, towards }) => [target, towards])).toEqual([
      [60, 0],
      [60, 0],
      [60, 0],
    ]);
    expect(Object.keys(JSON.parse(text)).toSorted()).toEqual([
      'fiscalYear',
      'rows',
      'without',
      'years',
    ]);
  });

  test('tell nothing of a small one by the others, however many answer there: no row is made of two', async () => {
    const city = await createCity();
    const before = await rowsOf(city);
    const small = await city.addYear('เขตเล็ก', 2568, 4);
    const after = await rowsOf(city);
    expect(after.filter(({ assessment }) => assessment !== small)).toEqual(before);
    // Nothing but its own number of people, which its overview tells as well.
    expect(after.find(({ assessment }) => assessment === small)).toMatchObject({
      ita: null,
      EIT: null,
      IIT: null,
      answered: 4,
    });
  });

  test('are judged anew where something came, was typed or set, and only there', async () => {
    const city = await createCity();
    const [first] = await rowsOf(city);
    // Whoever makes a row reads the channels.
    const judged: string[] = [];
    const listChannels = city.storage.listChannels.bind(city.storage);
    city.storage.listChannels = async (assessment) => {
      judged.push(assessment);
      return listChannels(assessment);
    };
    await rowsOf(city);
    expect(judged).toEqual([]);
    const added = await city.addYear('เขตใหม่', 2568, 6);
    judged.length = 0;
    await rowsOf(city);
    expect(new Set(judged)).toEqual(new Set([added]));
    const id = first?.assessment ?? '';
    const assessment = await city.storage.findAssessment(id);
    if (!assessment) throw new Error('the first office is gone');
    const lower = { ...assessment, suppressionThreshold: 4 };
    expect(await city.storage.updateAssessment(assessment, lower, [])).toBe('done');
    const rows = await rowsOf(city);
    // Four people, of whom the threshold of four lets something be told.
    expect(rows.find((row) => row.assessment === id)?.EIT).not.toBeNull();
  });

  test('are told but for one that is still being counted, and their file is not given by halves', async () => {
    const city = await createCity();
    const before = await rowsOf(city);
    const counting = await city.addYear('เขตใหม่', 2568, 6);
    await keepSums(city.storage, { id: counting, instruments: DRAFT.instruments });
    const readSoFar = city.storage.readSoFar.bind(city.storage);
    city.storage.readSoFar = async (id, ...rest) => {
      const soFar = await readSoFar(id, ...rest);
      return id === counting ? soFar.map((own) => ({ ...own, state: 'foreign' })) : soFar;
    };
    const rows = await rowsOf(city);
    expect(rows.filter(({ assessment }) => assessment !== counting)).toEqual(before);
    expect(rows.find(({ assessment }) => assessment === counting)).toMatchObject({
      answered: null,
      EIT: null,
      isCounting: true,
    });
    const file = await city.ask('GET', '/api/v1/roll-up/export?language=th');
    expect(await problemIn(file)).toBe('503 counting-underway');
    city.storage.readSoFar = readSoFar;
    expect((await rowsOf(city)).every(({ isCounting }) => !isCounting)).toBe(true);
  });

  test('are told but for one that this version cannot judge, which the log says, and their file is not given by halves', async () => {
    const city = await createCity();
    const isCounted = async () => (await rowsOf(city)).every(({ isCounting }) => !isCounting);
    await vi.waitUntil(isCounted, PATIENCE);
    const before = await rowsOf(city);
    const strange = await city.addYear('เขตใหม่', 2568, 6);
    const findChecklist = city.storage.findChecklist.bind(city.storage);
    city.storage.findChecklist = async (id) => {
      const stored = await findChecklist(id);
      return id === strange ? { weights: {}, entries: [], instrument: 'oit-2600' } : stored;
    };
    const rows = await rowsOf(city);
    expect(rows.filter(({ assessment }) => assessment !== strange)).toEqual(before);
    expect(rows.find(({ assessment }) => assessment === strange)?.isCounting).toBe(true);
    // On a busy machine behind the answer.
    const said = 'the figures of an office could not be made';
    const lines = () => city.logged.filter(({ message }) => message === said).length;
    await vi.waitUntil(() => lines() > 0, PATIENCE);
    // Asked for again and again, as it may come.
    await rowsOf(city);
    expect(lines()).toBe(1);
    const file = await city.ask('GET', '/api/v1/roll-up/export?language=th');
    expect(await problemIn(file)).toBe('500 internal');
  });

  test('are told by the settings of the moment in which they are told, in the table and in the file', async () => {
    const city = await createCity();
    const many = (await rowsOf(city)).find(({ answered }) => answered === 6);
    const id = many?.assessment ?? '';
    expect(many?.EIT).toMatch(/^\d+\.\d\d$/);
    /** While the row of a new office is made, the threshold of another is raised. */
    async function raisedMeanwhile(threshold: number) {
      const added = await city.addYear(`เขตใหม่ ${threshold}`, 2568, 6);
      const listChannels = city.storage.listChannels.bind(city.storage);
      const assessment = await city.storage.findAssessment(id);
      if (!assessment) throw new Error('the office is gone');
      city.storage.listChannels = async (wanted) => {
        if (wanted === added) {
          city.storage.listChannels = listChannels;
          const after = { ...assessment, suppressionThreshold: threshold };
          await city.storage.updateAssessment(assessment, after, []);
        }
        return listChannels(wanted);
      };
    }
    await raisedMeanwhile(7);
    const raised = (await rowsOf(city)).find(({ assessment }) => assessment === id);
    expect(raised?.EIT).toBeNull();
    await raisedMeanwhile(5);
    const file = await (await city.ask('GET', '/api/v1/roll-up/export?language=th')).text();
    expect(file).toMatch(/เขตหลาย,[^,]*,,\d/);
    await raisedMeanwhile(8);
    const hidden = await (await city.ask('GET', '/api/v1/roll-up/export?language=th')).text();
    expect(hidden).toMatch(/เขตหลาย,,,,,6/);
  });

  test('are made once for a file, and again only where settings were changed meanwhile', async () => {
    const city = await createCity();
    const all = await rowsOf(city);
    const id = all.find(({ answered }) => answered === 6)?.assessment ?? '';
    const assessment = await city.storage.findAssessment(id);
    if (!assessment) throw new Error('the office is gone');
    const { id: _id, life: _life, deletedOn: _day, ...draft } = assessment;
    const findFigures = city.storage.findFigures.bind(city.storage);
    const looked: string[] = [];
    city.storage.findFigures = async (wanted) => {
      looked.push(wanted);
      const isLast = new Set(looked).size === all.length && looked.length === all.length;
      const json = { ...draft, suppressionThreshold: 7 };
      if (isLast) await city.ask('PUT', `/api/v1/assessments/${id}`, { json });
      return findFigures(wanted);
    };
    const file = await (await city.ask('GET', '/api/v1/roll-up/export?language=th')).text();
    expect(file).toMatch(/เขตหลาย,,,,,6/);
    const others = looked.filter((wanted) => wanted !== id);
    expect(others).toHaveLength(new Set(others).size);
  });

  test('let others be served between two of them', async () => {
    const server = await createCity();
    // The first count of all pauses by itself.
    await server.ask('GET', '/api/v1/roll-up');
    let turns = 0;
    let turn = setImmediate(function next() {
      turns += 1;
      turn = setImmediate(next);
    });
    await server.ask('GET', '/api/v1/roll-up');
    clearImmediate(turn);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  test('are saved as a file that no spreadsheet takes for a formula, and the log tells of it', async () => {
    const server = await createCity();
    const reply = await server.ask('GET', '/api/v1/roll-up/export?year=2567&language=th');
    expect(reply.headers.get('content-disposition')).toContain('ita-offices-2567.csv');
    const lines = (await reply.text()).split('\r\n');
    expect(lines[0]).toContain('หน่วยงาน');
    expect(lines[1]).toMatch(/^2567,'=เขตเก่า,,,,,0,60,0$/);
    expect(lines.slice(2, 5)).toEqual([
      '2567,เขตน้อย,,,,,,,',
      '2567,เขตว่าง,,,,,,,',
      '2567,เขตหลาย,,,,,,,',
    ]);
    const { entries } = await (await server.ask('GET', '/api/v1/audit')).json();
    expect(entries[0]).toMatchObject({
      action: 'roll-up-exported',
      details: { format: 'csv', count: '1' },
    });
  });

  test('without an assessment of the year are named, but for departments, what stands above and what is out of reach', async () => {
    const server = await createCity();
    const { organizations } = await (await server.ask('GET', '/api/v1/organizations')).json();
    const idOf = (th: string) =>
      organizations.find(({ name }: { name: { th: string } }) => name.th === th).id;
    const add = async (parent: string | null, kind: string, th: string) =>
      server.ask('POST', '/api/v1/organizations', { json: { parent, kind, name: { th } } });
    await add(idOf('นคร'), 'district', 'เขต 10');
    await add(idOf('นคร'), 'district', 'เขต 9');
    await add(idOf('เขตว่าง'), 'department', 'ฝ่ายโยธา');
    await add(null, 'district', 'เทศบาล');
    async function withoutOf(branch: string) {
      const invited = await server.ask('POST', '/api/v1/invitations', {
        json: { role: 'viewer', branch },
      });
      const token = new URL((await invited.json()).link).searchParams.get('token');
      const joined = await server.ask('POST', '/api/v1/join', {
        json: { token, name: `viewer-${branch.slice(-8)}`, password: 'ม้าลายเดินข้ามสะพาน' },
        headers: { cookie: '' },
      });
      const cookie = joined.headers.getSetCookie()[0] ?? '';
      const reply = await server.ask('GET', '/api/v1/roll-up?year=2568', { headers: { cookie } });
      return rollUpSchema.parse(await reply.json()).without.map(({ th }) => th);
    }
    const ofCity = ['=เขตเก่า', 'เขต 9', 'เขต 10'];
    expect(await withoutOf('all')).toEqual([...ofCity, 'เทศบาล']);
    expect(await withoutOf(idOf('นคร'))).toEqual(ofCity);
    expect(await withoutOf(idOf('เขตว่าง'))).toEqual([]);
  });

  test('are asked for by a year that there can be', async () => {
    const server = await createTestServer();
    await server.signIn();
    expect(await problemIn(await server.ask('GET', '/api/v1/roll-up?year=2025'))).toBe(
      '400 invalid-request',
    );
    const empty = await server.ask('GET', '/api/v1/roll-up');
    expect(await empty.json()).toEqual({ fiscalYear: null, years: [], rows: [], without: [] });
  });
});
