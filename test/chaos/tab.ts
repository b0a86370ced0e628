// One tab of a simulated device: the real client code, in an environment that can end at any moment.
import { effect } from '@preact/signals';
import { solveWork } from '#client/sync/solve-work.ts';
import { createDatabase, type Database } from '#client/local/database.ts';
import { createLease } from '#client/local/lease.ts';
import { openStore } from '#client/local/open-store.ts';
import { runOutbox, type RunningOutbox } from '#client/sync/loop.ts';
import type { TabMessage } from '#client/sync/other-tabs.ts';
import { takeTurn, TURN_LIMIT_MS } from '#client/sync/turn.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import type { Device } from './device.ts';
import { TabStorage } from './device-storage.ts';
import { DEVICE_HEADER } from './proxy.ts';

/** How long one storage call of a tab may take, in our milliseconds; the code's own limit is for real devices. */
const STORAGE_LIMIT_MS = 300;

/** Where a tab can end. `writing`: a transaction that writes has begun; `replied`: before the code has read the reply. */
export const PHASES = ['keeping', 'kept', 'writing', 'sending', 'replied', 'idle'] as const;
export type Phase = (typeof PHASES)[number];

const never = async () => new Promise<never>(() => undefined);

export class Tab {
  readonly storage: TabStorage;
  readonly #device: Device;
  #outbox: RunningOutbox | null = null;
  #isOpen = true;
  #endsAt: Phase | null = null;
  readonly #signs = new Set<() => void>();
  readonly #ears = new Set<(message: TabMessage) => void>();
  readonly #ended = new AbortController();
  #stopWatching = () => {};

  constructor(device: Device) {
    this.#device = device;
    this.storage = new TabStorage(device.storage);
    this.storage.onWriting = () => this.#passes('writing');
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What the tab knows; null while it opens. */
  get entries(): readonly OutboxEntry[] | null {
    return this.#outbox?.entries.value ?? null;
  }

  async open(): Promise<void> {
    const database = createDatabase(() => this.storage.indexedDB);
    const store = await openStore(database, STORAGE_LIMIT_MS);
    const outbox = await runOutbox(store, this.#environment(database));
    if (!this.#isOpen) return outbox.stop();
    this.#outbox = outbox;
    this.#stopWatching = effect(() => this.#device.tell(outbox.entries.value));
    return undefined;
  }

  /** A person presses Send. Resolves as the code says; never after the tab has ended. */
  async keep(envelope: Envelope): Promise<void> {
    const keeping = this.#outbox?.keep(envelope);
    if (this.#endsAt === 'keeping') setImmediate(() => this.#passes('keeping'));
    await keeping;
    if (!this.#isOpen) return never();
    if (this.#outbox) this.#device.tell(this.#outbox.entries.value);
    this.#passes('kept');
    return undefined;
  }

  sign(): void {
    for (const sign of this.#signs) sign();
  }

  sendNow(): void {
    this.#outbox?.sendNow();
  }

  hear(message: TabMessage): void {
    for (const ear of this.#ears) ear(message);
  }

  /** The tab will end as soon as it comes to that phase. */
  endAt(phase: Phase): void {
    this.#endsAt = phase;
    this.#passes('idle');
  }

  /** Nobody closes the tab any more. */
  stay(): void {
    this.#endsAt = null;
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#stopWatching();
    this.#outbox?.stop();
    this.#ears.clear();
    this.storage.close();
    this.#device.locks.close(this);
    // Some requests still go their way when their page is gone, others end with it.
    if (this.#device.dice.chance(0.5)) this.#ended.abort();
    this.#device.forget(this);
  }

  #passes(phase: Phase): void {
    if (this.#endsAt === phase) this.end();
  }

  async #fetch(address: string, request: RequestInit): Promise<Response> {
    const { signal, headers, ...rest } = request;
    const sent = this.#device.send(address, {
      ...rest,
      headers: { ...Object.fromEntries(new Headers(headers)), [DEVICE_HEADER]: this.#device.name },
      signal: AbortSignal.any([this.#ended.signal, ...(signal ? [signal] : [])]),
    });
    if (this.#endsAt === 'sending') setTimeout(() => this.#passes('sending'), 3);
    try {
      const reply = await sent;
      this.#passes('replied');
      return this.#isOpen ? reply : await never();
    } catch (error) {
      if (!this.#isOpen) return never();
      throw error;
    }
  }

  #environment(database: Database) {
    const { clock, dice, locks, hasLocks } = this.#device;
    const lease = createLease(database, () => clock.now(), TURN_LIMIT_MS);
    const after = (delayMs: number, callback: () => void) =>
      clock.after(delayMs, () => {
        if (this.#isOpen) callback();
      });
    return {
      now: () => clock.now(),
      holdBackMs: 0,
      random: () => dice.random(),
      after,
      fetch: async (address: string, request: RequestInit) => this.#fetch(address, request),
      solve: solveWork,
      takeTurn: async () => takeTurn(hasLocks ? locks.of(this) : undefined, after, lease),
      onSign: (callback: () => void) => {
        this.#signs.add(callback);
        return () => this.#signs.delete(callback);
      },
      otherTabs: {
        tell: (message: TabMessage) => this.#device.broadcast(this, message),
        listen: (hear: (message: TabMessage) => void) => {
          this.#ears.add(hear);
          return () => this.#ears.delete(hear);
        },
      },
      askForPersistence: () => undefined,
      readRoom: async () => ({ persistence: 'not-granted' as const, usedShare: null }),
      askToBeWoken: () => undefined,
    };
  }
}
