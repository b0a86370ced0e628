import type { BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import {
  EMPTY_OUTBOX,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxState,
} from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf } from './envelopes.ts';

/** A tab with its own view of the outbox, and its request where one is under way. */
interface Tab {
  outbox: OutboxState;
  wantsTurn: boolean;
  request: readonly Envelope[] | null;
  wakeAt: number | null;
}

/** One device with its store and its tabs, and the server as a plain map: what must hold is asked of these alone. */
export class World {
  readonly stored = new Map<string, OutboxEntry>();
  readonly held = new Map<string, string>();
  /** What a person was told is kept. */
  readonly promised = new Set<string>();
  readonly isPoison: (id: string) => boolean;
  tabs: Tab[] = [];
  now = 1_700_000_000_000;
  requests = 0;
  private readonly random: () => number;
  private count = 0;

  constructor(isPoison: (id: string) => boolean, random: () => number) {
    this.isPoison = isPoison;
    this.random = random;
  }

  openTab(): void {
    const tab: Tab = { outbox: EMPTY_OUTBOX, wantsTurn: false, request: null, wakeAt: null };
    this.tabs.push(tab);
    this.reread(tab);
  }

  /** The tab dies with all it knows; its request may still reach the server, which `reach` decides. */
  killTab(tab: Tab, reach: boolean): void {
    if (reach) this.serve(tab);
    this.tabs = this.tabs.filter((other) => other !== tab);
  }

  keep(tab: Tab): void {
    const entry = entryOf((this.count += 1));
    this.stored.set(entry.envelope.id, entry);
    this.promised.add(entry.envelope.id);
    this.tell(tab, { kind: 'kept', entry });
  }

  /** Gives the turn whether or not another tab holds it: a browser without locks, or one that was waited for too long. */
  giveTurn(tab: Tab): void {
    if (!tab.wantsTurn) return;
    tab.wantsTurn = false;
    this.tell(tab, { kind: 'send-started', entries: [...this.stored.values()] });
  }

  /** The server commits what the request carries. The results in order; null without a request. */
  serve(tab: Tab): BatchResult[] | null {
    if (tab.request === null) return null;
    return tab.request.map(({ id, digest }) => {
      if (this.isPoison(id))
        return { id, result: 'refused', problem: problemOf('instrument-unknown') };
      const isKnown = this.held.has(id);
      if (!isKnown) this.held.set(id, digest);
      return { id, result: isKnown ? 'duplicate' : 'accepted' };
    });
  }

  /** The server's reply arrives, without the results that `isLost` names by place. */
  reply(tab: Tab, isLost: (place: number) => boolean): void {
    const results = this.serve(tab);
    if (results === null) return;
    tab.request = null;
    this.tell(tab, { kind: 'replied', results: results.filter((_, place) => !isLost(place)) });
  }

  fail(tab: Tab, failure: SendFailure, reach: boolean): void {
    if (tab.request === null) return;
    if (reach) this.serve(tab);
    tab.request = null;
    this.tell(tab, { kind: 'failed', failure });
  }

  tell(tab: Tab, event: OutboxEvent): void {
    const { state, effects } = step(tab.outbox, event, this.now, this.random());
    tab.outbox = state;
    for (const effect of effects) this.perform(tab, effect);
  }

  reread(tab: Tab): void {
    this.tell(tab, { kind: 'opened', entries: [...this.stored.values()] });
  }

  /** Lets time pass to the tab's next wake-up. */
  wake(tab: Tab): void {
    if (tab.wakeAt === null) return;
    this.now = Math.max(this.now, tab.wakeAt);
    tab.wakeAt = null;
    this.tell(tab, { kind: 'woke', cause: 'time' });
  }

  private perform(tab: Tab, effect: OutboxEffect): void {
    switch (effect.kind) {
      case 'start-sending':
        tab.wantsTurn = true;
        return;
      case 'send':
        if (tab.request !== null) throw new Error('two requests at once');
        if (effect.envelopes.length === 0 || effect.envelopes.length > MAX_BATCH_ENVELOPES)
          throw new Error('a batch beyond the limits');
        this.requests += 1;
        tab.request = effect.envelopes;
        return;
      case 'stop-sending':
        return;
      case 'wake-at':
        tab.wakeAt = effect.time;
        return;
      case 'remove':
        for (const id of effect.ids) {
          this.stored.delete(id);
          // Whether the others hear of it is left to chance.
          if (this.random() < 0.7)
            for (const other of this.tabs)
              if (other !== tab) this.tell(other, { kind: 'acknowledged-elsewhere', ids: [id] });
        }
        return;
      case 'write':
        for (const entry of effect.entries) this.stored.set(entry.envelope.id, entry);
        return;
    }
  }

  /** Everything works from now on: tabs take turns until nothing moves any more. */
  drain(): void {
    if (this.tabs.length === 0) this.openTab();
    // A tab reads the store again whenever it is looked at; it may not have heard of what another one kept.
    for (const tab of this.tabs) this.reread(tab);
    for (let round = 0; round < 500; round += 1) {
      const busy = this.tabs.filter(
        (tab) => tab.wantsTurn || tab.request !== null || tab.wakeAt !== null,
      );
      if (busy.length === 0) return;
      for (const tab of busy) {
        if (tab.request !== null) this.reply(tab, () => false);
        else if (tab.wantsTurn) this.giveTurn(tab);
        else this.wake(tab);
      }
    }
    throw new Error('the outbox does not come to rest');
  }

  /** What is wrong, in words; empty where nothing is. Asked after every event. */
  complaints(): string[] {
    const lost = [...this.promised].filter((id) => !this.stored.has(id) && !this.held.has(id));
    const claimed = this.tabs
      .flatMap((tab) => tab.outbox.entries)
      .filter((entry) => entry.state.kind === 'acknowledged' && !this.held.has(entry.envelope.id));
    const doubled = this.tabs.filter(
      (tab) =>
        new Set(tab.outbox.entries.map((e) => e.envelope.id)).size < tab.outbox.entries.length,
    );
    const stuck = this.tabs.filter(
      (tab) =>
        !tab.wantsTurn &&
        tab.request === null &&
        tab.wakeAt === null &&
        tab.outbox.entries.some((e) => e.state.kind === 'queued' || e.state.kind === 'waiting'),
    );
    return [
      ...lost.map((id) => `${id} left the outbox and the server does not hold it`),
      ...claimed.map((entry) => `${entry.envelope.id} is said to be sent and is not`),
      ...doubled.map(() => 'an envelope is listed twice'),
      ...stuck.map(() => 'something waits and nothing will ever send it'),
    ];
  }
}
