import { describe, expect, test } from 'vitest';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { DeviceProblem } from '#core/contract/device-problem.ts';
import { problemOf } from '#core/contract/problem.ts';
import { LONGEST_QUIET_MS, LONGEST_WAIT_MS } from '#core/outbox/backoff.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import {
  EMPTY_OUTBOX,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxState,
  type OutboxStep,
} from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf, envelopeOf, idOf } from './envelopes.ts';

const NOW = 1_000_000_000;

/** The last step of a run of events, all at one moment and with the same chance. */
function run(
  events: readonly OutboxEvent[],
  start: OutboxState = EMPTY_OUTBOX,
  now = NOW,
): OutboxStep {
  let last: OutboxStep = { state: start, effects: [] };
  for (const event of events) last = step(last.state, event, now, 0.5);
  return last;
}

const opened = (...numbers: number[]): OutboxEvent => ({
  kind: 'opened',
  entries: numbers.map((number) => entryOf(number)),
});
const started: OutboxEvent = { kind: 'send-started', entries: [] };
const accepted = (...numbers: number[]): OutboxEvent => ({
  kind: 'replied',
  standing: null,
  results: numbers.map((number) => ({ id: idOf(number), result: 'accepted' })),
});
const acknowledge = (number: number, standing: ServerStanding | null = null): OutboxEffect => ({
  kind: 'acknowledge',
  entries: [entryOf(number, { kind: 'acknowledged', epoch: standing?.epoch ?? null })],
  standing,
});
const network: OutboxEvent = { kind: 'failed', failure: { kind: 'network' } };
const status = (code: number, retryAfterMs: number | null = null): OutboxEvent => ({
  kind: 'failed',
  failure: { kind: 'status', status: code, retryAfterMs, problem: null },
});
const problemEvent = (code: DeviceProblem['code']): OutboxEvent => {
  const problem = problemOf(code);
  const failure = { kind: 'status', status: problem.status, retryAfterMs: null, problem } as const;
  return { kind: 'failed', failure };
};
const rejected = problemEvent('invalid-request');

const kinds = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.state.kind);
const sent = (last: OutboxStep) =>
  last.effects.flatMap((effect) =>
    effect.kind === 'send' ? [effect.envelopes.map((envelope) => envelope.id)] : [],
  );
const wakeTime = (last: OutboxStep) =>
  last.effects.flatMap((effect) => (effect.kind === 'wake-at' ? [effect.time - NOW] : []));

describe('the start', () => {
  test('who was sending or waiting when the page ended is queued, and the turn is asked for', () => {
    const problem = problemOf('instrument-unknown');
    const last = run([
      {
        kind: 'opened',
        entries: [
          entryOf(1, { kind: 'sending' }),
          entryOf(2, { kind: 'waiting', until: NOW + 9e9, reason: 'network' }),
          entryOf(3, { kind: 'refused', problem }),
        ],
      },
    ]);
    expect(kinds(last.state.entries)).toEqual(['queued', 'queued', 'refused']);
    expect(last.effects).toEqual([{ kind: 'start-sending' }]);
  });

  test('an empty outbox asks for nothing', () => {
    expect(run([opened()]).effects).toEqual([]);
  });

  test('a turn for which nothing is left to do is given back', () => {
    const last = run([
      opened(1),
      { kind: 'acknowledged-elsewhere', ids: [idOf(1)], epoch: null },
      started,
    ]);
    expect(last.effects).toEqual([{ kind: 'stop-sending' }]);
  });

  test('what another tab kept is learned with the turn', () => {
    const last = run([opened(1), { kind: 'send-started', entries: [entryOf(1), entryOf(2)] }]);
    expect(sent(last).map((ids) => ids.toSorted())).toEqual([[idOf(1), idOf(2)]]);
  });
});

