import { describe, expect, test } from 'vitest';
import { toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { Admission } from '#core/contract/admission.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { madeDisplaySchema, openedDisplaySchema } from '#core/contract/display.ts';
import { responseFileSchema } from '#core/contract/report.ts';
import { markOf } from '#core/display/mark.ts';
import { windowAt } from '#core/display/window.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { EIT, IIT, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An office with a counter for visitors; its clock stands at noon. */
async function office() {
  const server = await createTestServer();
  server.clock.now = Date.parse('2024-11-20T05:00:00Z');
  const { assessment, channels } = await server.createAssessment();
  const codes = channels.filter(({ instrument }) => instrument === EIT.id).map(({ code }) => code);
  const [code = '', otherCode = ''] = codes;
  const { ask, clock } = server;
  const at = (channel: string) =>
    `/api/v1/assessments/${assessment.id}/channels/${channel}/display`;

  async function offer(channel = code): Promise<string> {
    const { link } = madeDisplaySchema.parse(await (await ask('POST', at(channel))).json());
    expect(link).toMatch(/^http:\/\/office\.test\/display#/);
    return link.slice(link.indexOf('#') + 1);
  }

  const open = (token: string) => ask('POST', '/api/v1/displays', { json: { token } });

  /** A screen that became the channel's display. */
  async function screen(channel = code) {
    const opened = openedDisplaySchema.parse(await (await open(await offer(channel))).json());
    return {
      ...opened,
      /** What it shows by a clock that is so far from the server's. */
      code(off = 0): Admission & { by: 'display' } {
        const window = windowAt(clock.now + off);
        return { by: 'display', window, mark: markOf(opened.secret, channel, window) };
      },
    };
  }

  let sent = 0;
  /** How a response is stored that was finished now and comes by that. */
  async function storedAs(admission: Admission | null, finishedAt = clock.now) {
    const reply = await server.app.request(`/api/v1/channels/${code}`);
    const content = response(EIT, { day: dayInBangkok(finishedAt) });
    const id = numberedUuid((sent += 1));
    const channel = channelSchema.parse(await reply.json());
    const envelope = await toEnvelope(id, channel, content, admission);
    const [result] = await server.resultsOf([envelope]);
    const [stored] = await server.storage.findResponses([code], [id]);
    return `${result?.result} ${stored?.display}`;
  }

  return { ...server, assessment, code, otherCode, at, offer, open, screen, storedAs };
}

describe('a display', () => {
  test('is opened by its link, once, and knows what to show', async () => {
    const { offer, open, code, clock } = await office();
    const token = await offer();
    const opened = await open(token);
    expect(opened.status).toBe(201);
    const { standing } = openedDisplaySchema.parse(await opened.json());
    expect(standing).toEqual({
      channel: code,
      url: `http://office.test/s/${code}`,
      organization: { th: 'สำนักงานเขตทดสอบ', en: 'Test District Office' },
      department: null,
      state: 'open',
    });
    expect(await problemIn(await open(token))).toBe('410 display-ended');
    const late = await offer();
    clock.now += 24 * HOUR;
    expect(await problemIn(await open(late))).toBe('410 display-ended');
  });

  test('is void as soon as another one is made, or it is ended', async () => {
    const { ask, screen, at, code, offer, assessment } = await office();
    const first = await screen();
    const standing = async (id: string) => ask('GET', `/api/v1/displays/${id}`);
    expect((await standing(first.id)).status).toBe(200);
    await offer();
    expect(await problemIn(await standing(first.id))).toBe('410 display-ended');
    const second = await screen();
    const list = async () =>
      (await ask('GET', `/api/v1/assessments/${assessment.id}/displays`)).json();
    expect(await list()).toEqual({ displays: [{ channel: code, state: 'open' }] });
    expect((await ask('DELETE', at(code))).status).toBe(204);
    expect(await problemIn(await standing(second.id))).toBe('410 display-ended');
    expect(await list()).toEqual({ displays: [] });
    expect(await problemIn(await ask('DELETE', at(code)))).toBe('404 not-found');
  });

  test('is none for staff, and none of another assessment’s', async () => {
    const { ask, at, assessment, storage } = await office();
    const channels = await storage.listChannels(assessment.id);
    const staff = channels.find(({ instrument }) => instrument === IIT.id)?.code ?? '';
    expect(await problemIn(await ask('POST', at(staff)))).toBe('404 not-found');
    expect(await problemIn(await ask('POST', at('K7RM3XAE')))).toBe('404 not-found');
  });

  test('is told of in the log: made, opened, ended', async () => {
    const { ask, screen, at, code, storage } = await office();
    const display = await screen();
    await ask('DELETE', at(code));
    const entries = await storage.readAudit({ limit: 10 });
    const told = entries
      .filter(({ action }) => action.startsWith('display-'))
      .map(({ action, account, details }) => [action, account === 'nobody', details]);
    expect(told.toReversed()).toEqual([
      ['display-made', false, { channel: code }],
      ['display-opened', true, { channel: code }],
      ['display-ended', false, { channel: code }],
    ]);
    expect(JSON.stringify(entries)).not.toContain(display.secret);
  });
});

describe('a response that arrives where there is a display', () => {
  test.each([
    ['right', 0, 'display'],
    ['a minute behind', -MINUTE, 'display'],
    ['a minute ahead', MINUTE, 'display'],
    ['an hour ahead', HOUR, 'old-code'],
  ])('by one whose clock is %s is counted, and told apart', async (_, off, flag) => {
    const { screen, storedAs } = await office();
    expect(await storedAs((await screen()).code(off))).toBe(`accepted ${flag}`);
  });

  test('by one whose clock is an hour behind is told apart by the phone', async () => {
    const { screen, storedAs } = await office();
    const code = (await screen()).code(-HOUR);
    expect(await storedAs({ ...code, isOld: true })).toBe('accepted old-code');
  });

  test('days later, from a phone without network, is as good as at once', async () => {
    const { screen, storedAs, clock } = await office();
    const code = (await screen()).code();
    const finishedAt = clock.now;
    clock.now += 6 * 24 * HOUR;
    expect(await storedAs(code, finishedAt)).toBe('accepted display');
    expect(await storedAs(code)).toBe('accepted old-code');
  });

  test('by a forged code, by that of another channel or of a display that was replaced, is counted and told apart', async () => {
    const { screen, storedAs, otherCode, offer } = await office();
    const own = await screen();
    const forged = { ...own.code(), mark: '0'.repeat(20) };
    expect(await storedAs(forged)).toBe('accepted wrong-code');
    const other = await screen(otherCode);
    expect(await storedAs(other.code())).toBe('accepted wrong-code');
    await screen();
    expect(await storedAs(own.code())).toBe('accepted wrong-code');
    await offer();
    // Nobody has opened the new one: there is no display.
    expect(await storedAs(own.code())).toBe('accepted undefined');
  });

  test('without a code came by a poster, and before there was a display by nothing', async () => {
    const { screen, storedAs } = await office();
    expect(await storedAs(null)).toBe('accepted undefined');
    await screen();
    expect(await storedAs(null)).toBe('accepted poster');
  });

  test('keeps neither window nor mark, and is a duplicate whatever comes with it the second time', async () => {
    const { screen, storage, code, clock, app, resultsOf } = await office();
    const shown = (await screen()).code();
    const channel = channelSchema.parse(
      await (await app.request(`/api/v1/channels/${code}`)).json(),
    );
    const send = async (admission: Admission | null) => {
      const envelope = await toEnvelope(numberedUuid(1), channel, response(EIT), admission);
      return (await resultsOf([envelope]))[0]?.result;
    };
    expect(await send(shown)).toBe('accepted');
    clock.now += HOUR;
    expect(await send(null)).toBe('duplicate');
    expect(await send({ ...shown, mark: '00' })).toBe('duplicate');
    const [stored] = await storage.readResponses({ channel: code, after: '', limit: 10 });
    expect(stored?.display).toBe('display');
    expect(JSON.stringify(stored)).not.toContain(shown.mark);
    expect(JSON.stringify(stored)).not.toContain(String(shown.window));
  });

  test('by a code that more than ten answered by is told of in the log when the day is over', async () => {
    const { screen, storedAs, clock, effects, storage, assessment, code: channel } = await office();
    const display = await screen();
    const shared = display.code();
    const told = async () => {
      await effects.codeUse.tellCounts('over');
      const entries = await storage.readAudit({ limit: 10 });
      return entries.filter(({ action }) => action === 'display-code-shared');
    };
    for (let person = 0; person < 10; person += 1) await storedAs(shared);
    clock.now += MINUTE;
    for (let person = 0; person < 3; person += 1) await storedAs(display.code());
    clock.now += 24 * HOUR;
    expect(await told()).toEqual([]);

    // Two more, from phones without network until now.
    const finishedAt = clock.now - 24 * HOUR;
    for (let person = 0; person < 2; person += 1) await storedAs(shared, finishedAt);
    expect(await told()).toEqual([]);
    clock.now += 24 * HOUR;
    expect(await told()).toMatchObject([
      {
        account: 'server',
        assessment: assessment.id,
        details: { channel, day: '2024-11-21', count: '12' },
      },
    ]);
    expect(await told()).toHaveLength(1);
  });

  test('is told with its way in a file of single responses, where its channel is told', async () => {
    const { ask, screen, storedAs, assessment } = await office();
    const counter = await screen();
    for (let person = 0; person < 4; person += 1) await storedAs(counter.code());
    const file = async (format: string) =>
      ask(
        'GET',
        `/api/v1/assessments/${assessment.id}/responses?instrument=${EIT.id}&format=${format}`,
      );
    const told = async () =>
      responseFileSchema
        .parse(await (await file('json')).json())
        .responses.map(
          ({ channel, display }) => `${channel === null ? 'hidden' : 'told'} ${display}`,
        )
        .toSorted();
    expect(await told()).toEqual(Array(4).fill('hidden null'));
    await storedAs(null);
    expect(await told()).toEqual([...Array(4).fill('told display'), 'told poster']);
    const [head = '', ...lines] = (await (await file('csv')).text()).split('\r\n');
    expect(head).toMatch(/^\W?channel,language,quality,display,E1,/);
    expect(lines.filter((line) => /^\w{8},th,,(display|poster),/.test(line))).toHaveLength(5);
  });
});
