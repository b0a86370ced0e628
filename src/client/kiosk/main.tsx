// The counter's tablet: the survey for one person after the other. The one place where its effects are made and wired.
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { LANGUAGES } from '#core/contract/language.ts';
import { isUnacknowledged } from '#core/outbox/entry.ts';
import { loadSurveyTexts } from '../i18n/load-survey-texts.ts';
import { createTexts } from '../i18n/texts.ts';
import { uuidFrom } from '../local/random-id.ts';
import { createChannelStore, type ChannelStore } from '../survey/channel-store.ts';
import { createDraftStore } from '../survey/draft-store.ts';
import { loadChannel } from '../survey/load-channel.ts';
import { localDay } from '../survey/local-day.ts';
import { whenOutdated } from '../survey/outdated.ts';
import * as sending from '../survey/sending-parts.ts';
import { createSurvey } from '../survey/survey.ts';
import { summarize } from '../survey/waiting-summary.ts';
import { watchForUpdate } from '../survey/update.ts';
import type { Outbox } from '../sync/outbox.ts';
import { App } from './app.tsx';
import { guardBack } from './back-guard.ts';
import { createKiosk } from './kiosk.ts';
import { KioskContext } from './kiosk-context.ts';
import { createKioskServer } from './kiosk-server.ts';
import { createKioskStore } from './kiosk-store.ts';
import { takeLink } from './link.ts';
import { createMemoryHistory } from './memory-history.ts';
import { fillScreen, keepAwake, leaveFullScreen } from './screen-control.ts';
import { updateBetweenPeople } from './update-between-people.ts';
import { wipePage } from './wipe-page.ts';
import { begin } from '../ui/begin.ts';
import { heedNewLink } from '../ui/heed-new-link.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import '../survey/survey.css';
import '../survey/question.css';
import '../survey/screens.css';
import './kiosk.css';
import './kiosk-screens.css';

const TICK_MS = 500;
/** A page that is always looked at never hears that it is looked at again: it asks for a new version this often. */
const UPDATE_CHECK_MS = 60 * 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'input'];

/** Null where the browser forbids it. */
function localStorageOf(page: Window): Storage | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}

const now = () => Date.now();
const randomId = () => uuidFrom(crypto.getRandomValues(new Uint8Array(16)));

/** The kiosk itself keeps the channels up to date; the survey of one person leaves them alone. */
const UNTOUCHED: ChannelStore = {
  read: async () => null,
  remember: async () => undefined,
};

/** Of the file that this runs from: the build writes a hash of the content into its name. */
const version = /-([\w-]+)\.js/.exec(import.meta.url)?.[1] ?? '-';

async function start(): Promise<void> {
  const link = takeLink(window);
  const texts = createTexts(
    { language: 'th', texts: await loadSurveyTexts('th', null), instrument: null },
    loadSurveyTexts,
  );
  const outbox = signal<Outbox | null>(null);
  let opening: Promise<Outbox> | null = null;
  const openOutbox = () => (opening ??= sending.openOutbox({ isShared: true }));
  const update = watchForUpdate({
    serviceWorker: 'serviceWorker' in navigator ? navigator.serviceWorker : null,
    worker: { script: '/kiosk-worker.js', scope: '/kiosk' },
    reload: () => location.reload(),
    onVisible: (callback) => setInterval(callback, UPDATE_CHECK_MS),
    now,
  });
  const kiosk = createKiosk({
    now,
    store: createKioskStore(localStorageOf(window)),
    server: createKioskServer((...request) => fetch(...request)),
    newToken: randomId,
    channels: createChannelStore(window.caches),
    loadChannel: (code) => loadChannel(code, fetch),
    newSurvey: () =>
      createSurvey(texts, {
        now,
        today: () => localDay(new Date()),
        randomId,
        history: createMemoryHistory(),
        // In memory alone: a reload shows nobody what was being answered.
        drafts: createDraftStore(null),
        loadChannel: async (code) => ({ state: 'unreachable', code }),
        channels: UNTOUCHED,
        loadSending: async () => ({ ...sending, openOutbox }),
        startAfresh: () => undefined,
      }),
    texts,
    prepare: async (instruments) => {
      for (const language of LANGUAGES)
        for (const instrument of instruments) await loadSurveyTexts(language, instrument);
    },
    wipe: () => wipePage(window),
  });
  const time = signal(now());
  const sentCount = computed(() => {
    const here = outbox.value;
    return here === null ? 0 : summarize(here.entries.value, here.forgotten.value).sent;
  });
  const lastSent = signal<number | null>(null);
  let sentBefore = 0;
  effect(() => {
    if (sentCount.value > sentBefore) lastSent.value = now();
    sentBefore = sentCount.value;
  });
  const guard = guardBack(window, () => kiosk.back());
  const root = document.getElementById('app');
  if (!root) throw new Error('the page has no place for the kiosk');
  render(
    <KioskContext.Provider
      value={{
        kiosk,
        texts,
        outbox,
        openOutbox,
        update,
        version,
        now: time,
        lastSent,
        fillScreen: () => fillScreen(document),
        leaveFullScreen: () => leaveFullScreen(document),
        saveFile: (from) =>
          sending.saveFile(
            from.entries.value.filter(isUnacknowledged).map(({ envelope }) => envelope),
            localDay(new Date()),
          ),
      }}
    >
      <App />
    </KioskContext.Provider>,
    root,
  );
  for (const touch of TOUCHES)
    document.addEventListener(touch, () => kiosk.touch(), { capture: true, passive: true });
  document.addEventListener('click', guard.arm, { capture: true });
  setInterval(() => {
    time.value = now();
    kiosk.tick();
  }, TICK_MS);
  keepAwake(document, navigator);
  heedNewLink(window);
  update.start();
  updateBetweenPeople(update, kiosk.screen, outbox);
  const showOutbox = async () => {
    const here = await openOutbox();
    outbox.value = here;
    whenOutdated(here, () => update.check());
  };
  await Promise.all([showOutbox(), kiosk.open(link)]);
}

begin(start);