describe('a reply', () => {
  test.each(['accepted', 'duplicate', 'conflict', 'quarantined'] as const)(
    '%s acknowledges',
    (result) => {
      const last = run([
        opened(1),
        started,
        { kind: 'replied', standing: null, results: [{ id: idOf(1), result }] },
      ]);
      expect(kinds(last.state.entries)).toEqual(['acknowledged']);
      expect(last.effects).toEqual([acknowledge(1), { kind: 'stop-sending' }]);
    },
  );

  test('refused keeps the envelope and writes down its problem', () => {
    const problem = problemOf('option-out-of-range', 'E1');
    const last = run([
      opened(1, 2),
      started,
      {
        kind: 'replied',
        standing: null,
        results: [
          { id: idOf(1), result: 'refused', problem },
          { id: idOf(2), result: 'accepted' },
        ],
      },
    ]);
    const refused = entryOf(1, { kind: 'refused', problem });
    expect(last.state.entries[0]).toEqual(refused);
    expect(last.effects).toEqual([
      acknowledge(2),
      { kind: 'write', entries: [refused] },
      { kind: 'stop-sending' },
    ]);
  });

  test('a refusal without an id counts for the envelope at its place in the batch', () => {
    const problem = problemOf('envelope-malformed');
    const sending = run([opened(1, 2, 3, 4), started]);
    const [batch = []] = sent(sending);
    // Drawn in another order than the entries have.
    expect(batch).not.toEqual([idOf(1), idOf(2), idOf(3), idOf(4)]);
    const results = batch.map((id) =>
      id === idOf(2)
        ? ({ id: null, result: 'refused', problem } as const)
        : ({ id, result: 'accepted' } as const),
    );
    const last = run([{ kind: 'replied', standing: null, results }], sending.state);
    expect(kinds(last.state.entries)).toEqual([
      'acknowledged',
      'refused',
      'acknowledged',
      'acknowledged',
    ]);
  });

  test('an id that the reply lacks goes back to waiting', () => {
    const last = run([opened(1, 2), started, accepted(2)]);
    expect(kinds(last.state.entries)).toEqual(['waiting', 'acknowledged']);
    expect(last.state.entries[0]?.attempts).toBe(1);
  });

  test('an id that was never sent changes nothing, and a reply of nothing else counts as a failure', () => {
    const last = run([opened(1), started, accepted(7)]);
    expect(last.state.entries[0]?.state).toMatchObject({
      kind: 'waiting',
      reason: 'unreadable-reply',
    });
    expect(last.effects.some((effect) => effect.kind === 'acknowledge')).toBe(false);
  });
});

