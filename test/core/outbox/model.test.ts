import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import { idOf } from './envelopes.ts';
import { World } from './world.ts';

const failure: fc.Arbitrary<SendFailure> = fc.oneof(
  fc.constantFrom<SendFailure>(
    { kind: 'network' },
    { kind: 'timeout' },
    { kind: 'unreadable-reply' },
  ),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(302, 403, 404, 408, 413, 425, 429, 500, 502, 503),
    retryAfterMs: fc.constantFrom(null, 0, 5_000, 90_000),
    problem: fc.constant(null),
  }),
);

const tab = fc.nat(2);
const hour = 3_600_000;

/** All that the field can do to a device, to its tabs and to the line between it and the server. */
const action = fc.oneof(
  fc.record({ do: fc.constant('keep' as const), tab }),
  fc.record({ do: fc.constant('open' as const) }),
  fc.record({ do: fc.constant('kill' as const), tab, reach: fc.boolean() }),
  fc.record({ do: fc.constant('turn' as const), tab }),
  fc.record({ do: fc.constant('reply' as const), tab, lost: fc.array(fc.boolean()) }),
  fc.record({ do: fc.constant('fail' as const), tab, failure, reach: fc.boolean() }),
  fc.record({ do: fc.constant('reject' as const), tab }),
  fc.record({ do: fc.constant('wake' as const), tab }),
  fc.record({ do: fc.constant('sign' as const), tab }),
  fc.record({ do: fc.constant('send-now' as const), tab }),
  fc.record({
    do: fc.constant('clock' as const),
    by: fc.constantFrom(-8_760 * hour, -hour / 2, 1_000, hour, 8_760 * hour),
  }),
);

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function act(world: World, one: Action): void {
  if (one.do === 'open') return world.tabs.length < 3 ? world.openTab() : undefined;
  if (one.do === 'clock') {
    world.now += one.by;
    return undefined;
  }
  const chosen = world.tabs[one.tab];
  if (chosen === undefined) return undefined;
  switch (one.do) {
    case 'keep':
      return world.keep(chosen);
    case 'kill':
      return world.killTab(chosen, one.reach);
    case 'turn':
      return world.giveTurn(chosen);
    case 'reply':
      return world.reply(chosen, (place) => one.lost[place] ?? false);
    case 'fail':
      return world.fail(chosen, one.failure, one.reach);
    case 'reject': {
      // The server says no to a whole batch where one of its envelopes is bad.
      if (!chosen.request?.some((envelope) => world.isPoison(envelope.id))) return undefined;
      const problem = problemOf('invalid-request');
      const status = { kind: 'status', status: 400, retryAfterMs: null, problem } as const;
      return world.fail(chosen, status, false);
    }
    case 'wake':
      return world.wake(chosen);
    case 'sign':
      world.reread(chosen);
      return world.tell(chosen, { kind: 'woke', cause: 'sign' });
    case 'send-now':
      return world.tell(chosen, { kind: 'send-now' });
    default:
      throw new Error('an action is missing');
  }
}

/** A small generator of numbers in [0, 1) (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const poisonIds = new Set([idOf(3), idOf(8)]);
const someday = fc.array(action, { minLength: 1, maxLength: 120, size: 'max' });

test('whatever happens, nothing leaves the outbox unacknowledged and nothing is called sent that the server lacks', () => {
  fc.assert(
    fc.property(someday, fc.nat(), (actions, seed) => {
      const world = new World((id) => poisonIds.has(id), randomOf(seed));
      world.openTab();
      for (const one of actions) {
        act(world, one);
        expect(world.complaints()).toEqual([]);
      }
    }),
    { seed: 2568, numRuns: 1500 },
  );
});

test('whatever happened, once the line is good the server holds everything once and only what it refused stays', () => {
  fc.assert(
    fc.property(someday, fc.nat(), (actions, seed) => {
      const world = new World((id) => poisonIds.has(id), randomOf(seed));
      world.openTab();
      for (const one of actions) act(world, one);
      world.drain();
      const good = [...world.promised].filter((id) => !poisonIds.has(id)).sort();
      const bad = [...world.promised].filter((id) => poisonIds.has(id)).sort();
      expect([...world.held.keys()].sort()).toEqual(good);
      expect([...world.stored.keys()].sort()).toEqual(bad);
      for (const entry of world.stored.values()) expect(entry.state.kind).toBe('refused');
    }),
    { seed: 2567, numRuns: 1000 },
  );
});
