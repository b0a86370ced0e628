import { signal } from '@preact/signals';
import type { Envelope } from '#core/contract/envelope.ts';
import { LONGEST_WAIT_MS } from '#core/outbox/backoff.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { EMPTY_OUTBOX, type OutboxEffect, type OutboxEvent } from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import type { OutboxStore } from '../local/outbox-store.ts';
import type { StorageRoom } from '../local/storage-room.ts';
import { troubleOf, type StorageTrouble } from '../local/storage-trouble.ts';
import type { SyncEnvironment } from './environment.ts';
import type { Outbox } from './outbox.ts';
import { sendBatch } from './send-batch.ts';

export interface RunningOutbox extends Outbox {
  /** Ends it as the end of its page would: nothing is written or sent any more. */
  stop(): void;
}

const doNothing = () => {};

/** Runs the outbox's step function on a store and in an environment: performs its effects, tells it what came of them. */
export async function runOutbox(
  store: OutboxStore,
  environment: SyncEnvironment,
): Promise<RunningOutbox> {
  let outbox = EMPTY_OUTBOX;
  const entries = signal(outbox.entries);
  const unreadable = signal(0);
  const trouble = signal<StorageTrouble>(store.keeping === 'device' ? 'none' : 'unavailable');
  const room = signal<StorageRoom | null>(null);
  let isStopped = false;
  let callOffWaking = doNothing;
  let giveTurnBack = doNothing;
  let storing = Promise.resolve();

  function tell(event: OutboxEvent): void {
    if (isStopped) return;
    const { state, effects } = step(outbox, event, environment.now(), environment.random());
    outbox = state;
    entries.value = state.entries;
    for (const effect of effects) perform(effect);
  }

  function perform(effect: OutboxEffect): void {
    switch (effect.kind) {
      case 'start-sending':
        void startSending();
        return;
      case 'send':
        void sendBatch(effect.envelopes, environment).then(tell);
        return;
      case 'stop-sending':
        stopSending();
        return;
      case 'wake-at':
        wakeAt(effect.time);
        return;
      case 'remove':
        change(async () => {
          await store.remove(effect.ids);
          environment.otherTabs.tell({ kind: 'acknowledged', ids: [...effect.ids] });
        });
        return;
      case 'write':
        change(async () => store.write(effect.entries));
        return;
      default:
        effect satisfies never;
    }
  }

  /** One change of the store after the other. One that fails costs a second sending of what the server knows, no more. */
  function change(write: () => Promise<void>): void {
    storing = storing.then(async () => (isStopped ? undefined : write())).catch(() => undefined);
  }

  async function startSending(): Promise<void> {
    const giveBack = await environment.takeTurn();
    if (isStopped) return giveBack();
    giveTurnBack = giveBack;
    tell({ kind: 'send-started', entries: await readStore() });
    return undefined;
  }

  /** The turn goes back when the store says what was sent, so that the next tab does not send it again. */
  function stopSending(): void {
    const giveBack = giveTurnBack;
    giveTurnBack = doNothing;
    void storing.then(giveBack);
  }

  /** Wakes at least every few minutes, so that a clock that was set back is noticed. */
  function wakeAt(time: number): void {
    callOffWaking();
    const delayMs = Math.min(Math.max(0, time - environment.now()), LONGEST_WAIT_MS);
    callOffWaking = environment.after(delayMs, () => tell({ kind: 'woke', cause: 'time' }));
  }

  /** What the store holds; nothing new where it cannot be read now, for what this page knows it holds itself. */
  async function readStore(): Promise<readonly OutboxEntry[]> {
    try {
      const stored = await store.read();
      unreadable.value = stored.unreadable;
      return stored.entries;
    } catch {
      return [];
    }
  }

  async function readRoom(): Promise<void> {
    room.value = await environment.readRoom();
  }

  async function readAgain(): Promise<void> {
    tell({ kind: 'opened', entries: await readStore() });
  }

  const deafenToSigns = environment.onSign(() => {
    tell({ kind: 'woke', cause: 'sign' });
    void readAgain();
  });
  const deafenToTabs = environment.otherTabs.listen((message) => {
    if (message.kind === 'acknowledged') tell({ kind: 'acknowledged-elsewhere', ids: message.ids });
    else void readAgain();
  });
  await readAgain();
  void readRoom();

  return {
    keeping: store.keeping,
    entries,
    unreadable,
    trouble,
    room,
    async keep(envelope: Envelope) {
      const entry: OutboxEntry = {
        envelope,
        keptAt: environment.now(),
        attempts: 0,
        isStored: true,
        state: { kind: 'queued' },
      };
      try {
        await store.write([entry]);
        if (store.keeping === 'device') trouble.value = 'none';
      } catch (error) {
        entry.isStored = false;
        trouble.value = troubleOf(error);
      }
      tell({ kind: 'kept', entry });
      environment.otherTabs.tell({ kind: 'kept' });
      environment.askForPersistence();
      void readRoom();
    },
    sendNow: () => tell({ kind: 'send-now' }),
    stop() {
      isStopped = true;
      callOffWaking();
      deafenToSigns();
      deafenToTabs();
      giveTurnBack();
    },
  };
}
