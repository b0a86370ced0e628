import { describe, expect, test } from 'vitest';
import {
  kioskListSchema,
  kioskSettingsSchema,
  madeKioskSchema,
  type NewKiosk,
} from '#core/contract/kiosk.ts';
import { opensLock } from '#core/kiosk/pin.ts';
import { auditPageSchema } from '#core/contract/audit.ts';
import { DRAFT } from '../support/fixtures.ts';
import { createTestServer, ORIGIN, problemIn } from '../support/test-server.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

const DAY_MS = 24 * 60 * 60 * 1000;
const PIN = '290467';
const TABLET = 'a-tablet-made-this-up-itself';

/** An office with a tablet that has not opened its link yet. */
async function officeWithKiosk(changes: Partial<NewKiosk> = {}) {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const path = `/api/v1/assessments/${assessment.id}/kiosks`;
  const codes = channels.slice(0, 2).map(({ code }) => code);
  const wanted = { name: 'เคาน์เตอร์ 1', channels: codes, idleSeconds: 45, pin: PIN, ...changes };
  const reply = await server.ask('POST', path, { json: wanted });
  return { server, assessment, channels, path, codes, wanted, reply };
}

async function officeWithLink() {
  const office = await officeWithKiosk();
  const made = madeKioskSchema.parse(await office.reply.json());
  return { ...office, made, link: new URL(made.link.link).hash.slice(1) };
}

/** As a tablet asks: from our own page, with nobody signed in. */
const asTablet = (server: Server, place: 'enrolment' | 'contact', json: unknown) =>
  server.ask('POST', `/api/v1/kiosk/${place}`, { json, headers: { cookie: '' } });

const listed = async (server: Server, path: string) =>
  kioskListSchema.parse(await (await server.ask('GET', path)).json()).kiosks;

describe('a tablet for a counter', () => {
  test('is told its settings by a link that works once, and by its own token from then on', async () => {
    const { server, codes, link, path, made } = await officeWithLink();
    expect(made.link.link.startsWith(`${ORIGIN}/kiosk#`)).toBe(true);
    expect(await listed(server, path)).toEqual([
      {
        id: made.kiosk.id,
        name: 'เคาน์เตอร์ 1',
        channels: codes,
        idleSeconds: 45,
        state: 'waits',
        seenOn: null,
      },
    ]);
    const enrolled = await asTablet(server, 'enrolment', { link, token: TABLET });
    const settings = kioskSettingsSchema.parse(await enrolled.json());
    expect(settings).toMatchObject({ name: 'เคาน์เตอร์ 1', channels: codes, idleSeconds: 45 });
    expect(await opensLock(PIN, settings.pin)).toBe(true);
    expect(await opensLock('290468', settings.pin)).toBe(false);

    expect(await listed(server, path)).toMatchObject([{ state: 'enrolled', seenOn: '2024-11-20' }]);

    server.clock.now += DAY_MS;
    const contact = await asTablet(server, 'contact', { token: TABLET });
    expect(await contact.json()).toEqual(settings);
    // The day and no moment.
    expect(await listed(server, path)).toMatchObject([{ state: 'enrolled', seenOn: '2024-11-21' }]);
    const another = await asTablet(server, 'enrolment', {
      link,
      token: 'somebody-who-saw-the-code',
    });
    expect(await problemIn(another)).toBe('410 kiosk-link-used');
  });

  test('that lost the answer is enrolled by asking again, and told of once', async () => {
    const { server, link } = await officeWithLink();
    const answers = [1, 2].map(() => ({ link, token: TABLET }));
    for (const json of answers)
      expect((await asTablet(server, 'enrolment', json)).status).toBe(200);
    const page = await (await server.ask('GET', '/api/v1/audit')).json();
    const { entries } = auditPageSchema.parse(page);
    expect(
      entries.map(({ action, account, details }) => [action, account === 'server', details]),
    ).toEqual([
      ['kiosk-enrolled', true, { kiosk: 'เคาน์เตอร์ 1' }],
      ['kiosk-made', false, { kiosk: 'เคาน์เตอร์ 1' }],
      ['assessment-made', false, {}],
      ['account-made', false, {}],
    ]);
  });

  test('cannot be enrolled by a link that is a week old, until there is another', async () => {
    const { server, link, path, made } = await officeWithLink();
    server.clock.now += 7 * DAY_MS;
    const late = await asTablet(server, 'enrolment', { link, token: TABLET });
    expect(await problemIn(late)).toBe('410 kiosk-link-used');
    expect(await listed(server, path)).toMatchObject([{ state: 'lapsed' }]);
    const renewed = await server.ask('POST', `${path}/${made.kiosk.id}/links`);
    const anew = new URL((await renewed.json()).link).hash.slice(1);
    expect((await asTablet(server, 'enrolment', { link: anew, token: TABLET })).status).toBe(200);
  });

  test('takes the place of the one before, by another link', async () => {
    const { server, link, path, made } = await officeWithLink();
    await asTablet(server, 'enrolment', { link, token: TABLET });
    const renewed = await server.ask('POST', `${path}/${made.kiosk.id}/links`);
    expect((await asTablet(server, 'contact', { token: TABLET })).status).toBe(200);
    const anew = new URL((await renewed.json()).link).hash.slice(1);
    const next = 'the-tablet-in-its-place';
    await asTablet(server, 'enrolment', { link: anew, token: next });
    expect((await asTablet(server, 'contact', { token: next })).status).toBe(200);
    expect(await problemIn(await asTablet(server, 'contact', { token: TABLET }))).toBe(
      '404 kiosk-unknown',
    );
  });

  test('hears at its next contact that it was renamed and stands elsewhere; its PIN stays unless another is set', async () => {
    const { server, link, path, made, channels } = await officeWithLink();
    await asTablet(server, 'enrolment', { link, token: TABLET });
    const change = { name: 'ห้องทะเบียน', channels: [channels[3]?.code], idleSeconds: 90 };
    const put = (json: unknown) => server.ask('PUT', `${path}/${made.kiosk.id}`, { json });
    expect((await put(change)).status).toBe(204);
    const settings = async () =>
      kioskSettingsSchema.parse(
        await (await asTablet(server, 'contact', { token: TABLET })).json(),
      );
    const heard = await settings();
    expect(heard).toMatchObject(change);
    expect(await opensLock(PIN, heard.pin)).toBe(true);
    await put({ ...change, pin: '550918' });
    expect(await opensLock('550918', (await settings()).pin)).toBe(true);
  });

  test('is unknown once it was revoked, and what waits on it is still taken', async () => {
    const { server, link, path, made } = await officeWithLink();
    await asTablet(server, 'enrolment', { link, token: TABLET });
    expect((await server.ask('DELETE', `${path}/${made.kiosk.id}`)).status).toBe(204);
    expect(await problemIn(await asTablet(server, 'contact', { token: TABLET }))).toBe(
      '404 kiosk-unknown',
    );
    expect(await listed(server, path)).toEqual([]);
    expect((await server.sendBatch([])).status).toBe(400);
  });

  test('leaves neither its token, its link nor its PIN in the database', async () => {
    const { server, link, made } = await officeWithLink();
    await asTablet(server, 'enrolment', { link, token: TABLET });
    const rows = JSON.stringify([
      server.handle.prepare('select * from kiosks').all(),
      server.handle.prepare('select * from audit_log').all(),
      server.logged,
    ]);
    expect(rows).toContain(made.kiosk.id);
    for (const secret of [TABLET, link, PIN]) expect(rows).not.toContain(secret);
  });
});