describe('batches', () => {
  const many = Array.from({ length: 250 }, (_, index) => index);

  test('several batches go one after another, none beyond the limit', () => {
    const sizes: number[] = [];
    let last = run([opened(...many), started]);
    while (sent(last).length > 0) {
      const ids = sent(last)[0] ?? [];
      sizes.push(ids.length);
      const results = ids.map((id) => ({ id, result: 'accepted' as const }));
      last = step(last.state, { kind: 'replied', standing: null, results }, NOW, 0.5);
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(kinds(last.state.entries)).toEqual(many.map(() => 'acknowledged'));
  });

  test('a batch stays below 512 KiB of UTF-8, whatever the bodies are written in', () => {
    const entries = many.map((number) => ({
      ...entryOf(number),
      envelope: envelopeOf(number, JSON.stringify('ก'.repeat(8_000))),
    }));
    const last = run([{ kind: 'opened', entries }, started]);
    const send = last.effects.find((effect) => effect.kind === 'send');
    const bytes = Buffer.byteLength(JSON.stringify({ envelopes: send?.envelopes }));
    expect(bytes).toBeLessThanOrEqual(512 * 1024);
    expect(bytes).toBeGreaterThan(480 * 1024);
  });

  test('one that is too large is halved at once', () => {
    const last = run([opened(1, 2, 3, 4), started, status(413)]);
    expect(sent(last).map(({ length }) => length)).toEqual([2]);
  });

  test('one that the server rejects is cut until the bad envelope stands alone and is refused', () => {
    let last = run([opened(1, 2, 3, 4, 5), started]);
    for (let round = 0; sent(last).length > 0 && round < 20; round += 1) {
      const ids = sent(last)[0] ?? [];
      const event: OutboxEvent = ids.includes(idOf(3))
        ? rejected
        : {
            kind: 'replied',
            standing: null,
            results: ids.map((id) => ({ id, result: 'accepted' })),
          };
      last = step(last.state, event, NOW, 0.5);
    }
    expect(kinds(last.state.entries)).toEqual([
      'acknowledged',
      'acknowledged',
      'refused',
      'acknowledged',
      'acknowledged',
    ]);
    expect(last.state.entries[2]?.state).toEqual({
      kind: 'refused',
      problem: problemOf('invalid-request'),
    });
  });

  test('an envelope on which the server always breaks does not hold up the others', () => {
    let last = run([opened(1, 2, 3, 4), started]);
    let now = NOW;
    for (let round = 0; round < 40; round += 1) {
      const ids = sent(last)[0];
      const event: OutboxEvent =
        ids === undefined
          ? last.state.turn === 'asked'
            ? started
            : { kind: 'woke', cause: 'time' }
          : ids.includes(idOf(1))
            ? status(500)
            : {
                kind: 'replied',
                standing: null,
                results: ids.map((id) => ({ id, result: 'accepted' })),
              };
      now += LONGEST_WAIT_MS;
      last = step(last.state, event, now, 0.5);
    }
    expect(kinds(last.state.entries.slice(1))).toEqual(Array(3).fill('acknowledged'));
  });
});

describe('waiting', () => {
  test.each([
    ['no network', network, 'network'],
    ['no answer in time', { kind: 'failed', failure: { kind: 'timeout' } }, 'timeout'],
    [
      'a reply that is none',
      { kind: 'failed', failure: { kind: 'unreadable-reply' } },
      'unreadable-reply',
    ],
    ['408', status(408), 'timeout'],
    ['425', status(425), 'server-busy'],
    ['429', status(429), 'server-busy'],
    ['503', status(503), 'server-busy'],
    ['500', status(500), 'server-error'],
    ['502', status(502), 'server-error'],
    ['426, also of something in between', status(426), 'outdated'],
    ['426 of ours', problemEvent('outdated-client'), 'outdated'],
    ['401 of ours', problemEvent('not-signed-in'), 'signed-out'],
    ['403 of ours', problemEvent('cross-site'), 'signed-out'],
    ['400 of ours to a body that was emptied or cut', problemEvent('malformed-json'), 'network'],
    ['400 of ours to one that is no text any more', problemEvent('not-utf8'), 'network'],
    ['a 403 that is not ours, as of a captive portal', status(403), 'unreadable-reply'],
  ] as const)('%s makes the batch and all that is queued wait', (_, event, reason) => {
    const last = run([opened(1), started, { kind: 'kept', entry: entryOf(2) }, event]);
    expect(last.state.entries.map((entry) => entry.state)).toEqual([
      { kind: 'waiting', until: NOW + 1_500, reason },
      { kind: 'waiting', until: NOW + 1_500, reason },
    ]);
    expect(last.effects).toEqual([
      { kind: 'stop-sending' },
      { kind: 'wake-at', time: NOW + 1_500 },
    ]);
  });

  test('the waits double up to five minutes', () => {
    const waits: (number | undefined)[] = [];
    let last = run([opened(1), started, network]);
    for (let failures = 1; failures <= 11; failures += 1) {
      waits.push(wakeTime(last)[0]);
      last = run([{ kind: 'woke', cause: 'sign' }, started, network], last.state);
    }
    expect(waits).toEqual([
      1500, 3000, 6000, 12_000, 24_000, 48_000, 96_000, 192_000, 225_000, 225_000, 225_000,
    ]);
  });

  test('Retry-After is waited out: neither a sign nor a new response breaks it, a person does', () => {
    const busy = run([opened(1), started, status(429, 60_000)]);
    expect(wakeTime(busy)).toEqual([60_000]);
    const later = run(
      [
        { kind: 'woke', cause: 'sign' },
        { kind: 'kept', entry: entryOf(2) },
      ],
      busy.state,
      NOW + 30_000,
    );
    expect(kinds(later.state.entries)).toEqual(['waiting', 'waiting']);
    expect(kinds(run([{ kind: 'send-now' }], later.state).state.entries)).toEqual([
      'queued',
      'queued',
    ]);
    const over = step(later.state, { kind: 'woke', cause: 'time' }, NOW + 60_000, 0.5);
    expect(kinds(over.state.entries)).toEqual(['queued', 'queued']);
  });

  test('a new response is tried at once though others wait for the network, and success frees them', () => {
    const offline = run([opened(1), started, network]);
    const trying = run([{ kind: 'kept', entry: entryOf(2) }, started], offline.state);
    expect(sent(trying)).toEqual([[idOf(2)]]);
    expect(sent(run([accepted(2)], trying.state))).toEqual([[idOf(1)]]);
  });

  test('a wake-up that comes too early sends nothing and is asked for again', () => {
    const offline = run([opened(1), started, network]);
    const early = run([{ kind: 'woke', cause: 'time' }], offline.state, NOW + 1_499);
    expect(early.effects).toEqual([{ kind: 'wake-at', time: NOW + 1_500 }]);
  });

  test('a clock set back by a year does not make anybody wait a year', () => {
    const busy = run([opened(1), started, status(503, LONGEST_QUIET_MS)]);
    const yearBefore = NOW - 365 * 86_400_000;
    const woken = step(busy.state, { kind: 'woke', cause: 'time' }, yearBefore, 0.5);
    expect(kinds(woken.state.entries)).toEqual(['queued']);
  });

  test('a person can have a refused envelope tried again', () => {
    const refused = run([opened(1), started, rejected]);
    expect(kinds(refused.state.entries)).toEqual(['refused']);
    const again = run([{ kind: 'send-now' }, started], refused.state);
    expect(sent(again)).toEqual([[idOf(1)]]);
  });
});

describe('other tabs', () => {
  test('what another tab had acknowledged shows as such, except what is under way here', () => {
    const last = run([
      opened(1),
      started,
      { kind: 'kept', entry: entryOf(2) },
      { kind: 'acknowledged-elsewhere', ids: [idOf(1), idOf(2)], epoch: null },
    ]);
    expect(kinds(last.state.entries)).toEqual(['sending', 'acknowledged']);
    expect(sent(last)).toEqual([]);
  });

  test('what vanished from the store without an acknowledgement is still sent', () => {
    const last = run([opened(1), { kind: 'send-started', entries: [] }]);
    expect(sent(last)).toEqual([[idOf(1)]]);
  });

  test('what was acknowledged and still waits in the store is told to it again', () => {
    const done = run([opened(1), started, accepted(1)]);
    expect(run([opened(1)], done.state).effects).toEqual([acknowledge(1)]);
  });
});

const acceptedIn = (standing: ServerStanding, ...numbers: number[]): OutboxEvent => ({
  kind: 'replied',
  standing,
  results: numbers.map((number) => ({ id: idOf(number), result: 'accepted' })),
});
const heard = (standing: ServerStanding, sentIn: string | null): OutboxEvent => ({
  kind: 'heard-standing',
  standing,
  sentIn,
});

describe('the epoch of the server', () => {
  const before = { epoch: idOf(9_001), reofferDays: 14 };
  const after = { epoch: idOf(9_002), reofferDays: 14 };
  const sentBefore = run([opened(1), started, acceptedIn(before, 1)]);

  test('the first one heard has the store offer what was acknowledged in others', () => {
    expect(sentBefore.effects).toEqual([
      { kind: 're-offer', standing: before },
      acknowledge(1, before),
      { kind: 'stop-sending' },
    ]);
  });

  test('the same one again offers nothing', () => {
    const last = run([opened(2), started, acceptedIn(before, 2)], sentBefore.state);
    expect(last.effects).toEqual([acknowledge(2, before), { kind: 'stop-sending' }]);
  });

  test('what the store takes back for a new one is sent again, and acknowledged in it', () => {
    const restored = run([opened(2), started, acceptedIn(after, 2)], sentBefore.state);
    const reoffered = { ...entryOf(1), reofferedIn: after.epoch };
    const again = run([{ kind: 'opened', entries: [reoffered] }, started], restored.state);
    expect(sent(again)).toEqual([[idOf(1)]]);
    const last = run([acceptedIn(after, 1)], again.state);
    expect(kinds(last.state.entries)).toEqual(['acknowledged', 'acknowledged']);
  });

  test('what only the page holds is queued again by itself', () => {
    const unstored: OutboxEvent = { kind: 'kept', entry: { ...entryOf(2), isStored: false } };
    const held = run([unstored, started, acceptedIn(before, 2)], sentBefore.state);
    const last = run([heard(after, before.epoch)], held.state);
    expect(kinds(last.state.entries)).toEqual(['acknowledged', 'queued']);
  });

  test('a reply of one that is over settles nothing, and is waited for', () => {
    const restored = run([heard(after, before.epoch), opened(2), started], sentBefore.state);
    const last = run([acceptedIn(before, 2)], restored.state);
    expect(last.state.entries[1]?.state).toMatchObject({ kind: 'waiting', reason: 'server-busy' });
    expect(last.effects.map(({ kind }) => kind)).toEqual(['stop-sending', 'wake-at']);
  });

  test('a reply that was asked for before a new one was heard settles nothing either', () => {
    const under = run([opened(1), started]);
    const last = run([heard(after, null), acceptedIn(before, 1)], under.state);
    expect(kinds(last.state.entries)).toEqual(['waiting']);
    const late = run([heard(after, null), heard(before, null)]);
    expect(late.state.standing).toEqual(after);
  });

  test('one that was over comes back into force when it is told again and again', () => {
    let last = run([heard(after, before.epoch), opened(2), started], sentBefore.state);
    for (let times = 0; times < 4; times += 1)
      last = run([acceptedIn(before, 2), { kind: 'woke', cause: 'sign' }, started], last.state);
    expect(last.state.standing).toEqual(before);
    expect(kinds(last.state.entries)).toEqual(['acknowledged', 'acknowledged']);
  });

  test('a tab that has not heard of the new one does not put away what another one took back for it', () => {
    const reoffered = { ...entryOf(1), reofferedIn: after.epoch };
    const last = run([{ kind: 'opened', entries: [reoffered] }, started], sentBefore.state);
    expect(sent(last)).toEqual([[idOf(1)]]);
  });

  test('what another tab had acknowledged in another epoch is not believed', () => {
    const elsewhere: OutboxEvent = {
      kind: 'acknowledged-elsewhere',
      ids: [idOf(2)],
      epoch: before.epoch,
    };
    const last = run([heard(after, before.epoch), opened(2), elsewhere], sentBefore.state);
    expect(kinds(last.state.entries)).toEqual(['acknowledged', 'queued']);
  });
});

const writes = (last: OutboxStep) => last.effects.filter(({ kind }) => kind === 'write');

describe('what the store could not take', () => {
  const unstored: OutboxEvent = { kind: 'kept', entry: { ...entryOf(1), isStored: false } };

  test('is sent at once, and written again at every sign until it is stored', () => {
    const kept = run([unstored, started]);
    expect(sent(kept)).toEqual([[idOf(1)]]);
    const sign: OutboxEvent = { kind: 'woke', cause: 'sign' };
    expect(writes(run([network, sign], kept.state))).toHaveLength(1);
    const stored = run([network, { kind: 'stored', ids: [idOf(1)] }, sign], kept.state);
    expect(writes(stored)).toEqual([]);
  });

  test('is not written any more once the server holds it', () => {
    const last = run([unstored, started, accepted(1), { kind: 'woke', cause: 'sign' }]);
    expect(writes(last)).toEqual([]);
  });

  test('is known to be stored when it is found there after all', () => {
    const last = run([unstored, opened(1)]);
    expect(last.state.entries).toMatchObject([{ isStored: true }]);
  });
});

test('a page that stays open remembers the latest hundred that the store has too, and how many there were', () => {
  const numbers = Array.from({ length: 230 }, (_, index) => index + 1);
  let { state } = run([{ kind: 'send-started', entries: [] }]);
  for (const number of numbers) {
    state = run([opened(number), started, accepted(number)], state).state;
    state = run([{ kind: 'stored', ids: [idOf(number)] }], state).state;
  }
  expect(state.forgotten).toBe(130);
  expect(state.entries.map(({ envelope }) => envelope.id)).toEqual(numbers.slice(130).map(idOf));
  // What only this page holds, and what waits, is never let go.
  const kept = run([{ kind: 'kept', entry: { ...entryOf(999), isStored: false } }], state).state;
  const after = run([{ kind: 'stored', ids: [] }], kept).state;
  expect(after.entries.map(({ envelope }) => envelope.id)).toContain(idOf(999));
});
