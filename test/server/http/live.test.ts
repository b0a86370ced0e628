import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { scoresReplySchema } from '#core/contract/scores.ts';
import { MOST_OF_ACCOUNT, MOST_OF_SESSION, MOST_STREAMS } from '#server/live/live.ts';
import { unlikePeople } from '../support/crowd.ts';
import { DRAFT, EIT, envelope, response } from '../support/fixtures.ts';
import { judgeHere } from '../support/judge-stored.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';
import { PATIENCE } from '../../support/patience.ts';
import { cookieIn, PASSWORD } from '../attacks/support/office.ts';

/** What is stored reaches whoever looks within so many milliseconds. */
const LIVE_MS = 2_000;

const SIGN_OF_LIFE = 'event: alive\ndata: here\n\n';
const CROWDED_OUT = 'event: crowded-out\ndata: later streams\n\n';
const CHANGED = 'event: changed\ndata: figures\n\n';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An office with a channel for the EIT, and someone who looks at it. */
async function office() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(EIT.id);
  const path = `/api/v1/assessments/${assessment.id}/live`;
  let sent = 0;
  /** So many are being looked at by another thread, who may still look or not. */
  let judged = 0;
  const whole = { ...server.accounts };
  server.accounts.findStill = async (cookie) => {
    judged += 1;
    return whole.findStill(cookie).finally(() => {
      judged -= 1;
    });
  };

  async function answer(people = 1, crowd = unlikePeople(1)) {
    for (let done = 0; done < people; done += 100) {
      const some = Array.from({ length: Math.min(100, people - done) }, (_, place) =>
        envelope((sent += 1), code, crowd[done + place] ?? response(EIT)),
      );
      await server.resultsOf(some);
    }
  }

  /** Opens the stream, and tells what came of it since the last time that one asked. */
  async function look(headers: Record<string, string> = {}, id = assessment.id) {
    const reply = await server.ask('GET', `/api/v1/assessments/${id}/live`, { headers });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const reader = reply.body?.getReader();
    if (!reader) throw new Error('a stream without a body');
    let told = '';
    let hasEnded = false;
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        told += new TextDecoder().decode(value);
      }
      hasEnded = true;
    })();
    onTestFinished(async () => {
      await reader.cancel();
      await reading;
    });
    async function after(ms: number) {
      await vi.advanceTimersByTimeAsync(ms);
      // A cookie's signature is looked at on another thread, on a busy machine later than those of others who ask meanwhile.
      for (let turns = 0; turns < 3; turns = judged === 0 ? turns + 1 : 0)
        await server.ask('GET', '/api/v1/session');
      const since = told;
      told = '';
      return hasEnded ? `${since}END` : since;
    }
    expect(await after(0)).toBe(SIGN_OF_LIFE);
    return { after, close: () => reader.cancel() };
  }

  return { server, assessment, code, path, answer, look };
}

