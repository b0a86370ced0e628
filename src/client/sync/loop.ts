import { batch, computed, signal } from '@preact/signals';
import type { Envelope } from '#core/contract/envelope.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import { LONGEST_WAIT_MS } from '#core/outbox/backoff.ts';
import { isUnacknowledged, uncountedReason, type OutboxEntry } from '#core/outbox/entry.ts';
import { epochOf } from '#core/outbox/epoch.ts';
import { EMPTY_OUTBOX, type OutboxEffect, type OutboxEvent } from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import type { OutboxStore } from '../local/outbox-store.ts';
import type { StorageRoom } from '../local/storage-room.ts';
import { troubleOf, type StorageTrouble } from '../local/storage-trouble.ts';
import { startReporting } from './device-reports.ts';
import type { SyncEnvironment } from './environment.ts';
import type { Outbox } from './outbox.ts';
import { sendBatch, sendWithWork } from './send-batch.ts';

export interface RunningOutbox extends Outbox {
  /** Ends it as the end of its page would: nothing is written or sent any more. */
  stop(): void;
}

/** How long after a call of the storage that failed it is looked at again. */
const LOOK_AGAIN_MS = 5_000;

const doNothing = () => {};
const idsOf = (entries: readonly OutboxEntry[]) => entries.map(({ envelope }) => envelope.id);
/** Also what may not be stored, where it is: an earlier build's page stored it. */
const storable = (entries: readonly OutboxEntry[]) =>
  entries.filter(({ isForMemoryOnly, isStored }) => !isForMemoryOnly || isStored);

