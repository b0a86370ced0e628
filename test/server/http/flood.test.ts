import { describe, expect, test } from 'vitest';
import { solveWork } from '#client/sync/solve-work.ts';
import { batchReplySchema } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER, WORK_HEADER } from '#core/contract/protocol.ts';
import { EIT, envelope, IIT, response } from '../support/fixtures.ts';
import { createTestServer } from '../support/test-server.ts';

const MINUTE = 60_000;

async function doWork(work: string | null): Promise<string> {
  if (!work) throw new Error('no work was wanted');
  return (await solveWork(work)) ?? '';
}

/** What was wanted at most. */
const mostOf = (work: string | null) => Number(work?.split(' ')[0]);

/** An office whose channels take three responses at once before work is wanted. */
async function office() {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const [code = ''] = channels.flatMap((one) => (one.instrument === EIT.id ? [one.code] : []));
  const [otherCode = ''] = channels.flatMap((one) => (one.instrument === IIT.id ? [one.code] : []));
  let made = 0;
  const some = (number: number, channel = code): Envelope[] =>
    Array.from({ length: number }, () =>
      envelope((made += 1), channel, response(channel === code ? EIT : IIT)),
    );
  server.replaceBuild({ floodAbove: 3 });

  async function send(envelopes: readonly Envelope[], done?: string) {
    const headers = {
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...(done && { [WORK_HEADER]: done }),
    };
    const reply = await server.sendBatch(envelopes, headers);
    const body: unknown = await reply.json();
    if (reply.ok) {
      const { results } = batchReplySchema.parse(body);
      return { said: [...new Set(results.map(({ result }) => result))].join(), work: null, reply };
    }
    const { code: said, work = null } = problemSchema.parse(body);
    return { said, work, reply };
  }

  /** Fills the channel up. */
  const flood = async () => send(some(3));
  return { ...server, assessment, code, otherCode, some, send, flood };
}

describe('a channel that is flooded', () => {
  test('takes a batch once its work is done, and loses nothing', async () => {
    const { flood, send, some, storage, code } = await office();
    expect((await flood()).said).toBe('accepted');
    const batch = some(2);
    const refused = await send(batch);
    expect([refused.said, refused.reply.status]).toEqual(['work-wanted', 429]);
    expect(Number(refused.reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(batch.toReversed(), await doWork(refused.work))).said).toBe('accepted');
    expect((await storage.readResponses({ channel: code, after: '', limit: 9 })).length).toBe(5);
  });

  test('takes no work that is wrong, of another batch, out of date, or done for it before', async () => {
    const { flood, send, some, clock } = await office();
    await flood();
    const [batch, other] = [some(1), some(1)];
    const done = await doWork((await send(batch)).work);
    expect((await send(batch, `1${done}`)).said).toBe('work-wanted');
    expect((await send(batch, done.replace(/.{64}$/, '0'.repeat(64)))).said).toBe('work-wanted');
    expect((await send(batch, '1')).said).toBe('work-wanted');
    expect((await send(other, done)).said).toBe('work-wanted');
    expect((await send(batch, done)).said).toBe('accepted');
    expect((await send(batch, done)).said).toBe('work-wanted');
    await flood();
    const late = await doWork((await send(other)).work);
    clock.now += 31 * MINUTE;
    await send(some(3));
    expect((await send(other, late)).said).toBe('work-wanted');
  });

  test('is no other channel, and none again after a while', async () => {
    const { flood, send, some, otherCode, clock } = await office();
    await flood();
    expect((await send(some(1))).said).toBe('work-wanted');
    expect((await send(some(1, otherCode))).said).toBe('accepted');
    clock.now += MINUTE;
    expect((await send(some(1))).said).toBe('accepted');
  });

  test('is told by what was taken, not by what is sent again or refused', async () => {
    const { send, some, code } = await office();
    const batch = some(1);
    for (let times = 0; times < 10; times += 1) await send(batch);
    for (let times = 0; times < 10; times += 1) await send([envelope(900, code, response(IIT))]);
    expect((await send(some(2))).said).toBe('accepted');
  });

  test('is told by what comes at once as by what comes one after the other', async () => {
    const { send, some, clock } = await office();
    const batch = some(1);
    const sent = await Promise.all(Array.from({ length: 20 }, async () => send(some(1))));
    expect(sent.filter(({ said }) => said === 'accepted')).toHaveLength(3);
    expect(sent.filter(({ said }) => said === 'work-wanted')).toHaveLength(17);
    clock.now += MINUTE;
    // What was on its way is counted no more than once.
    for (const one of some(3)) expect((await send([one])).said).toBe('accepted');
    expect((await send(batch)).said).toBe('work-wanted');
  });

  test('is also flooded by what is only set aside', async () => {
    const { send, some, code, otherCode, storage, assessment } = await office();
    await storage.demandStaffCodes(assessment.id, true, '5e'.repeat(32));
    expect((await send(some(3, otherCode))).said).toBe('uncounted');
    expect((await send(some(1, otherCode))).said).toBe('work-wanted');
    const newer = some(3).map((one) => ({ ...one, protocol: PROTOCOL + 1 }));
    expect((await send(newer)).said).toBe('quarantined');
    expect((await send(some(1, code))).said).toBe('work-wanted');
  });

  test('wants more work for more responses', async () => {
    const { flood, send, some } = await office();
    await flood();
    const [one, many] = [await send(some(1)), await send(some(40))];
    expect(mostOf(many.work)).toBeGreaterThan(mostOf(one.work) * 10);
  });
});