describe('whoever has the figures open', () => {
  test('is told of an answer within two seconds, and of nothing while nothing comes', async () => {
    const { answer, look } = await office();
    const { after } = await look();
    expect(await after(10_000)).toBe('');
    await answer();
    expect(await after(LIVE_MS)).toBe(CHANGED);
    expect(await after(2_500)).toBe('');
  });

  test('is told once in a second and a half at the most, however many answer, and nothing but that', async () => {
    const { answer, look } = await office();
    const { after } = await look();
    let told = '';
    for (let step = 0; step < 30; step += 1) {
      await answer(3);
      told += await after(100);
    }
    expect(told).toBe(CHANGED.repeat(2));
  });

  test('is told of what is set aside, of what devices say and of other settings', async () => {
    const { server, assessment, code, look } = await office();
    const { after } = await look();
    await server.resultsOf([{ ...envelope(1, code, response(EIT)), protocol: 999 }]);
    expect(await after(LIVE_MS)).toBe(CHANGED);
    const report = {
      id: numberedUuid(77),
      channel: code,
      finished: 3,
      acknowledged: 1,
      waiting: 2,
      refused: 0,
      refusedBecause: [],
      isStorageNearlyFull: false,
    };
    // The same numbers may wait for too long by now.
    for (const [revision, oldestWaitingHours] of [
      [1, 1],
      [2, 30],
    ]) {
      const reports = [{ ...report, revision, oldestWaitingHours }];
      await server.ask('POST', '/api/v1/device-reports', { json: { reports } });
      expect(await after(LIVE_MS)).toBe(CHANGED);
    }
    const path = `/api/v1/assessments/${assessment.id}`;
    const { id: _id, life: _life, deletedOn: _deletedOn, ...draft } = assessment;
    const json = { ...draft, suppressionThreshold: 7 };
    expect((await server.ask('PUT', path, { json })).status).toBe(200);
    expect(await after(LIVE_MS)).toBe(CHANGED);
  });

  test('is told when scores of many were judged anew, as nobody waited for them', async () => {
    const { server, assessment, answer, look } = await office();
    // A thread that has to begin first is followed by a long rest.
    vi.spyOn(server.effects.judging, 'judge').mockImplementation(judgeHere(server.database));
    const isLatest = async () => {
      const reply = await server.ask('GET', `/api/v1/assessments/${assessment.id}/scores`);
      return scoresReplySchema.parse(await reply.json()).isLatest;
    };
    await answer(310, unlikePeople(310));
    expect(await isLatest()).toBe(true);
    const { after } = await look();
    await answer();
    expect(await after(LIVE_MS)).toBe(CHANGED);
    expect(await isLatest()).toBe(false);
    await vi.waitUntil(isLatest, { ...PATIENCE, interval: 10 });
    expect(await after(LIVE_MS)).toBe(CHANGED);
    expect(await after(LIVE_MS)).toBe('');
  });

  test('hears every fifteen seconds that the stream is still there', async () => {
    const { look } = await office();
    const { after } = await look();
    expect(await after(45_000)).toBe(SIGN_OF_LIFE.repeat(3));
  });
});

describe('of many that are looked at', () => {
  const another = { ...DRAFT, organization: { th: 'เขตอื่น' } };

  test('one that takes long holds up no other', async () => {
    const { server, answer, look, assessment } = await office();
    const { assessment: slow } = await server.createAssessment(another);
    const slowOne = await look({}, slow.id);
    const { after } = await look();
    expect(assessment.id).not.toBe(slow.id);
    const whole = { ...server.storage };
    vi.spyOn(server.storage, 'findAssessment').mockImplementation((id) =>
      id === slow.id ? new Promise(() => undefined) : whole.findAssessment(id),
    );
    await vi.advanceTimersByTimeAsync(LIVE_MS);
    await answer();
    expect(await after(LIVE_MS)).toBe(CHANGED);
    expect(await slowOne.after(0)).toBe('');
  });

  test('none is added to the sums for it, however much waits', async () => {
    const { server, answer, look } = await office();
    const folded = vi.spyOn(server.storage, 'foldResponses');
    const recounted = vi.spyOn(server.storage, 'recount');
    const { after } = await look();
    await answer(600);
    expect(await after(LIVE_MS)).toBe(CHANGED);
    expect(await after(LIVE_MS)).toBe('');
    expect([...folded.mock.calls, ...recounted.mock.calls]).toEqual([]);
  });
});

