import { solveWork } from '#client/sync/solve-work.ts';
import type { OutboxStore } from '#client/local/outbox-store.ts';
import { runOutbox, type RunningOutbox } from '#client/sync/loop.ts';
import type { TabMessage } from '#client/sync/other-tabs.ts';
import type { DeviceReport } from '#core/contract/device-report.ts';
import { newStore } from '../local/new-store.ts';

/** What a request does: a reply, or what fetch rejects with. */
export type Line = (address: string, request: RequestInit) => Promise<Response>;

/** Time that only tests move, with the timers that wait in it. */
export class FakeTime {
  now = Date.parse('2026-01-05T08:00:00Z');
  private timers: { at: number; callback: () => void }[] = [];

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.now + delayMs, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, timer by timer; after each of them everything settles. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers = this.timers.filter((other) => other !== due);
      this.now = Math.max(this.now, due.at);
      due.callback();
      await settled();
    }
    this.now = end;
  }
}

/** Lets everything that is under way come to rest: promises, and the turns of the event loop a database takes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 120; turn += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

/** A device with tabs, a line to a server that tests bend, and a log of what went over it and when. */
export class Device {
  readonly time = new FakeTime();
  readonly log: string[] = [];
  /** What was reported, whether or not it arrived. */
  readonly reports: DeviceReport[] = [];
  askedToBeWoken = 0;
  readonly begun = this.time.now;
  line: Line;
  private readonly store: OutboxStore;
  private readonly hasLocks: boolean;
  private readonly holdBackMs: number;
  private readonly tabs = new Set<(message: TabMessage) => void>();
  private readonly signs = new Set<() => void>();
  private readonly turns: (() => void)[] = [];
  private isTurnTaken = false;

  constructor(line: Line, { store = newStore(), hasLocks = true, holdBackMs = 0 } = {}) {
    this.line = line;
    this.store = store;
    this.hasLocks = hasLocks;
    this.holdBackMs = holdBackMs;
  }

  async openTab(): Promise<RunningOutbox> {
    let heard: ((message: TabMessage) => void) | null = null;
    const { time } = this;
    return runOutbox(this.store, {
      now: () => time.now,
      random: () => 0.5,
      holdBackMs: this.holdBackMs,
      after: (delayMs, callback) => time.after(delayMs, callback),
      fetch: async (address, request) => this.send(address, request),
      solve: solveWork,
      takeTurn: async () => this.takeTurn(),
      onSign: (callback) => {
        this.signs.add(callback);
        return () => this.signs.delete(callback);
      },
      otherTabs: {
        tell: (message) => {
          for (const tab of this.tabs) if (tab !== heard) tab(message);
        },
        listen: (hear) => {
          heard = hear;
          this.tabs.add(hear);
          return () => this.tabs.delete(hear);
        },
      },
      askForPersistence: () => undefined,
      readRoom: async () => ({ persistence: 'unknown', usedShare: null }),
      askToBeWoken: () => {
        this.askedToBeWoken += 1;
      },
    });
  }

  /** The browser says that there is a network, or that the page is looked at again. */
  async sign(): Promise<void> {
    for (const sign of this.signs) sign();
    await settled();
  }

  /** The log since the last call; each line begins with the seconds since the device began. */
  readLog(): string[] {
    return this.log.splice(0);
  }

  private write(words: string): void {
    this.log.push(`${(this.time.now - this.begun) / 1000} ${words}`);
  }

  private async send(address: string, request: RequestInit): Promise<Response> {
    if (typeof request.body !== 'string') throw new Error('a batch travels as text');
    if (address.endsWith('/device-reports')) {
      this.reports.push(...(JSON.parse(request.body) as { reports: DeviceReport[] }).reports);
      return this.line(address, request);
    }
    const { envelopes } = JSON.parse(request.body) as { envelopes: unknown[] };
    this.write(`send ${envelopes.length}`);
    try {
      const reply = await this.line(address, request);
      this.write(`reply ${reply.status}`);
      return reply;
    } catch (error) {
      this.write('no reply');
      throw error;
    }
  }

  private async takeTurn(): Promise<() => void> {
    if (this.hasLocks && this.isTurnTaken)
      await new Promise<void>((resolve) => {
        this.turns.push(resolve);
      });
    this.isTurnTaken = true;
    return () => {
      this.isTurnTaken = false;
      this.turns.shift()?.();
    };
  }
}
