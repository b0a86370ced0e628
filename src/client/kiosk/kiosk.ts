// The counter's tablet without its markup: who is at it, and what comes between two people.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import type { KioskSettings } from '#core/contract/kiosk.ts';
import type { Language } from '#core/contract/language.ts';
import { presenceAt, secondsLeft, stay, touched, type Presence } from '#core/kiosk/idle.ts';
import type { Texts } from '../i18n/texts.ts';
import type { ChannelFound } from '../survey/channel-found.ts';
import type { ChannelStore } from '../survey/channel-store.ts';
import type { Survey } from '../survey/survey.ts';
import type { KioskServer } from './kiosk-server.ts';
import { isBetweenPeople, type KioskScreen } from './kiosk-screen.ts';
import { settingsOf, type KioskStore } from './kiosk-store.ts';
import { createPinDoor } from './pin-door.ts';

/** The thanks stay this long by themselves. */
const THANKS_MS = 15_000;
/** Staff who walk away leave nothing open. */
const STAFF_MS = 60_000;
/** How often the tablet asks for its settings and its channels. */
export const CONTACT_EVERY_MS = 10 * 60_000;
/** After a contact that failed. */
const RETRY_MS = 30_000;

/** What the last contact with the server showed. Milliseconds since the epoch. */
export interface Contact {
  at: number;
  /** How far the device's clock is ahead of the server's; null if the server did not tell. */
  aheadMs: number | null;
}

/** All that a kiosk does to the world, wired once in main.tsx. */
export interface KioskEffects {
  now(): number;
  store: KioskStore;
  server: KioskServer;
  /** A name of its own that nobody can guess. */
  newToken(): string;
  channels: ChannelStore;
  /** Never rejects. */
  loadChannel(code: string): Promise<ChannelFound>;
  /** A survey for one person, with a memory of its own. */
  newSurvey(): Survey;
  texts: Texts;
  /** Makes the words of a questionnaire ready in all languages, so that a change needs no network. */
  prepare(instruments: readonly string[]): Promise<void>;
  /** Takes off the page whatever the browser keeps of a person: focus, scroll, selection, the tab's storage. */
  wipe(): void;
}

export interface Kiosk {
  readonly screen: ReadonlySignal<KioskScreen>;
  readonly settings: ReadonlySignal<KioskSettings | null>;
  /** Those of the settings that the device has, open or closed. */
  readonly channels: ReadonlySignal<readonly Channel[]>;
  readonly presence: ReadonlySignal<Presence>;
  /** Seconds until the person on show is taken for gone; of use while `presence` is asking, and on the thanks. */
  readonly secondsLeft: ReadonlySignal<number>;
  readonly contact: ReadonlySignal<Contact | null>;
  /** Milliseconds until a PIN may be tried again. */
  readonly pinWait: ReadonlySignal<number>;
  /** Begins with what the device knows, or with the link that it was opened by. */
  open: (link: string | null) => Promise<void>;
  /** Asks the server for settings and channels; also called by itself. Never rejects. */
  reach: () => Promise<void>;
  begin: (language: Language) => Promise<void>;
  chooseCounter: (channel: Channel) => Promise<void>;
  /** The browser's Back. */
  back: () => void;
  /** The turn is over: nothing is left of it. */
  end: () => void;
  /** Somebody touched the tablet. */
  touch: () => void;
  /** The answer to "still there?". */
  stay: () => void;
  /** A second has passed, more or less. */
  tick: () => void;
  askPin: () => void;
  tryPin: (pin: string) => Promise<boolean>;
}

const NOTHING_TO_ANSWER: ReadonlySet<string> = new Set(['closed', 'unreachable', 'problem']);

const isOpen = ({ state }: Channel) => state === 'open';

/** Those that take answers now. */
export const openChannels = (channels: readonly Channel[]) => channels.filter(isOpen);

