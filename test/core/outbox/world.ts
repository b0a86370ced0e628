import type { Envelope } from '#core/contract/envelope.ts';
import { MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import { isUnacknowledged, type OutboxEntry } from '#core/outbox/entry.ts';
import { epochOf } from '#core/outbox/epoch.ts';
import type { SentReply } from '#core/outbox/read-reply.ts';
import type { SendFailure } from '#core/outbox/failure.ts';
import {
  EMPTY_OUTBOX,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxState,
} from '#core/outbox/state.ts';
import { step } from '#core/outbox/step.ts';
import { entryOf, idOf } from './envelopes.ts';

/** A tab with its own view of the outbox, and its request where one is under way. */
interface Tab {
  outbox: OutboxState;
  wantsTurn: boolean;
  request: readonly Envelope[] | null;
  /** What the server has said to it already, still on its way. */
  answer: SentReply | null;
  /** A device report under way: the epoch known when it left, and what the server said. */
  report: { sentIn: string | null; standing: ServerStanding } | null;
  wakeAt: number | null;
}

/** A copy of what was acknowledged. */
interface Copy {
  entry: OutboxEntry;
  epoch: string | null;
  days: number;
}

const REOFFER_DAYS = 14;

/** One device with its store and its tabs, and the server as a plain map: what must hold is asked of these alone. */
export class World {
  readonly stored = new Map<string, OutboxEntry>();
  readonly copies = new Map<string, Copy>();
  /** What a person was told is kept, and has not been let go for its age since. */
  readonly promised = new Set<string>();
  /** All that was ever finished. */
  readonly finished = new Set<string>();
  readonly isPoison: (id: string) => boolean;
  held = new Map<string, string>();
  tabs: Tab[] = [];
  now = 1_700_000_000_000;
  /** The server's database is a backup from before the channel: it refuses everything. */
  isTooOld = false;
  /** The store can neither be read nor written. */
  isBroken = false;
  private readonly random: () => number;
  private readonly faults: string[] = [];
  /** What the server acknowledged, by epoch. */
  private readonly acknowledged = new Map<string | null, Set<string>>();
  private snapshot = new Map<string, string>();
  private later: (() => void)[] = [];
  private count = 0;
  private epochs = 1;

  constructor(isPoison: (id: string) => boolean, random: () => number) {
    this.isPoison = isPoison;
    this.random = random;
  }

  openTab(): void {
    const tab: Tab = {
      outbox: EMPTY_OUTBOX,
      wantsTurn: false,
      request: null,
      answer: null,
      report: null,
      wakeAt: null,
    };
    this.tabs.push(tab);
    this.reread(tab);
  }

  /** The tab dies with all it knows; its request may still reach the server, which `reach` decides. */
  killTab(tab: Tab, reach: boolean): void {
    if (reach) this.serve(tab);
    this.tabs = this.tabs.filter((other) => other !== tab);
  }

  keep(tab: Tab): void {
    const entry = { ...entryOf((this.count += 1)), isStored: !this.isBroken };
    this.finished.add(entry.envelope.id);
    this.write([entry]);
    // Some devices are shared.
    const holdBackMs = this.random() < 0.3 ? 600_000 : 0;
    this.tell(tab, { kind: 'kept', entry, holdBackMs });
  }

  /** Gives the turn whether or not another tab holds it: a browser without locks, or one that was waited for too long. */
  giveTurn(tab: Tab): void {
    if (!tab.wantsTurn) return;
    tab.wantsTurn = false;
    this.tell(tab, { kind: 'send-started', entries: this.read() });
  }

  backUp(): void {
    this.snapshot = new Map(this.held);
  }

  restore(isTooOld = false): void {
    this.held = isTooOld ? new Map() : new Map(this.snapshot);
    this.isTooOld = isTooOld;
    this.epochs += 1;
  }

  /** The server commits what the request carries and answers; the answer is on its way then. */
  serve(tab: Tab): void {
    if (tab.request === null || tab.answer !== null) return;
    const standing = this.standing();
    const results = tab.request.map(({ id, digest }): SentReply['results'][number] => {
      if (this.isTooOld || this.isPoison(id))
        return { id, result: 'refused', problem: problemOf('instrument-unknown') };
      const isKnown = this.held.has(id);
      if (!isKnown) this.held.set(id, digest);
      this.acknowledgedIn(standing.epoch).add(id);
      return { id, result: isKnown ? 'duplicate' : 'accepted' };
    });
    tab.answer = { standing, results };
  }

  /** The server's reply arrives, without the results that `isLost` names by place. */
  reply(tab: Tab, isLost: (place: number) => boolean): void {
    this.serve(tab);
    const { answer } = tab;
    if (answer === null) return;
    tab.request = null;
    tab.answer = null;
    const results = answer.results.filter((_, place) => !isLost(place));
    const { epoch } = answer.standing ?? {};
    const known = epochOf(tab.outbox);
    // Our epochs count upwards. Of one that is over the tab may be persuaded, but not by one reply.
    const isOver = known !== null && epoch !== undefined && epoch < known;
    const isPatient = tab.outbox.failures < 3;
    this.tell(tab, { kind: 'replied', standing: answer.standing, results });
    if (isOver && isPatient && epochOf(tab.outbox) !== known)
      this.faults.push('a reply of a server that is no more is believed');
  }

  fail(tab: Tab, failure: SendFailure, reach: boolean): void {
    if (tab.request === null) return;
    if (reach) this.serve(tab);
    tab.request = null;
    tab.answer = null;
    this.tell(tab, { kind: 'failed', failure });
  }

  /** A device report is answered; its answer arrives at the next call. */
  report(tab: Tab): void {
    if (tab.report === null) {
      tab.report = { sentIn: epochOf(tab.outbox), standing: this.standing() };
      return;
    }
    const { report } = tab;
    tab.report = null;
    this.tell(tab, { kind: 'heard-standing', ...report });
  }

  /** Days in which nothing happens. */
  passDays(days: number): void {
    for (const copy of this.copies.values()) copy.days += days;
  }

  tell(tab: Tab, event: OutboxEvent): void {
    const { state, effects } = step(tab.outbox, event, this.now, this.random());
    tab.outbox = state;
    for (const effect of effects) this.perform(tab, effect);
    const { later } = this;
    this.later = [];
    for (const tellLater of later) tellLater();
  }

  reread(tab: Tab): void {
    this.tell(tab, { kind: 'opened', entries: this.read() });
  }

  /** Lets time pass to the tab's next wake-up. */
  wake(tab: Tab): void {
    if (tab.wakeAt === null) return;
    this.now = Math.max(this.now, tab.wakeAt);
    tab.wakeAt = null;
    this.tell(tab, { kind: 'woke', cause: 'time' });
  }

  private standing(): ServerStanding {
    return { epoch: idOf(9_000 + this.epochs), reofferDays: REOFFER_DAYS };
  }

  private acknowledgedIn(epoch: string | null): Set<string> {
    const known = this.acknowledged.get(epoch) ?? new Set();
    this.acknowledged.set(epoch, known);
    return known;
  }

  private read(): OutboxEntry[] {
    return this.isBroken ? [] : [...this.stored.values()];
  }

  private write(entries: readonly OutboxEntry[]): void {
    if (this.isBroken) return;
    for (const entry of entries) {
      const { id } = entry.envelope;
      if (!this.copies.has(id)) this.stored.set(id, { ...entry, isStored: true });
      this.promised.add(id);
    }
  }

  private perform(tab: Tab, effect: OutboxEffect): void {
    switch (effect.kind) {
      case 'start-sending':
        tab.wantsTurn = true;
        return;
      // The work itself takes no time here.
      case 'solve':
      case 'send':
        if (tab.request !== null) throw new Error('two requests at once');
        if (effect.envelopes.length === 0 || effect.envelopes.length > MAX_BATCH_ENVELOPES)
          throw new Error('a batch beyond the limits');
        tab.request = effect.envelopes;
        return;
      case 'stop-sending':
        return;
      case 'wake-at':
        tab.wakeAt = effect.time;
        return;
      case 'acknowledge':
        if (!this.isBroken) this.putAway(tab, effect.entries, effect.standing);
        return;
      case 're-offer':
        if (!this.isBroken) this.takeBack(tab, effect.standing);
        return;
      case 'write':
        if (this.isBroken) return;
        this.write(effect.entries);
        this.later.push(() =>
          this.tell(tab, { kind: 'stored', ids: effect.entries.map((e) => e.envelope.id) }),
        );
        return;
    }
  }

  private putAway(
    tab: Tab,
    entries: readonly OutboxEntry[],
    standing: ServerStanding | null,
  ): void {
    const epoch = standing?.epoch ?? null;
    const ids = entries.map((entry) => entry.envelope.id);
    for (const entry of entries) {
      const { id } = entry.envelope;
      this.stored.delete(id);
      this.copies.set(id, { entry, epoch, days: 0 });
      this.promised.add(id);
    }
    this.expire(epoch);
    this.later.push(() => this.tell(tab, { kind: 'stored', ids }));
    for (const other of this.tabs)
      // Whether the others hear of it is left to chance.
      if (other !== tab && this.random() < 0.7)
        this.later.push(() => this.tell(other, { kind: 'acknowledged-elsewhere', ids, epoch }));
  }

  private takeBack(tab: Tab, { epoch }: ServerStanding): void {
    const entries: OutboxEntry[] = [];
    for (const [id, copy] of this.copies) {
      if (copy.epoch === epoch) continue;
      const entry = { ...entryOf(0), ...copy.entry, attempts: 0, isStored: true };
      entries.push({ ...entry, reofferedIn: epoch, state: { kind: 'queued' } });
      this.copies.delete(id);
    }
    for (const entry of entries) this.stored.set(entry.envelope.id, entry);
    this.expire(epoch);
    this.later.push(() => this.tell(tab, { kind: 'opened', entries }));
  }

  private expire(epoch: string | null): void {
    for (const [id, copy] of this.copies) {
      if (copy.epoch !== epoch || copy.days < REOFFER_DAYS) continue;
      this.copies.delete(id);
      this.promised.delete(id);
      if (!this.acknowledgedIn(epoch).has(id))
        this.faults.push(`${id} left the device without an acknowledgement`);
    }
  }

  /** Everything works from now on, the right backup is there, and every tab is opened anew: one takes turns with itself until nothing moves any more. */
  drain(): void {
    this.isBroken = false;
    if (this.isTooOld) this.restore();
    this.tabs = [];
    this.openTab();
    const [tab] = this.tabs;
    if (tab === undefined) return;
    // Opening a page, and once an hour, it hears the epoch.
    this.report(tab);
    this.report(tab);
    for (let round = 0; round < 500; round += 1) {
      if (tab.request !== null) this.reply(tab, () => false);
      else if (tab.wantsTurn) this.giveTurn(tab);
      else if (tab.wakeAt !== null) this.wake(tab);
      else return;
    }
    throw new Error('the outbox does not come to rest');
  }

  /** What is wrong, in words; empty where nothing is. Asked after every event. */
  complaints(): string[] {
    const lost = [...this.promised].filter((id) => !this.stored.has(id) && !this.copies.has(id));
    const twofold = [...this.copies.keys()].filter((id) => this.stored.has(id));
    const claimed = this.tabs
      .flatMap((tab) => tab.outbox.entries)
      .filter(
        ({ envelope, state }) =>
          state.kind === 'acknowledged' && !this.acknowledgedIn(state.epoch).has(envelope.id),
      );
    const doubled = this.tabs.filter(
      (tab) =>
        new Set(tab.outbox.entries.map((e) => e.envelope.id)).size < tab.outbox.entries.length,
    );
    const stuck = this.tabs.filter(
      (tab) =>
        !tab.wantsTurn &&
        tab.request === null &&
        tab.wakeAt === null &&
        tab.outbox.entries.some((e) => isUnacknowledged(e) && e.state.kind !== 'refused'),
    );
    return [
      ...this.faults,
      ...lost.map((id) => `${id} left the device, and nobody knows why`),
      ...twofold.map((id) => `${id} is stored twice`),
      ...claimed.map((entry) => `${entry.envelope.id} is said to be sent and is not`),
      ...doubled.map(() => 'an envelope is listed twice'),
      ...stuck.map(() => 'something waits and nothing will ever send it'),
    ];
  }
}
