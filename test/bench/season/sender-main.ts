// The process that sends for everybody.
import { setTimeout as pause } from 'node:timers/promises';
import { diceOf } from '../../chaos/dice.ts';
import { percentileOf } from '../phone/statistics.ts';
import { arrivalsIn } from './arrivals.ts';
import { type Connections, openConnections } from './open-connections.ts';
import { requestMaker } from './requests-of.ts';
import type { Filling, FromSender, Paced, PhaseFigures, ToSender } from './sender.ts';

/** More than the servers answer at a time: what waits beyond them waits in their queue, as it would. */
const MOST_CONNECTIONS = 512;
/** Made ahead of their moment, so that sealing holds nobody up. */
const AHEAD = 500;
const PROGRESS_MS = 5_000;

const dice = diceOf('season');
let ports: readonly number[] = [];
let makeRequest: ReturnType<typeof requestMaker>;

const tell = (told: FromSender) => process.send?.(told);

/** Counts what comes of the requests of a phase. */
class Counter {
  accepted = 0;
  failed = 0;
  problem: string | null = null;
  readonly #took: number[] = [];
  readonly #late: number[] = [];
  readonly #startedAt = performance.now();
  readonly #cpu = process.cpuUsage();

  /** Sends a request that was to leave at `due`; resolves when it was answered. */
  async send(connections: Connections, request: Buffer, size: number, due: number): Promise<void> {
    const { accepted, problem } = await connections.send(request, () =>
      this.#late.push(performance.now() - due),
    );
    this.#took.push(performance.now() - due);
    this.accepted += accepted;
    if (accepted === size) return;
    this.failed += 1;
    this.problem ??= problem ?? `${accepted} of ${size} were taken`;
  }

  figures(): PhaseFigures {
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      accepted: this.accepted,
      failed: this.failed,
      problem: this.problem,
      seconds: (performance.now() - this.#startedAt) / 1000,
      p50: percentileOf(this.#took, 0.5),
      p95: percentileOf(this.#took, 0.95),
      p99: percentileOf(this.#took, 0.99),
      worst: percentileOf(this.#took, 1),
      lateP99: percentileOf(this.#late, 0.99),
      cpuSeconds: (user + system) / 1e6,
    };
  }
}

async function fill(counter: Counter, { responses, batch, connections, mostSeconds }: Filling) {
  const giveUp = performance.now() + mostSeconds * 1000;
  const open = openConnections(ports, connections);
  let left = responses;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0 && performance.now() < giveUp) {
        const size = Math.min(batch, left);
        left -= size;
        await counter.send(open, makeRequest(size), size, performance.now());
      }
    }),
  );
  open.close();
}

async function goThrough(counter: Counter, phase: Paced) {
  const moments = arrivalsIn(phase, dice);
  const open = openConnections(ports, MOST_CONNECTIONS);
  const ahead: Buffer[] = [];
  const answers: Promise<void>[] = [];
  const makeAhead = () => {
    while (ahead.length < Math.min(AHEAD, moments.length - answers.length)) {
      ahead.push(makeRequest(1));
      if (performance.now() > nextDue()) return;
    }
  };
  let begun = Number.POSITIVE_INFINITY;
  const nextDue = () => begun + (moments[answers.length] ?? Number.POSITIVE_INFINITY);
  makeAhead();
  begun = performance.now();
  while (answers.length < moments.length) {
    for (let due = nextDue(); due <= performance.now(); due = nextDue())
      answers.push(counter.send(open, ahead.shift() ?? makeRequest(1), 1, due));
    makeAhead();
    await pause(Math.min(Math.max(nextDue() - performance.now(), 1), 50));
  }
  await Promise.all(answers);
  open.close();
}

async function answer(asked: ToSender): Promise<void> {
  switch (asked.ask) {
    case 'begin':
      ({ ports } = asked);
      makeRequest = requestMaker(asked.agencies, { day: asked.day, dice });
      tell({ told: 'ready' });
      return;
    case 'send': {
      const counter = new Counter();
      const progress = setInterval(
        () => tell({ told: 'progress', accepted: counter.accepted, failed: counter.failed }),
        PROGRESS_MS,
      );
      await (asked.phase.kind === 'filling'
        ? fill(counter, asked.phase)
        : goThrough(counter, asked.phase));
      clearInterval(progress);
      tell({ told: 'done', figures: counter.figures() });
      return;
    }
    default:
      asked satisfies never;
  }
}

process.on('message', (asked: ToSender) => void answer(asked));
// Whoever wanted to know is gone.
process.once('disconnect', () => process.exit());