/** Runs the outbox's step function on a store and in an environment: performs its effects, tells it what came of them. */
export async function runOutbox(
  store: OutboxStore,
  environment: SyncEnvironment,
): Promise<RunningOutbox> {
  let outbox = EMPTY_OUTBOX;
  const entries = signal(outbox.entries);
  const forgotten = signal(0);
  const unreadable = signal(0);
  const uncounted = signal(0);
  const trouble = signal<StorageTrouble>('none');
  const room = signal<StorageRoom | null>(null);
  /** Whether it is worth waiting for the storage. */
  const isUsable = computed(() => trouble.value === 'none' || trouble.value === 'full');
  let isStopped = false;
  let callOffWaking = doNothing;
  let callOffLooking = doNothing;
  let giveTurnBack = doNothing;
  let storing = Promise.resolve();

  function tell(event: OutboxEvent): void {
    if (isStopped) return;
    const { state, effects } = step(outbox, event, environment.now(), environment.random());
    outbox = state;
    batch(() => {
      entries.value = state.entries;
      forgotten.value = state.forgotten;
    });
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
      case 'solve':
        void sendWithWork(effect.envelopes, effect.work, environment).then(tell);
        return;
      case 'stop-sending':
        stopSending();
        return;
      case 'wake-at':
        wakeAt(effect.time);
        return;
      case 'acknowledge':
        changeOf(effect.entries, async (stored) => acknowledge(stored, effect.standing));
        return;
      case 're-offer':
        change(async () => {
          const reoffered = await store.reoffer(effect.standing, environment.now());
          if (reoffered.length === 0) return;
          tell({ kind: 'opened', entries: reoffered });
          environment.otherTabs.tell({ kind: 'kept' });
        });
        return;
      case 'write':
        changeOf(effect.entries, write);
        return;
      default:
        effect satisfies never;
    }
  }

  /** One change of the store after the other. One that fails costs a second sending of what the server knows, no more. */
  function change(work: () => Promise<void>): void {
    storing = storing.then(async () => (isStopped ? undefined : use(work, undefined)));
  }

  /** Does nothing where none of them is for the store: that would show nothing of how the store is. */
  function changeOf(
    changed: readonly OutboxEntry[],
    work: (stored: readonly OutboxEntry[]) => Promise<void>,
  ): void {
    const stored = storable(changed);
    if (stored.length > 0) change(async () => work(stored));
  }

  /** What comes of using the store, or `otherwise` where it cannot be used now. */
  async function use<T>(work: () => Promise<T>, otherwise: T, isReading = false): Promise<T> {
    try {
      const result = await work();
      // That it can be read does not show that there is room.
      if (!isReading || trouble.value !== 'full') trouble.value = 'none';
      return result;
    } catch (error) {
      trouble.value = troubleOf(error);
      // Want of room ends by no waiting, but what cannot be read for it is known to no page.
      if (isReading || trouble.value !== 'full') lookAgainSoon();
      return otherwise;
    }
  }

  /** Nobody tells when it works again, and what could not be read is known to no page until it is. */
  function lookAgainSoon(): void {
    callOffLooking();
    callOffLooking = environment.after(LOOK_AGAIN_MS, () => {
      void readAgain();
      const { standing } = outbox;
      // It may be the re-offer that failed, and nobody else asks for that before the next report.
      if (standing !== null) perform({ kind: 're-offer', standing });
      const unstored = outbox.entries.filter((entry) => !entry.isStored && isUnacknowledged(entry));
      changeOf(unstored, write);
    });
  }

  async function acknowledge(
    acknowledged: readonly OutboxEntry[],
    standing: ServerStanding | null,
  ): Promise<void> {
    await store.acknowledge(acknowledged, standing, environment.now());
    const ids = idsOf(acknowledged);
    tell({ kind: 'stored', ids });
    environment.otherTabs.tell({
      kind: 'acknowledged',
      ids,
      epoch: standing === null ? null : standing.epoch,
      uncounted: acknowledged.flatMap((entry) => {
        const reason = uncountedReason(entry);
        return reason ? [{ id: entry.envelope.id, reason }] : [];
      }),
    });
    if (acknowledged.some(uncountedReason)) await readStore();
    void readRoom();
  }

  async function write(written: readonly OutboxEntry[]): Promise<void> {
    await store.write(written);
    tell({ kind: 'stored', ids: idsOf(written) });
  }

  async function startSending(): Promise<void> {
    const giveBack = await environment.takeTurn();
    if (isStopped) return giveBack();
    giveTurnBack = giveBack;
    tell({ kind: 'send-started', entries: isUsable.value ? await readStore() : [] });
    return undefined;
  }

  /** The turn goes back when the store says what was sent, so that the next tab does not send it again. */
  function stopSending(): void {
    const giveBack = giveTurnBack;
    giveTurnBack = doNothing;
    void storing.then(giveBack);
    void storing.then(() => reporting.report('due'));
  }

  /** Wakes at least every few minutes, so that a clock that was set back is noticed. */
  function wakeAt(time: number): void {
    callOffWaking();
    const delayMs = Math.min(Math.max(0, time - environment.now()), LONGEST_WAIT_MS);
    callOffWaking = environment.after(delayMs, () => tell({ kind: 'woke', cause: 'time' }));
    // Once until something succeeds: a browser that believes there is a network wakes us at once, and so without end.
    if (outbox.failures === 1) environment.askToBeWoken();
  }

  /** What the store holds; nothing new where it cannot be read now, for what this page knows it holds itself. */
  async function readStore(): Promise<readonly OutboxEntry[]> {
    const stored = await use(async () => store.read(), null, true);
    if (stored === null) return [];
    unreadable.value = stored.unreadable;
    uncounted.value = stored.uncounted;
    return stored.entries;
  }

  async function readAgain(): Promise<void> {
    tell({ kind: 'opened', entries: await readStore() });
  }

  async function readRoom(): Promise<void> {
    room.value = await environment.readRoom();
  }

  const reporting = startReporting({
    store,
    environment,
    room: () => room.value,
    epoch: () => epochOf(outbox),
    hear: (standing, sentIn) => tell({ kind: 'heard-standing', standing, sentIn }),
  });
  const deafenToSigns = environment.onSign(() => {
    tell({ kind: 'woke', cause: 'sign' });
    void readAgain();
  });
  const deafenToTabs = environment.otherTabs.listen((message) => {
    if (message.kind === 'acknowledged') tell({ ...message, kind: 'acknowledged-elsewhere' });
    else void readAgain();
  });
  await readAgain();
  void readRoom();
  // All of it, whatever was told before: the answer says whether the server was restored meanwhile.
  reporting.report('all');

  return {
    get keeping() {
      return isUsable.value ? 'device' : 'memory';
    },
    entries,
    forgotten,
    unreadable,
    uncounted,
    trouble,
    room,
    async keep(envelope: Envelope, mayBeStored = true) {
      const entry: OutboxEntry = {
        envelope,
        keptAt: environment.now(),
        attempts: 0,
        isStored: false,
        ...(mayBeStored ? {} : { isForMemoryOnly: true }),
        state: { kind: 'queued' },
      };
      const writeIt = async () => {
        await write([entry]);
        return true;
      };
      const writing = mayBeStored ? use(writeIt, false) : Promise.resolve(false);
      const isStored = isUsable.value && (await writing);
      const { holdBackMs } = environment;
      tell({ kind: 'kept', entry: { ...entry, isStored }, holdBackMs });
      environment.otherTabs.tell({ kind: 'kept' });
      environment.askForPersistence();
      void readRoom();
    },
    sendNow: () => tell({ kind: 'send-now' }),
    stop() {
      isStopped = true;
      callOffWaking();
      callOffLooking();
      reporting.stop();
      deafenToSigns();
      deafenToTabs();
      giveTurnBack();
    },
  };
}
