import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { createTexts, type LoadTexts, type Texts } from '#client/i18n/texts.ts';
import type { ChannelFound } from '#client/survey/channel-found.ts';
import { mayBeStored, toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { Delivery } from '#client/survey/delivery.ts';
import { createDraftStore } from '#client/survey/draft-store.ts';
import type { Entry, SurveyHistory } from '#client/survey/survey-history.ts';
import { createSurvey, type Survey } from '#client/survey/survey.ts';
import type { Outbox, StorageTrouble } from '#client/sync/outbox.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { stepName, type Question } from '#core/flow/steps.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';

const readTexts = (path: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../locales/${path}.json`, import.meta.url), 'utf8'),
  ) as Record<string, unknown>;

export const loadTexts: LoadTexts = async (language, instrument) => ({
  survey: readTexts(`${language}/survey`),
  problems: readTexts(`${language}/problems`),
  ...(instrument === null
    ? {}
    : { instrument: readTexts(`${language}/instruments/${instrument}`) }),
});

/** A tab's storage; `setItem` can be made to fail as a full one does. */
export class FakeStorage implements Storage {
  [name: string]: unknown;
  get length() {
    return Object.keys(this).length;
  }
  clear() {
    for (const name of Object.keys(this)) delete this[name];
  }
  key(index: number) {
    return Object.keys(this)[index] ?? null;
  }
  getItem(name: string) {
    return (this[name] as string | undefined) ?? null;
  }
  setItem(name: string, value: string) {
    this[name] = value;
  }
  removeItem(name: string) {
    delete this[name];
  }
}

/** A browser's history that moves at once. */
export class FakeHistory implements SurveyHistory {
  entries: Entry[] = [{ step: 'notice', depth: 0, reviewDepth: null }];
  index = 0;
  address = '';
  /** What the page that was there before it was loaded anew told. */
  before: Delivery['kind'] | undefined;
  #listener: (entry: Entry) => void = () => undefined;

  current() {
    const entry = this.entries[this.index];
    if (!entry) throw new Error('the history has no such entry');
    return entry;
  }
  push(entry: Entry) {
    this.entries = [...this.entries.slice(0, this.index + 1), entry];
    this.index += 1;
  }
  replace(entry: Entry, address?: string) {
    this.entries[this.index] = entry;
    if (address !== undefined) this.address = address;
  }
  back(entries: number) {
    this.index -= entries;
    this.#listener(this.current());
  }
  onArrive(listener: (entry: Entry) => void) {
    this.#listener = listener;
  }
  thanked() {
    return this.before;
  }
}

/** Keeps in memory; the next `failures` tries reject. `isFull`: the device's storage takes nothing. */
export class FakeOutbox implements Outbox {
  readonly keeping = 'device';
  readonly entries = signal<readonly OutboxEntry[]>([]);
  readonly forgotten = signal(0);
  readonly unreadable = signal(0);
  readonly uncounted = signal(0);
  readonly trouble = signal<StorageTrouble>('none');
  readonly room = signal(null);
  isFull = false;
  readonly kept: Envelope[] = [];
  readonly offered: Envelope[] = [];
  failures = 0;

  async keep(envelope: Envelope) {
    this.offered.push(envelope);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the disk is full');
    }
    this.kept.push(envelope);
    const entry = { envelope, keptAt: 0, attempts: 0, isStored: !this.isFull };
    this.entries.value = [...this.entries.value, { ...entry, state: { kind: 'queued' } }];
  }
  /** Changes every entry, as time and the network do. */
  become(change: Partial<OutboxEntry>) {
    this.entries.value = this.entries.value.map((entry) => ({ ...entry, ...change }));
  }
  sendNow() {
    throw new Error('nobody asked to send now');
  }
}

export interface Respondent {
  survey: Survey;
  texts: Texts;
  history: FakeHistory;
  outbox: FakeOutbox;
  /** What was saved to files. */
  files: Envelope[][];
  /** `isCut`: the page cannot fetch the code that sends. */
  page: { isCut: boolean; freshStarts: number };
  clock: { now: number };
  /** What the server would say to each code. */
  channels: Map<string, ChannelFound>;
  /** Lets the server think before it answers to a code. */
  answerLater: (code: string, answer: Promise<ChannelFound>) => void;
  /** What the device keeps of channels, by code. */
  remembered: Map<string, Channel>;
  /** The name of the step on the screen, or the kind of the screen. */
  place: () => string;
  /** Chooses and goes on, as a tap does. */
  tap: (option: number | null) => void;
}

/** Of all pages together: no two draw the same. */
let ids = 0;

/** A person with a phone. Give a storage that was used before for a tab that was reloaded. */
export async function createRespondent(
  storage: Storage | null = new FakeStorage(),
  loadWords: LoadTexts = loadTexts,
): Promise<Respondent> {
  const first = await loadTexts('th', null);
  const texts = createTexts({ language: 'th', texts: first, instrument: null }, loadWords);
  const history = new FakeHistory();
  const outbox = new FakeOutbox();
  const files: Envelope[][] = [];
  const page = { isCut: false, freshStarts: 0 };
  const clock = { now: Date.UTC(2025, 5, 30, 9) };
  const channels = new Map<string, ChannelFound>();
  const later = new Map<string, Promise<ChannelFound>>();
  const remembered = new Map<string, Channel>();
  const survey = createSurvey(texts, {
    now: () => clock.now,
    today: () => '2025-06-30',
    randomId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    history,
    drafts: createDraftStore(storage),
    loadChannel: async (code) =>
      (await later.get(code)) ?? channels.get(code) ?? { state: 'unreachable', code },
    channels: {
      read: async (code) => remembered.get(code) ?? null,
      remember: async (channel) => {
        remembered.set(channel.code, channel);
      },
    },
    loadSending: async () => {
      if (page.isCut) throw new TypeError('Failed to fetch dynamically imported module');
      return {
        toEnvelope,
        mayBeStored,
        openOutbox: async () => outbox,
        saveFile: (envelopes) => void files.push([...envelopes]),
      };
    },
    startAfresh: () => {
      page.freshStarts += 1;
    },
  });

  const questionOnScreen = (): Question => {
    const screen = survey.screen.value;
    if (screen.kind !== 'answering') throw new Error(`nobody answers on the ${screen.kind} screen`);
    const { step } = screen.answering;
    if (step.kind !== 'item' && step.kind !== 'field') throw new Error('no question is asked');
    return step;
  };
  return {
    survey,
    texts,
    history,
    outbox,
    files,
    page,
    clock,
    channels,
    answerLater: (code, answer) => void later.set(code, answer),
    remembered,
    place() {
      const screen = survey.screen.value;
      return screen.kind === 'answering' ? stepName(screen.answering.step) : screen.kind;
    },
    tap(option) {
      survey.choose(questionOnScreen(), option);
      survey.next();
    },
  };
}

/** Goes from the notice to the review, the same option everywhere. */
export function answerAll(respondent: Respondent, option = 1): void {
  respondent.survey.next();
  answerRest(respondent, option);
}

/** Goes on to the review, the same option everywhere. */
export function answerRest(respondent: Respondent, option = 1): void {
  while (respondent.place() !== 'review') respondent.tap(option);
}
