import { expect, test, vi } from 'vitest';
import { CHANNEL_LIMIT_MS, loadChannel } from '#client/survey/load-channel.ts';
import { problemOf } from '#core/contract/problem.ts';
import { channelOf } from '../../core/flow/channels.ts';

const channel = channelOf('eit-2567');
const { code } = channel;

const answering = (body: string, status = 200) =>
  vi.fn<typeof fetch>(async () => new Response(body, { status }));

/** Answers nothing, and ends when it is aborted. */
const silent: typeof fetch = (_, request) =>
  new Promise((_resolve, reject) => {
    request?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

test('a channel is found at its address', async () => {
  const fetcher = answering(JSON.stringify(channel));
  expect(await loadChannel(code, fetcher)).toEqual({ state: 'found', channel });
  expect(fetcher.mock.calls[0]?.[0]).toBe(`/api/v1/channels/${code}`);
});

test('a channel is found also where a newer server says more of it than this app knows', async () => {
  const [item, ...items] = channel.instrument.items;
  const newer = {
    ...channel,
    closesOn: '2026-09-30',
    organization: { ...channel.organization, lo: '…' },
    instrument: { ...channel.instrument, items: [{ ...item, hint: 'new' }, ...items] },
  };
  expect(await loadChannel(code, answering(JSON.stringify(newer)))).toMatchObject({
    state: 'found',
    channel,
  });
});

test('a problem is told by its code', async () => {
  const body = JSON.stringify(problemOf('channel-unknown'));
  expect(await loadChannel(code, answering(body, 404))).toEqual({
    state: 'problem',
    code,
    problem: 'channel-unknown',
  });
});

test.each([
  ['the page of a captive portal', '<html>sign in</html>', 200],
  ['JSON of somebody else', '{"code":"ok"}', 200],
  ['nothing', 'null', 200],
  ['a refusal of somebody else', '{"error":"forbidden"}', 403],
])('%s is no answer', async (_, body, status) => {
  expect(await loadChannel(code, answering(body, status))).toEqual({ state: 'unreachable', code });
});

test('a line that never answers is given up after a while', async () => {
  vi.useFakeTimers();
  try {
    const found = vi.fn<(told: unknown) => void>();
    void loadChannel(code, silent).then(found);
    await vi.advanceTimersByTimeAsync(CHANNEL_LIMIT_MS - 1);
    expect(found).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(found).toHaveBeenCalledWith({ state: 'unreachable', code });
  } finally {
    vi.useRealTimers();
  }
});
