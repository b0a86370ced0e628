import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import { idOf } from './envelopes.ts';
import { World } from './world.ts';

const WORK_WANTED = {
  ...problemOf('work-wanted'),
  work: '9 salt challenge signature',
};

const failure: fc.Arbitrary<SendFailure> = fc.oneof(
  fc.constantFrom<SendFailure>(
    { kind: 'network' },
    { kind: 'timeout' },
    { kind: 'unreadable-reply' },
    { kind: 'status', status: 429, retryAfterMs: 5_000, problem: WORK_WANTED },
  ),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(302, 403, 404, 408, 413, 425, 429, 500, 502, 503),
    retryAfterMs: fc.constantFrom(null, 0, 5_000, 90_000),
    problem: fc.constant(null),
  }),
);

const hour = 3_600_000;

/** What must be true of the world is kept in the world; the model only counts what a person was told. */
interface Model {
  told: number;
}

type Tab = World['tabs'][number];
type Command = fc.Command<Model, World>;

/** A command on the whole world. */
function command(name: string, run: (world: World, model: Model) => void): Command {
  return {
    check: () => true,
    run(model, world) {
      run(world, model);
      expect(world.complaints()).toEqual([]);
      expect(world.finished.size).toBe(model.told);
    },
    toString: () => name,
  };
}

/** A command on one of the tabs that are open. */
function onTab(place: number, name: string, run: (world: World, tab: Tab, model: Model) => void) {
  return command(`${name} in tab ${place}`, (world, model) => {
    const chosen = world.tabs[place];
    if (chosen) run(world, chosen, model);
  });
}

const tab = fc.nat(2);

/** All that the field can do to a device, to its tabs, to the line between it and the server, and to the server. */
const commands = [
  tab.map((place) =>
    onTab(place, 'keep', (world, one, model) => {
      model.told += 1;
      world.keep(one);
    }),
  ),
  fc.constant(command('open', (world) => world.tabs.length < 3 && world.openTab())),
  fc
    .tuple(tab, fc.boolean())
    .map(([place, reach]) => onTab(place, 'kill', (world, one) => world.killTab(one, reach))),
  tab.map((place) => onTab(place, 'turn', (world, one) => world.giveTurn(one))),
  tab.map((place) => onTab(place, 'serve', (world, one) => world.serve(one))),
  fc
    .tuple(tab, fc.array(fc.boolean()))
    .map(([place, lost]) =>
      onTab(place, 'reply', (world, one) => world.reply(one, (result) => lost[result] ?? false)),
    ),
  fc
    .tuple(tab, failure, fc.boolean())
    .map(([place, what, reach]) =>
      onTab(place, 'fail', (world, one) => world.fail(one, what, reach)),
    ),
  tab.map((place) =>
    onTab(place, 'reject', (world, one) => {
      // The server says no to a whole batch where one of its envelopes is bad.
      if (!one.request?.some((envelope) => world.isPoison(envelope.id))) return;
      const problem = problemOf('invalid-request');
      world.fail(one, { kind: 'status', status: 400, retryAfterMs: null, problem }, false);
    }),
  ),
  tab.map((place) => onTab(place, 'report', (world, one) => world.report(one))),
  tab.map((place) => onTab(place, 'wake', (world, one) => world.wake(one))),
  tab.map((place) =>
    onTab(place, 'sign', (world, one) => {
      world.reread(one);
      world.tell(one, { kind: 'woke', cause: 'sign' });
    }),
  ),
  tab.map((place) =>
    onTab(place, 'send-now', (world, one) => world.tell(one, { kind: 'send-now' })),
  ),
  fc.constantFrom(-8_760 * hour, -hour / 2, 1_000, hour, 8_760 * hour).map((by) =>
    command(`clock by ${by}`, (world) => {
      world.now += by;
    }),
  ),
  fc.constantFrom(1, 5, 20).map((days) => command('days', (world) => world.passDays(days))),
  fc.boolean().map((isBroken) =>
    command(`storage ${isBroken ? 'fails' : 'works'}`, (world) => {
      world.isBroken = isBroken;
    }),
  ),
  fc.constant(command('back up', (world) => world.backUp())),
  fc.constant(command('restore', (world) => world.restore())),
  fc.constant(command('restore too old a backup', (world) => world.restore(true))),
  // Rare by chance alone: a report tells of the restore while the reply of the old server is still on its way.
  tab.map((place) =>
    onTab(place, 'restore, told by a report before the reply', (world, one) => {
      world.serve(one);
      world.restore();
      one.report = null;
      world.report(one);
      world.report(one);
      world.reply(one, () => false);
    }),
  ),
];

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
const someday = fc.commands<Model, World>(commands, { maxCommands: 120, size: 'max' });

function live(run: Iterable<Command>, seed: number): World {
  const world = new World((id) => poisonIds.has(id), randomOf(seed));
  world.openTab();
  fc.modelRun(() => ({ model: { told: 0 }, real: world }), run);
  return world;
}

test('whatever happens, nothing leaves the device without an acknowledgement of the epoch it was given in', () => {
  fc.assert(
    fc.property(someday, fc.nat(), (run, seed) => {
      expect(live(run, seed).complaints()).toEqual([]);
    }),
    { seed: 2568, numRuns: 1500 },
  );
});

test('whatever happened, once the line is good the server holds all that was promised once, also after restores', () => {
  fc.assert(
    fc.property(someday, fc.nat(), (run, seed) => {
      const world = live(run, seed);
      world.drain();
      expect(world.complaints()).toEqual([]);
      const missing = [...world.promised].filter((id) => !poisonIds.has(id) && !world.held.has(id));
      expect(missing).toEqual([]);
      for (const id of world.held.keys()) expect(world.finished.has(id)).toBe(true);
      for (const [id, entry] of world.stored) {
        expect(poisonIds.has(id)).toBe(true);
        expect(entry.state.kind).toBe('refused');
      }
    }),
    { seed: 2567, numRuns: 1000 },
  );
});