describe('a stream ends', () => {
  test('with the session, before anything more is told', async () => {
    const { server, answer, look } = await office();
    const { after } = await look();
    await server.ask('DELETE', '/api/v1/session');
    await answer();
    expect(await after(LIVE_MS)).toBe('END');
  });

  test('soon after it, also while nobody answers', async () => {
    const { server, look } = await office();
    const { after } = await look();
    await server.ask('DELETE', '/api/v1/session');
    expect(await after(15_000)).toBe('END');
  });

  test.each([
    ['is removed', 'DELETE', undefined],
    ['may no longer look', 'PATCH', { role: 'auditor' }],
    ['is moved to another branch', 'PATCH', { role: 'viewer', branch: 'district' }],
  ] as const)('where its account %s', async (_what, method, change) => {
    const { server, answer, look } = await office();
    const made = await server.accounts.create('somying', PASSWORD, {
      role: 'viewer',
      branch: 'all',
    });
    const add = async (parent: string | null, kind: string, th: string) => {
      const json = { parent, kind, name: { th } };
      return (await server.ask('POST', '/api/v1/organizations', { json })).json();
    };
    const city = await add(null, 'city', 'นครตัวอย่าง');
    const district = await add(city.id, 'district', 'เขตบางกะปิ');
    const { after } = await look({ cookie: cookieIn(made?.cookies ?? []) });
    const json = change && 'branch' in change ? { ...change, branch: district.id } : change;
    const changed = await server.ask(method, `/api/v1/people/${made?.id}`, { json });
    expect(changed.status).toBe(204);
    await answer();
    expect(await after(LIVE_MS)).toBe('END');
  });

  test('with the assessment', async () => {
    const { server, assessment, look } = await office();
    const { after } = await look();
    const json = { fiscalYear: assessment.fiscalYear };
    const path = `/api/v1/assessments/${assessment.id}`;
    const { etag } = Object.fromEntries((await server.ask('GET', path)).headers);
    const headers = etag ? { 'if-match': etag } : {};
    await server.ask('PUT', `${path}/deletion`, { json, headers });
    expect(await after(LIVE_MS)).toBe('END');
  });

  test('where nobody takes what it says', async () => {
    const { server, path } = await office();
    const reply = await server.ask('GET', path);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await reply.text()).toBe(SIGN_OF_LIFE.repeat(4));
  });
});

/** From now on each who asks is somebody else, signed in with the same rights. */
function letEveryoneBeAnother({ accounts }: Awaited<ReturnType<typeof office>>['server']) {
  const whole = { ...accounts };
  let people = 0;
  vi.spyOn(accounts, 'find').mockImplementation(async (cookie) => {
    const found = await whole.find(cookie);
    people += 1;
    return found && { ...found, id: `account ${people}`, session: `session ${people}` };
  });
}

describe('of those who look', () => {
  test('the oldest window of a browser gives way to one more than there may be', async () => {
    const { answer, look } = await office();
    const windows = [];
    for (let opened = 0; opened <= MOST_OF_SESSION; opened += 1) windows.push(await look());
    const [oldest, ...others] = windows;
    expect(await oldest?.after(0)).toBe(`${CROWDED_OUT}END`);
    await answer();
    await vi.advanceTimersByTimeAsync(LIVE_MS);
    for (const { after } of others) expect(await after(0)).toBe(CHANGED);
  });

  test('nobody is as many as they like by signing in again and again', async () => {
    const { server, look } = await office();
    const first = await look();
    let opened = 1;
    while (opened < MOST_OF_ACCOUNT) {
      const reply = await server.ask('POST', '/api/v1/session', {
        json: ACCOUNT,
        headers: { cookie: '' },
      });
      const cookie = cookieIn(reply.headers.getSetCookie());
      for (let own = 0; own < MOST_OF_SESSION && opened < MOST_OF_ACCOUNT; own += 1) {
        await look({ cookie });
        opened += 1;
      }
    }
    expect(await first.after(0)).toBe('');
    await look();
    expect(await first.after(0)).toBe(`${CROWDED_OUT}END`);
  });
});

test('as many may look as a process bears, and another when one of them has gone', async () => {
  const { server, path, look } = await office();
  letEveryoneBeAnother(server);
  const { close } = await look();
  for (let stream = 1; stream < MOST_STREAMS; stream += 1) {
    const reply = await server.ask('GET', path, { headers: { 'x-test-address': `${stream}` } });
    expect(reply.status).toBe(200);
  }
  const refused = await server.ask('GET', path);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await problemIn(refused)).toBe('429 too-many-requests');
  await close();
  await look();
});

test('nobody looks at the database while nobody looks at the figures', async () => {
  const { server, look } = await office();
  const readSoFar = vi.spyOn(server.storage, 'readSoFar');
  const { close } = await look();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(readSoFar.mock.calls.length).toBeGreaterThan(1);
  await close();
  readSoFar.mockClear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readSoFar).not.toHaveBeenCalled();
});