describe('what is refused', () => {
  test.each([
    ['pin', { pin: '12345' }],
    ['pin', { pin: '123456' }],
    ['pin', { pin: '987654' }],
    ['pin', { pin: '777777' }],
    ['pin', { pin: '29046x' }],
    ['name', { name: '  ' }],
    ['channels', { channels: [] }],
    ['idleSeconds', { idleSeconds: 5 }],
  ])('%s: %o', async (place, changes) => {
    const { reply } = await officeWithKiosk(changes);
    expect(await reply.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      detail: place,
    });
  });

  test('a channel of another assessment, and a tablet of another one', async () => {
    const { server, path, wanted, made } = await officeWithLink();
    const other = await server.createAssessment({ ...DRAFT, fiscalYear: 2569 });
    const foreign = { ...wanted, channels: [other.channels[0]?.code] };
    for (const [method, place] of [
      ['POST', path],
      ['PUT', `${path}/${made.kiosk.id}`],
    ] as const) {
      const reply = await server.ask(method, place, { json: foreign });
      expect(await reply.json()).toMatchObject({ code: 'invalid-request', detail: 'channels' });
    }
    const elsewhere = `/api/v1/assessments/${other.assessment.id}/kiosks`;
    expect(await listed(server, elsewhere)).toEqual([]);
    for (const id of [made.kiosk.id, numberedUuid(1)])
      for (const [method, place] of [
        ['POST', `${id}/links`],
        ['DELETE', id],
      ] as const)
        expect(await problemIn(await server.ask(method, `${elsewhere}/${place}`))).toBe(
          '404 not-found',
        );
  });

  test('a tablet that another site’s page speaks for', async () => {
    const { server, link } = await officeWithLink();
    const reply = await server.ask('POST', '/api/v1/kiosk/enrolment', {
      json: { link, token: TABLET },
      headers: { cookie: '', 'sec-fetch-site': 'cross-site' },
    });
    expect(await problemIn(reply)).toBe('403 cross-site');
  });
});
