import { createTexts } from '#client/i18n/texts.ts';
import { createKiosk, type Kiosk } from '#client/kiosk/kiosk.ts';
import type { KioskReply, KioskServer } from '#client/kiosk/kiosk-server.ts';
import { createKioskStore } from '#client/kiosk/kiosk-store.ts';
import { createMemoryHistory } from '#client/kiosk/memory-history.ts';
import type { ChannelFound } from '#client/survey/channel-found.ts';
import { createDraftStore } from '#client/survey/draft-store.ts';
import { createSurvey } from '#client/survey/survey.ts';
import { mayBeStored, toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { KioskSettings } from '#core/contract/kiosk.ts';
import { questionsOf } from '#core/flow/steps.ts';
import { lockFor } from '#server/pin-lock.ts';
import { FakeOutbox, FakeStorage, loadTexts } from '../survey/respondent.ts';

export const PIN = '290467';

/** A counter's tablet on which nothing is real but its logic. Give a storage that was used before for one that was rebooted. */
export async function createTablet(
  storage: Storage | null = new FakeStorage(),
  kept = new Map<string, Channel>(),
) {
  const clock = { now: Date.UTC(2025, 5, 30, 9) };
  const texts = createTexts(
    { language: 'th', texts: await loadTexts('th', null), instrument: null },
    loadTexts,
  );
  const outbox = new FakeOutbox();
  /** What the server says; null: there is no network. */
  const office: { reply: KioskReply | null; asked: string[]; channels: Map<string, Channel> } = {
    reply: null,
    asked: [],
    channels: new Map(),
  };
  const answer = async (what: string): Promise<KioskReply> => {
    office.asked.push(what);
    return office.reply ?? { kind: 'unreachable' };
  };
  const server: KioskServer = {
    enrol: (link, token) => answer(`enrol ${link} ${token}`),
    contact: (token) => answer(`contact ${token}`),
  };
  const wipes = { count: 0 };
  let tokens = 0;
  let ids = 0;
  const kiosk: Kiosk = createKiosk({
    now: () => clock.now,
    store: createKioskStore(storage),
    server,
    newToken: () => `token-${(tokens += 1)}`,
    channels: {
      read: async (code) => kept.get(code) ?? null,
      remember: async (channel) => void kept.set(channel.code, channel),
    },
    loadChannel: async (code): Promise<ChannelFound> => {
      const channel = office.reply === null ? undefined : office.channels.get(code);
      return channel ? { state: 'found', channel } : { state: 'unreachable', code };
    },
    newSurvey: () =>
      createSurvey(texts, {
        now: () => clock.now,
        today: () => '2025-06-30',
        randomId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
        history: createMemoryHistory(),
        drafts: createDraftStore(null),
        loadChannel: async (code) => ({ state: 'unreachable', code }),
        channels: { read: async () => null, remember: async () => undefined },
        loadSending: async () => ({
          toEnvelope,
          mayBeStored,
          openOutbox: async () => outbox,
          saveFile: () => undefined,
        }),
        startAfresh: () => undefined,
      }),
    texts,
    prepare: async () => undefined,
    wipe: () => {
      wipes.count += 1;
    },
  });

  /** The survey of the person at the tablet. */
  const survey = () => {
    const { value } = kiosk.screen;
    if (value.kind !== 'turn') throw new Error(`nobody answers on the ${value.kind} screen`);
    return value.turn.survey;
  };
  return {
    kiosk,
    storage,
    kept,
    texts,
    outbox,
    office,
    wipes,
    survey,
    /** What stands on the tablet: of a turn what its survey shows. */
    place: () =>
      kiosk.screen.value.kind === 'turn' ? survey().screen.value.kind : kiosk.screen.value.kind,
    /** So many seconds in which nobody does anything. */
    pass: (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        clock.now += 1000;
        kiosk.tick();
      }
    },
    /** Answers everything with option 1, up to the review. */
    answerAll: () => {
      const { value } = survey().screen;
      if (value.kind !== 'answering') throw new Error('there is nothing to answer');
      survey().next();
      for (const question of questionsOf(value.answering.channel)) {
        survey().choose(question, 1);
        survey().next();
      }
    },
  };
}

/** What the server tells of a tablet for these channels. */
export async function settingsFor(
  channels: readonly Channel[],
  changes: Partial<KioskSettings> = {},
): Promise<KioskSettings> {
  return {
    name: 'เคาน์เตอร์ 1',
    channels: channels.map(({ code }) => code),
    idleSeconds: 45,
    pin: await lockFor(PIN, '00112233445566778899aabbccddeeff'),
    ...changes,
  };
}

/** A tablet that is enrolled for these channels and shows its start screen. */
export async function enrolledTablet(channels: readonly Channel[]) {
  const tablet = await createTablet();
  for (const channel of channels) tablet.office.channels.set(channel.code, channel);
  const settings = await settingsFor(channels);
  tablet.office.reply = { kind: 'settings', settings, serverTime: null };
  await tablet.kiosk.open('the-link');
  return tablet;
}
