// A simulated device: a clock, a disk, up to three tabs, and a person who does things with them.
import { setTimeout as pause } from 'node:timers/promises';
import { toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { TabMessage } from '#client/sync/other-tabs.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { DeviceClock, SPEED } from './device-clock.ts';
import { DeviceStorage } from './device-storage.ts';
import { diceOf, type Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Finished, ResponseSource } from './responses.ts';
import { PHASES, Tab } from './tab.ts';
import { DeviceLocks } from './web-locks.ts';
import type { Tally } from './tally.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const MOST_TABS = 3;
const OPENING_LIMIT_MS = 30_000;
/** A waiting room's worth of responses that come in one go. */
const RUSH = 12;

export interface DeviceWorld {
  seed: number;
  url: string;
  ledger: Ledger;
  tally: Tally;
  responses: ResponseSource;
  /**
   * Whether storage may be full. Not where a backup is restored: a device without room lets its copies of what the server
   * held go first, and what the restore took is then nowhere.
   */
  canBeFull: boolean;
  /** What the device does instead of sending honestly, for a control. */
  send?: (address: string, request: RequestInit) => Promise<Response>;
}

type Deed = (device: Device) => void;

export class Device {
  readonly name: string;
  readonly dice: Dice;
  readonly clock: DeviceClock;
  readonly storage: DeviceStorage;
  readonly locks = new DeviceLocks();
  readonly hasLocks: boolean;
  /** Some are woken by the browser's signs, others by time alone. */
  readonly hasSigns: boolean;
  readonly #world: DeviceWorld;
  readonly #tabs = new Set<Tab>();
  readonly #acts: Dice;
  #isOnline = true;

  constructor(name: string, world: DeviceWorld) {
    this.name = name;
    this.#world = world;
    const dice = diceOf(world.seed, 'device', name);
    this.#acts = diceOf(world.seed, 'acts', name);
    // What the code itself draws goes by another stream, so that its number of draws moves none of the person's acts.
    this.dice = diceOf(world.seed, 'code', name);
    this.storage = new DeviceStorage(diceOf(world.seed, 'disk', name), world.tally);
    this.clock = new DeviceClock(Date.now() + dice.pick([0, 0, -YEAR_MS, YEAR_MS]));
    this.hasLocks = dice.chance(0.7);
    this.hasSigns = dice.chance(0.6);
  }

  /** The person does `acts` things, one after the other, with little pauses. */
  async live(acts: number, longestPauseMs: number): Promise<void> {
    for (let act = 0; act < acts; act += 1) {
      await pause(this.#acts.between(5, longestPauseMs));
      if (this.#tabs.size === 0) this.openTab();
      else this.#deed()(this);
    }
  }

  #deed(): Deed {
    const dice = this.#acts;
    const roll = dice.random();
    if (roll < 0.5) return (device) => device.#finish(1);
    if (roll < 0.53) return (device) => device.#finish(RUSH);
    if (roll < 0.68) return (device) => device.#tab()?.endAt(dice.pick(PHASES));
    if (roll < 0.76) return (device) => device.openTab();
    if (roll < 0.82) return (device) => device.#fillStorage(dice.between(50, 700));
    if (roll < 0.88) return (device) => device.#breakConnection();
    if (roll < 0.91) return (device) => device.#jump(dice.pick([-1, 1]) * YEAR_MS);
    if (roll < 0.95) return (device) => device.#loseNetwork(dice.between(100, 1_500));
    if (roll < 0.97) return (device) => device.#tab()?.sendNow();
    return (device) => device.sign();
  }

  openTab(): void {
    if (this.#tabs.size >= MOST_TABS) return;
    const tab = new Tab(this);
    this.#tabs.add(tab);
    void tab.open();
  }

  forget(tab: Tab): void {
    this.#tabs.delete(tab);
    this.#world.tally.add('fault: tab closed');
  }

  /** The browser says that there is a network, or that a tab is looked at again. */
  sign(): void {
    for (const tab of this.#tabs) tab.sign();
  }

  /** What a tab shows to the person: stored means kept. */
  tell(entries: readonly OutboxEntry[]): void {
    const { ledger } = this.#world;
    for (const { envelope, isStored, state } of entries) {
      if (isStored) ledger.stored(envelope.id);
      if (state.kind === 'acknowledged') ledger.acknowledged(envelope.id);
    }
  }

  broadcast(from: Tab, message: TabMessage): void {
    for (const tab of this.#tabs)
      if (tab !== from && !this.dice.chance(0.1)) setImmediate(() => tab.hear(message));
  }

  async send(address: string, request: RequestInit): Promise<Response> {
    if (!this.#isOnline) {
      this.#world.tally.add('fault: device offline');
      throw new TypeError('Failed to fetch');
    }
    const url = `${this.#world.url}${address}`;
    return this.#world.send ? this.#world.send(url, request) : fetch(url, request);
  }

  /** Everything that makes its life hard is over, somebody opens its page, and a next visitor answers. */
  async recover(): Promise<void> {
    this.#isOnline = true;
    this.storage.isFull = false;
    for (const tab of this.#tabs) tab.stay();
    if (this.#tabs.size === 0) this.openTab();
    await this.#nextVisitor();
    if (this.hasSigns) this.sign();
  }

  /** True when the server holds, in its present life, everything that was ever finished here, for all the device knows. */
  async isDrained(epoch: string): Promise<boolean> {
    const tabs = [...this.#tabs];
    const isShown = tabs.every((tab) =>
      tab.entries?.every(({ state }) => state.kind === 'acknowledged'),
    );
    if (!isShown) return false;
    const { waiting, elsewhere } = await this.storage.leftOver(epoch);
    return waiting + elsewhere === 0;
  }

  /** Somebody answers as soon as a tab has opened, however ill its storage still is. */
  async #nextVisitor(): Promise<void> {
    for (let waitedMs = 0; waitedMs < OPENING_LIMIT_MS; waitedMs += 5) {
      if ([...this.#tabs].some((tab) => tab.entries !== null)) {
        this.#finish(1);
        return;
      }
      await pause(5);
    }
    throw new Error(`device ${this.name} opens no tab any more`);
  }

  /** What still waits and why, for the one who has to look into it. */
  async describe(epoch: string): Promise<string> {
    const { waiting: stored, elsewhere } = await this.storage.leftOver(epoch);
    const states = [...this.#tabs].map((tab) => {
      const waiting = tab.entries?.filter(({ state }) => state.kind !== 'acknowledged') ?? [];
      const first = waiting[0]?.state;
      return `${waiting.length} waiting ${first ? JSON.stringify(first) : ''}`;
    });
    const locks = this.hasLocks ? 'locks' : 'no locks';
    return `device ${this.name} (${locks}, clock ${new Date(this.clock.now()).toISOString()}): ${states.join('; ')}; ${stored} wait in its storage, ${elsewhere} were acknowledged in another epoch`;
  }

  close(): void {
    for (const tab of this.#tabs) tab.end();
  }

  #tab(): Tab | undefined {
    const tabs = [...this.#tabs];
    return tabs[this.#acts.between(0, tabs.length - 1)];
  }

  #finish(count: number): void {
    // A tab that still opens has no Send button yet.
    const tabs = [...this.#tabs].filter((tab) => tab.entries !== null);
    const tab = tabs[this.#acts.between(0, tabs.length - 1)];
    if (!tab) return;
    for (let number = 0; number < count; number += 1) {
      void this.#keep(tab, this.#world.responses.next()).catch(() => undefined);
    }
  }

  async #keep(tab: Tab, { id, channel, response }: Finished): Promise<void> {
    const envelope = await toEnvelope(id, channel, response, null);
    this.#world.ledger.finish(envelope, canonicalJson(response), `device ${this.name}`);
    await tab.keep(envelope);
  }

  #fillStorage(milliseconds: number): void {
    if (!this.#world.canBeFull) return;
    this.storage.isFull = true;
    setTimeout(() => (this.storage.isFull = false), milliseconds);
  }

  #breakConnection(): void {
    const tab = this.#tab();
    const kind = this.#acts.pick(['lost', 'dead', 'slow'] as const);
    this.#world.tally.add(`fault: database connection ${kind}`);
    if (kind === 'lost') tab?.storage.loseConnection();
    else if (kind === 'dead') tab?.storage.sicken({ kind });
    else tab?.storage.sicken({ kind, milliseconds: this.#acts.between(50, 900) });
  }

  #jump(milliseconds: number): void {
    this.#world.tally.add('fault: clock jumped by a year');
    this.clock.jump(milliseconds);
  }

  #loseNetwork(milliseconds: number): void {
    this.#isOnline = false;
    setTimeout(() => {
      this.#isOnline = true;
      if (this.hasSigns) this.sign();
    }, milliseconds);
  }
}

/** Our milliseconds as those of the device. */
export function deviceTime(milliseconds: number): number {
  return milliseconds * SPEED;
}
