import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toEnvelope } from '#client/seal/sealed-envelope.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import { isStaffCode } from '#core/contract/staff-code.ts';
import {
  madeStaffCodesSchema,
  staffCodesSchema,
  type WantedStaffCodes,
} from '#core/contract/staff-codes.ts';
import { DRAFT, EIT, IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** An office that gives its staff codes. */
async function office() {
  const server = await createTestServer();
  const { assessment, code: channelCode } = await server.createChannel(IIT.id, 3);
  const path = `/api/v1/assessments/${assessment.id}/staff-codes`;
  const demand = () => server.ask('PUT', `${path}/demand`);
  const free = () => server.ask('DELETE', `${path}/demand`);

  async function make(wanted: Partial<WantedStaffCodes> = {}) {
    const json = { department: 3, count: 3, voidsUnspent: false, ...wanted };
    return madeStaffCodesSchema.parse(await (await server.ask('POST', path, { json })).json());
  }
  const channel = async (code = channelCode) =>
    channelSchema.parse(await (await server.ask('GET', `/api/v1/channels/${code}`)).json());

  /** A response as a device makes it. */
  async function sealed(id: number, code: string | null, language: 'th' | 'en' = 'th') {
    const { respondent } = response(IIT);
    const content = response(IIT, { language, respondent: { ...respondent, department: 3 } });
    const admission = code === null ? null : ({ by: 'code', code } as const);
    return toEnvelope(numberedUuid(id), await channel(), content, admission);
  }
  /** Sends it as this build does, and tells what became of it in a few words. */
  async function send(...envelopes: unknown[]): Promise<string[]> {
    const reply = await server.sendBatch(envelopes, { [PROTOCOL_HEADER]: String(PROTOCOL) });
    const { results } = await reply.json();
    return results.map(({ result, problem }: { result: string; problem?: { code: string } }) =>
      problem ? `${result} ${problem.code}` : result,
    );
  }
  const standing = async () => staffCodesSchema.parse(await (await server.ask('GET', path)).json());
  const setAside = async () =>
    (await server.ask('GET', `/api/v1/assessments/${assessment.id}/set-aside`)).json();
  const log = async () => (await (await server.ask('GET', '/api/v1/audit')).json()).entries;
  return {
    ...server,
    assessment,
    channelCode,
    path,
    demand,
    free,
    make,
    channel,
    sealed,
    send,
    standing,
    setAside,
    log,
  };
}

describe('codes for the staff', () => {
  test('are told once, lead to the channel of their department, and are found nowhere afterwards', async () => {
    const { make, standing, channelCode, databaseFile, handle, log, logged } = await office();
    const { codes, url, department } = await make({ count: 40 });
    expect({ url, department }).toEqual({
      url: `http://office.test/s/${channelCode}`,
      department: 3,
    });
    expect(new Set(codes).size).toBe(40);
    expect(codes.filter((code) => !isStaffCode(code))).toEqual([]);
    expect(await standing()).toEqual({
      isDemanded: false,
      departments: [{ department: 3, made: 40, spent: 0 }],
    });
    handle.pragma('wal_checkpoint(TRUNCATE)');
    const written = readFileSync(databaseFile).toString('latin1');
    const told = JSON.stringify([await log(), logged]);
    expect(codes.filter((code) => written.includes(code) || told.includes(code))).toEqual([]);
  });

  test('stand in the database in an order that tells nothing of the order on the slips', async () => {
    const { make, handle } = await office();
    await make({ count: 50 });
    const hashes = handle.prepare('select hash from staff_codes').pluck().all() as string[];
    expect(hashes).toEqual(hashes.toSorted());
  });

  test('are demanded, made and taken back with an entry in the log, which tells no code', async () => {
    const { demand, free, make, channel, standing, log } = await office();
    expect(await channel()).toMatchObject({ admission: 'open' });
    expect((await demand()).status).toBe(204);
    expect(await channel()).toMatchObject({ admission: 'code' });
    expect(await standing()).toMatchObject({ isDemanded: true });
    await make();
    await make({ count: 2, voidsUnspent: true });
    expect((await free()).status).toBe(204);
    expect(await channel()).toMatchObject({ admission: 'open' });
    const entries = (await log()).slice(0, 4);
    expect(entries.map(({ action, details }: never) => ({ action, details }))).toEqual([
      { action: 'staff-codes-not-demanded', details: {} },
      { action: 'staff-codes-made', details: { department: '3', count: '2', voided: '3' } },
      { action: 'staff-codes-made', details: { department: '3', count: '3' } },
      { action: 'staff-codes-demanded', details: {} },
    ]);
  });

  test('are never asked of the citizens', async () => {
    const { demand, ask, assessment, channel } = await office();
    await demand();
    const list = await ask('GET', `/api/v1/assessments/${assessment.id}/channels`);
    const { channels } = await list.json();
    const citizens = channels.find(
      ({ instrument }: { instrument: string }) => instrument === EIT.id,
    );
    expect(await channel(citizens.code)).toMatchObject({ admission: 'open' });
  });

  test('are made for departments that there are, in numbers that can be printed', async () => {
    const { ask, path, createAssessment } = await office();
    const wanted = { department: 3, count: 5, voidsUnspent: false };
    const post = async (json: object, to = path) => problemIn(await ask('POST', to, { json }));
    expect(await post({ ...wanted, department: 99 })).toBe('404 not-found');
    expect(await post({ ...wanted, count: 0 })).toBe('400 invalid-request');
    expect(await post({ ...wanted, count: 1_001 })).toBe('400 invalid-request');
    const { assessment } = await createAssessment({
      ...DRAFT,
      fiscalYear: 2570,
      instruments: [EIT.id],
    });
    expect(await post(wanted, `/api/v1/assessments/${assessment.id}/staff-codes`)).toBe(
      '404 not-found',
    );
  });
});

describe('a response of the staff, where codes are demanded', () => {
  test('is counted once with its code; without one, with a strange or a spent one it is kept apart', async () => {
    const { demand, make, sealed, send, storage, channelCode, setAside, standing } = await office();
    await demand();
    const { codes } = await make();
    const [mine = ''] = codes;
    expect(await send(await sealed(1, mine))).toEqual(['accepted']);
    expect(
      await send(await sealed(2, mine), await sealed(3, null), await sealed(4, 'AAAA222233334444')),
    ).toEqual(['uncounted code-spent', 'uncounted code-missing', 'uncounted code-unknown']);
    const page = { channel: channelCode, after: '', limit: 10 };
    expect((await storage.readResponses(page)).map(({ id }) => id)).toEqual([numberedUuid(1)]);
    const { uncounted, quarantined, conflicts } = await setAside();
    expect({ quarantined, conflicts }).toEqual({ quarantined: [], conflicts: [] });
    expect(
      uncounted.toSorted((a: never, b: never) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ).toEqual([
      { channel: channelCode, reason: 'code-missing', count: 1 },
      { channel: channelCode, reason: 'code-spent', count: 1 },
      { channel: channelCode, reason: 'code-unknown', count: 1 },
    ]);
    expect(await standing()).toMatchObject({ departments: [{ made: 3, spent: 1 }] });
  });

  test('is answered the same when it is sent again, and its code is not judged again', async () => {
    const { demand, make, sealed, send, standing } = await office();
    await demand();
    const [mine = ''] = (await make()).codes;
    const [counted, apart] = [await sealed(1, mine), await sealed(2, mine)];
    await send(counted, apart);
    expect(await send(apart, counted)).toEqual(['uncounted code-spent', 'duplicate']);
    expect(await standing()).toMatchObject({ departments: [{ spent: 1 }] });
  });

  test('is one of two that race with the same code', async () => {
    const { demand, make, sealed, send } = await office();
    await demand();
    const [mine = ''] = (await make()).codes;
    const [one, other] = [await sealed(1, mine), await sealed(2, mine)];
    const results = (await Promise.all([send(one), send(other)])).flat();
    expect(results.toSorted()).toEqual(['accepted', 'uncounted code-spent']);
  });

  test('leaves no trace of its code beside it, counted or apart', async () => {
    const { demand, make, sealed, send, databaseFile, handle } = await office();
    await demand();
    const [mine = ''] = (await make()).codes;
    await send(await sealed(1, mine));
    await send(await sealed(2, mine));
    handle.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(databaseFile).toString('latin1')).not.toContain(mine);
    const [row] = handle.prepare('select * from uncounted').all();
    expect(Object.keys(row as object).toSorted()).toEqual([
      'body',
      'channel',
      'day',
      'digest',
      'fiscal_year',
      'id',
      'organization_id',
      'reason',
    ]);
  });

  test('is found unspent by a restored database, and counted there when it is offered again', async () => {
    const { demand, make, sealed, send, handle, standing } = await office();
    await demand();
    const [mine = ''] = (await make()).codes;
    const envelope = await sealed(1, mine);
    expect(await send(envelope)).toEqual(['accepted']);
    // As a backup from before has it.
    handle.exec('delete from responses; update staff_codes set spent = 0');
    expect(await send(envelope)).toEqual(['accepted']);
    expect(await send(await sealed(2, mine))).toEqual(['uncounted code-spent']);
    expect(await standing()).toMatchObject({ departments: [{ spent: 1 }] });
  });

  test('is not lost or taken back when the demand comes or goes', async () => {
    const { demand, free, make, sealed, send, storage, channelCode } = await office();
    const ids = async () =>
      (await storage.readResponses({ channel: channelCode, after: '', limit: 10 })).length;
    expect(await send(await sealed(1, null))).toEqual(['accepted']);
    await demand();
    await make();
    expect(await ids()).toBe(1);
    expect(await send(await sealed(2, null))).toEqual(['uncounted code-missing']);
    await free();
    expect(await send(await sealed(2, null), await sealed(3, null))).toEqual([
      'uncounted code-missing',
      'accepted',
    ]);
    expect(await ids()).toBe(2);
  });

  test('waits no more on a device whose build knows no codes', async () => {
    const { demand, sealed, resultsOf } = await office();
    await demand();
    const [result] = await resultsOf([await sealed(1, null)]);
    expect(result).toMatchObject({ result: 'quarantined', problem: { code: 'code-missing' } });
  });

  test('is told in numbers on the overview, and is no answer that a device still owes', async () => {
    const { demand, sealed, send, ask, assessment } = await office();
    await demand();
    await send(await sealed(1, null));
    const at = `/api/v1/assessments/${assessment.id}`;
    expect(await (await ask('GET', `${at}/participation`)).json()).toMatchObject({ uncounted: 1 });
    expect(await (await ask('GET', `${at}/deliveries`)).json()).toMatchObject({ received: 1 });
  });
});

describe('whoever holds no code', () => {
  test('learns nothing from any route: of what is unspent, spent or made up the channel tells the same', async () => {
    const { demand, make, sealed, send, channel, app, channelCode } = await office();
    await demand();
    const [mine = ''] = (await make()).codes;
    const before = await channel();
    await send(await sealed(1, mine));
    expect(await channel()).toEqual(before);
    const told = await app.request(`/api/v1/assessments/any/staff-codes`);
    expect(told.status).toBe(401);
    expect((await app.request(`/s/${channelCode}?c=${mine}`)).status).toBe(200);
  });

  test('finds none by guessing: at the pace that one address has not in a hundred thousand years', () => {
    const guessesPerSecond = 50 * 100;
    const codes = 23 ** 15;
    const unspent = 10_000;
    const secondsPerYear = 31_557_600;
    const years = codes / unspent / guessesPerSecond / secondsPerYear;
    expect(years).toBeGreaterThan(100_000);
  });
});