export function createKiosk(effects: KioskEffects): Kiosk {
  const { store, server, texts } = effects;
  const screen = signal<KioskScreen>({ kind: 'opening' });
  const settings = signal(settingsOf(store.readStanding()));
  const channels = signal<readonly Channel[]>([]);
  const presence = signal<Presence>(stay(effects.now()));
  const left = signal(0);
  const contact = signal<Contact | null>(null);
  const pinDoor = createPinDoor(effects);
  let turns = 0;
  /** The link by which an enrolled tablet was opened: again the same one, or a new one for another place. */
  let anotherLink: string | null = null;
  let reachedAt = effects.now();
  let isReaching = false;

  const surveyKind = () =>
    screen.value.kind === 'turn' ? screen.value.turn.survey.screen.value.kind : null;

  function idleMs(): number {
    const { kind } = screen.value;
    if (kind === 'pin' || kind === 'status') return STAFF_MS;
    return surveyKind() === 'finished' ? THANKS_MS : (settings.value?.idleSeconds ?? 0) * 1000;
  }

  /** Only whoever would lose answers is asked. */
  const asksFirst = () => screen.value.kind === 'turn' && surveyKind() !== 'finished';

  /** Nobody is sent away while the device writes down what they said. */
  function isKeeping(): boolean {
    if (screen.value.kind !== 'turn') return false;
    const { value } = screen.value.turn.survey.screen;
    return value.kind === 'answering' && value.answering.sending.kind === 'keeping';
  }

  const show = (next: KioskScreen) => {
    presence.value = stay(effects.now());
    screen.value = next;
  };

  /** Where nobody is at the tablet. */
  function rest(): void {
    const standing = store.readStanding();
    settings.value = settingsOf(standing);
    if (standing.state === 'none') show({ kind: 'not-enrolled' });
    else if (standing.state === 'revoked') show({ kind: 'revoked' });
    else if (standing.state === 'linked') show({ kind: 'enrolling', trouble: null });
    else show({ kind: channels.value.length > 0 ? 'start' : 'not-ready' });
  }

  /** What became known of the tablet shows at once where nobody is at it, else when they have gone. */
  const restIfFree = () => {
    if (isBetweenPeople(screen.value)) rest();
  };

  /** Puts what the device has of the channels on show; words first, so that whoever begins finds all of them. */
  async function showChannels(known: readonly Channel[]): Promise<void> {
    const instruments = [...new Set(known.map(({ instrument }) => instrument.id))];
    await effects.prepare(instruments).catch(() => undefined);
    channels.value = known;
    restIfFree();
  }

  async function readChannels(): Promise<void> {
    const codes = settings.value?.channels ?? [];
    const kept = await Promise.all(codes.map((code) => effects.channels.read(code)));
    await showChannels(kept.filter((channel) => channel !== null));
  }

  /** One after the other: a hundred tablets that wake together are enough. What cannot be had stays as it was. */
  async function loadChannels(): Promise<void> {
    const found: Channel[] = [];
    for (const code of settings.value?.channels ?? []) {
      const asked = await effects.loadChannel(code);
      if (asked.state === 'found') {
        await effects.channels.remember(asked.channel);
        found.push(asked.channel);
      } else if (asked.state === 'unreachable') {
        const kept = await effects.channels.read(code);
        if (kept) found.push(kept);
      }
    }
    await showChannels(found);
  }

  async function askServer(): Promise<void> {
    const standing = store.readStanding();
    if (standing.state !== 'linked' && standing.state !== 'enrolled') return;
    const { token } = standing;
    const link = standing.state === 'linked' ? standing.link : anotherLink;
    let reply = link === null ? await server.contact(token) : await server.enrol(link, token);
    if (reply.kind !== 'unreachable') anotherLink = null;
    // A link that is no good takes nothing away.
    if (reply.kind === 'refused' && link !== null && standing.state === 'enrolled')
      reply = await server.contact(token);
    if (reply.kind === 'settings') {
      contact.value = {
        at: effects.now(),
        aheadMs: reply.serverTime === null ? null : effects.now() - reply.serverTime,
      };
      store.keepStanding({ state: 'enrolled', token, settings: reply.settings });
      settings.value = reply.settings;
      await loadChannels();
    } else if (reply.kind === 'refused' && reply.problem === 'kiosk-unknown') {
      store.keepStanding({ state: 'revoked' });
      restIfFree();
    } else if (standing.state === 'linked' && screen.value.kind === 'enrolling')
      show({
        kind: 'enrolling',
        trouble: reply.kind === 'refused' ? 'link-used' : 'unreachable',
      });
  }

  const kiosk: Kiosk = {
    screen,
    settings,
    channels,
    presence,
    secondsLeft: left,
    contact,
    pinWait: pinDoor.wait,
    async open(link) {
      if (store.readStanding().state === 'enrolled') anotherLink = link;
      else if (link !== null)
        store.keepStanding({ state: 'linked', link, token: effects.newToken() });
      if (settings.value) await readChannels();
      rest();
      await kiosk.reach();
    },
    async reach() {
      if (isReaching) return;
      isReaching = true;
      const before = contact.value;
      await askServer();
      isReaching = false;
      const hasReached = contact.value !== before;
      reachedAt = effects.now() - (hasReached ? 0 : CONTACT_EVERY_MS - RETRY_MS);
    },
    async begin(language) {
      if (screen.value.kind !== 'start') return;
      const [only, ...others] = openChannels(channels.value);
      if (!only) return;
      // Words that were not made ready: better in another language than not at all.
      await texts.switchTo(language).catch(() => undefined);
      if (screen.value.kind !== 'start') return;
      if (others.length > 0) show({ kind: 'counters', language });
      else await kiosk.chooseCounter(only);
    },
    async chooseCounter(channel) {
      const survey = effects.newSurvey();
      await survey.open({ state: 'found', channel });
      // Its words cannot be had, or it was closed at this moment.
      if (NOTHING_TO_ANSWER.has(survey.screen.value.kind)) {
        kiosk.end();
        return;
      }
      turns += 1;
      show({ kind: 'turn', turn: { survey, number: turns, aside: signal(null) } });
    },
    back() {
      if (screen.value.kind === 'counters') kiosk.end();
      if (screen.value.kind !== 'turn' || presence.value.kind === 'asking') return;
      const { survey, aside } = screen.value.turn;
      const { value } = survey.screen;
      if (aside.value !== null) {
        aside.value = null;
        return;
      }
      if (value.kind === 'answering' && value.answering.step.kind !== 'notice') survey.back();
      else kiosk.end();
    },
    end() {
      if (isKeeping()) return;
      rest();
      void texts.switchTo('th').catch(() => undefined);
      effects.wipe();
    },
    touch() {
      presence.value = touched(presence.value, effects.now());
    },
    stay() {
      presence.value = stay(effects.now());
    },
    tick() {
      const now = effects.now();
      pinDoor.tick();
      if (now < reachedAt || now - reachedAt >= CONTACT_EVERY_MS) void kiosk.reach();
      if (isBetweenPeople(screen.value) || isKeeping()) {
        presence.value = stay(now);
        return;
      }
      const next = presenceAt(presence.value, idleMs(), now);
      if (next.kind === 'over' || (next.kind === 'asking' && !asksFirst())) {
        kiosk.end();
        return;
      }
      if (next !== presence.value) presence.value = next;
      left.value =
        next.kind === 'asking'
          ? secondsLeft(next, now)
          : Math.max(0, Math.ceil((next.since + idleMs() - now) / 1000));
    },
    askPin() {
      if (isBetweenPeople(screen.value) && settings.value !== null) show({ kind: 'pin' });
    },
    async tryPin(pin) {
      const lock = settings.value?.pin;
      const isRight = lock !== undefined && (await pinDoor.opens(pin, lock));
      if (isRight && screen.value.kind === 'pin') show({ kind: 'status' });
      return isRight;
    },
  };
  return kiosk;
}
