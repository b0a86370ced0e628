import { setTimeout as pause } from 'node:timers/promises';
import { dayInBangkok } from '#server/day.ts';
import { makeAgencies, signUp } from './agencies.ts';
import { type AllLooks, startLooking } from './looks.ts';
import { type Machine, type Sizes, startMachine } from './machine.ts';
import type { Scenario } from './scenario.ts';
import { type Phase, type PhaseFigures, type Sender, startSender } from './sender.ts';
import { type Used, watch } from './watch.ts';

const FILLING_BATCH = 50;
const FILLING_CONNECTIONS = 16;
const FOLDING_LIMIT_SECONDS = 180;

export interface GonePhase {
  title: string;
  figures: PhaseFigures;
  used: Used;
  /** Where somebody looked meanwhile. */
  looks: AllLooks | null;
}

/** All that came of a season. */
export interface SeasonReport {
  scenario: Scenario;
  /** Of making the agencies. */
  setUpSeconds: number;
  phases: GonePhase[];
  /** What was acknowledged, and what the database holds in the end: the same, where nothing was lost or doubled. */
  acknowledged: number;
  stored: number;
  /** From the last answer until all of them are in the figures; null where that took too long. */
  foldingSeconds: number | null;
  /** The list of all agencies for who sees all: milliseconds, and bytes. */
  list: { milliseconds: number; bytes: number };
  /** Milliseconds in which a server starts on all of it. */
  startMs: number;
  /** Bytes with the agencies alone, and with the responses. */
  empty: Sizes;
  full: Sizes;
}

/** Says what goes on, a line at a time. */
export type Say = (line: string) => void;

interface Going {
  machine: Machine;
  sender: Sender;
  say: Say;
}

const whole = (count: number) => Math.round(count).toLocaleString('en');

async function goThroughPhase(
  { machine, sender, say }: Going,
  title: string,
  phase: Phase,
  looking?: () => Promise<AllLooks>,
): Promise<GonePhase> {
  const endWatching = watch(machine);
  const begun = performance.now();
  const figures = await sender.send(phase, ({ accepted, failed }) => {
    const seconds = (performance.now() - begun) / 1000;
    say(
      `${title}: ${seconds.toFixed(0)} s, ${whole(accepted)} of ${whole(phase.responses)}${failed > 0 ? `, ${whole(failed)} requests FAILED` : ''}`,
    );
  });
  const looks = looking ? await looking() : null;
  return { title, figures, used: await endWatching(), looks };
}

async function timed<Result>(work: () => Promise<Result>) {
  const begun = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - begun };
}

async function untilFolded({ store }: Machine): Promise<number | null> {
  const begun = performance.now();
  for (;;) {
    const { unfolded } = await store.count();
    const seconds = (performance.now() - begun) / 1000;
    if (unfolded === 0) return seconds;
    if (seconds > FOLDING_LIMIT_SECONDS) return null;
    await pause(500);
  }
}

/** Goes through a season from its set-up to its end, and removes all of it. */
export async function goThroughSeason(
  scenario: Scenario,
  { say, onMachine }: { say: Say; onMachine: (machine: Machine) => void },
): Promise<SeasonReport> {
  const { agencies: count, responses, days, daySeconds, rush, fillSeconds } = scenario;
  const machine = await startMachine(scenario);
  onMachine(machine);
  const sender = startSender();
  try {
    const going = { machine, sender, say };
    const begun = performance.now();
    const admin = await signUp(machine.first);
    const agencies = await makeAgencies(admin, count, (made) => {
      if (made % 500 === 0) say(`set-up: ${whole(made)} of ${whole(count)} agencies`);
    });
    const setUpSeconds = (performance.now() - begun) / 1000;
    const empty = await machine.store.sizes();
    await sender.begin(machine.ports(), agencies, dayInBangkok(Date.now()));

    const ofDay = Math.round(responses / days);
    const ofRush = rush.perSecond * rush.seconds;
    const look = () => startLooking(admin, agencies);
    const phases = [
      await goThroughPhase(going, 'all other days, in batches', {
        kind: 'filling',
        responses: Math.max(responses - ofDay - ofRush, FILLING_BATCH),
        batch: FILLING_BATCH,
        connections: FILLING_CONNECTIONS,
        mostSeconds: fillSeconds,
      }),
      await goThroughPhase(
        going,
        `a day in ${daySeconds} s`,
        { kind: 'paced', responses: ofDay, seconds: daySeconds, curve: 'day' },
        look(),
      ),
      await goThroughPhase(
        going,
        `a rush of ${rush.perSecond}/s`,
        { kind: 'paced', responses: ofRush, seconds: rush.seconds, curve: 'even' },
        look(),
      ),
    ];
    const foldingSeconds = await untilFolded(machine);
    const { responses: stored } = await machine.store.count();
    const acknowledged = phases.reduce((sum, { figures }) => sum + figures.accepted, 0);
    const full = await machine.store.sizes();
    const list = await timed(async () => admin.read('assessments'));
    return {
      scenario,
      setUpSeconds,
      phases,
      acknowledged,
      stored,
      foldingSeconds,
      list: { milliseconds: list.milliseconds, bytes: JSON.stringify(list.result).length },
      startMs: (await timed(async () => machine.restart())).milliseconds,
      empty,
      full,
    };
  } finally {
    sender.end();
    await machine.remove();
  }
}
