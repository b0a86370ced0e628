// The counter's tablet without its markup: who is at it, and what comes between two people.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import type { Language } from '#core/contract/language.ts';
import { presenceAt, secondsLeft, stay, touched, type Presence } from '#core/kiosk/idle.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Survey } from '../survey/survey.ts';
import { createContact, type ContactEffects, type ServerContact } from './contact.ts';
import { isBetweenPeople, type KioskScreen } from './kiosk-screen.ts';
import { createPinDoor } from './pin-door.ts';

/** The thanks stay this long by themselves. */
const THANKS_MS = 15_000;
/** Staff who walk away leave nothing open. */
const STAFF_MS = 60_000;

/** All that a kiosk does to the world, wired once in main.tsx. */
export interface KioskEffects extends ContactEffects {
  /** A name of its own that nobody can guess. */
  newToken(): string;
  /** A survey for one person, with a memory of its own. */
  newSurvey(): Survey;
  texts: Texts;
  /** Takes off the page whatever the browser keeps of a person: focus, scroll, zoom, selection, the tab's storage. */
  wipe(): void;
}

export interface Kiosk {
  readonly screen: ReadonlySignal<KioskScreen>;
  readonly settings: ServerContact['settings'];
  readonly channels: ServerContact['channels'];
  readonly presence: ReadonlySignal<Presence>;
  /** Seconds until the person on show is taken for gone; of use while `presence` is asking, and on the thanks. */
  secondsLeft: () => number;
  readonly contact: ServerContact['latest'];
  /** Milliseconds until a PIN may be tried again. */
  readonly pinWait: ReadonlySignal<number>;
  /** Begins with what the device knows, or with the link that it was opened by. */
  open: (link: string | null) => Promise<void>;
  /** Asks the server for settings and channels; also called by itself. Never rejects. */
  reach: () => Promise<void>;
  begin: (language: Language) => Promise<void>;
  chooseCounter: (channel: Channel) => Promise<void>;
  /** The browser's Back, and that of the first screen of a turn. */
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
  const { store, texts } = effects;
  const screen = signal<KioskScreen>({ kind: 'opening' });
  const presence = signal<Presence>(stay(effects.now()));
  const left = signal(0);
  const pinDoor = createPinDoor(effects);
  let turns = 0;
  const contact = createContact(effects, {
    onNews: () => restIfFree(),
    onTrouble: (trouble) => {
      if (screen.value.kind === 'enrolling') show({ kind: 'enrolling', trouble });
    },
  });
  const { settings, channels } = contact;

  const surveyKind = () =>
    screen.value.kind === 'turn' ? screen.value.turn.survey.screen.value.kind : null;

  const isThanking = () => surveyKind() === 'finished';

  function idleMs(): number {
    const { kind } = screen.value;
    if (kind === 'pin' || kind === 'status') return STAFF_MS;
    return isThanking() ? THANKS_MS : (settings.value?.idleSeconds ?? 0) * 1000;
  }

  /** Only whoever would lose answers is asked. */
  const asksFirst = () => screen.value.kind === 'turn' && !isThanking();

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
    contact.readSettings();
    if (standing.state === 'none') show({ kind: 'not-enrolled' });
    else if (standing.state === 'revoked') show({ kind: 'revoked' });
    else if (standing.state === 'linked') show({ kind: 'enrolling', trouble: null });
    else show({ kind: channels.value.length > 0 ? 'start' : 'not-ready' });
  }

  /** What became known of the tablet shows at once where nobody is at it, else when they have gone. */
  const restIfFree = () => {
    if (isBetweenPeople(screen.value)) rest();
  };

  const kiosk: Kiosk = {
    screen,
    settings,
    channels,
    presence,
    // What was left of the questions says nothing of the thanks, which come between two ticks.
    secondsLeft: () => (isThanking() ? Math.min(left.value, THANKS_MS / 1000) : left.value),
    contact: contact.latest,
    pinWait: pinDoor.wait,
    async open(link) {
      const isEnrolled = store.readStanding().state === 'enrolled';
      if (!isEnrolled && link !== null) {
        // A link works once: it is not spent on a browser that forgets it.
        if (!store.isLasting()) {
          show({ kind: 'enrolling', trouble: 'forgets' });
          return;
        }
        store.keepStanding({ state: 'linked', link, token: effects.newToken() });
      }
      if (settings.value) await contact.readChannels();
      rest();
      await contact.reach(isEnrolled ? link : null);
    },
    reach: () => contact.reach(),
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
      // Another counter was meant perhaps.
      else if (!isThanking() && openChannels(channels.value).length > 1)
        show({ kind: 'counters', language: texts.language.value });
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
      contact.tick();
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
