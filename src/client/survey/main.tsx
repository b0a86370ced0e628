// The respondent's app: the one place where its effects are made and wired.
import { computed, effect, signal } from '@preact/signals';
import type { Admission } from '#core/contract/admission.ts';
import { chooseLanguage } from '#core/contract/choose-language.ts';
import type { Language } from '#core/contract/language.ts';
import type { PageData } from '#core/contract/page-data.ts';
import { loadSurveyTexts } from '../i18n/load-survey-texts.ts';
import { createTexts, type FirstTexts, type Texts } from '../i18n/texts.ts';
import { openIfHolding } from '../sync/open-if-holding.ts';
import type { Outbox } from '../sync/outbox.ts';
import { takeAdmission } from './admission-in-address.ts';
import { App } from './app.tsx';
import type { ChannelFound } from './channel-found.ts';
import { createChannelStore } from './channel-store.ts';
import { thankedIn } from './delivery.ts';
import { createDraftStore } from './draft-store.ts';
import { hearEarlyTaps } from './early-taps.ts';
import { reloadIfReachable } from './fresh-page.ts';
import { inAppBrowserOf } from './in-app-browser.ts';
import { createKeptWords } from './kept-words.ts';
import { noteLanguage, notedLanguage } from './left-language.ts';
import { localDay } from './local-day.ts';
import { whenOutdated } from './outdated.ts';
import { readPageData } from './page-data.ts';
import { afterPaint } from '../ui/after-paint.ts';
import { askBeforeUnload } from '../ui/ask-before-unload.ts';
import { begin } from '../ui/begin.ts';
import { createQuietMoments } from '../ui/quiet-moments.ts';
import { uuidFrom } from '../local/random-id.ts';
import type { SendingParts } from './sending-parts.ts';
import { SurveyContext } from './survey-context.ts';
import { createSurveyHistory } from './survey-history.ts';
import { createSurvey, type Survey } from './survey.ts';
import { BEGUN, takeOver } from './take-over.ts';
import { watchForUpdate, type UpdateEffects } from './update.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import './survey.css';
import './question.css';
import './screens.css';
import './waiting-page.css';

/** The parts for sending are fetched this long after the first screen, when nobody waits for anything. */
const FETCH_SENDING_AFTER_MS = 1500;

/** How often it is looked whether somebody left in the middle. */
const FORGET_EVERY_MS = 60_000;

const loadParts = async () => import('./sending.ts');

/** What Send needs, fetched when first asked for; a page opens its outbox once, and `onOpened` hears of it. */
function createSendingLoader(onOpened: (outbox: Outbox) => void): () => Promise<SendingParts> {
  let opening: Promise<Outbox> | null = null;
  return async () => {
    const { openOutbox, ...parts } = await loadParts();
    const openAndTell = async () => {
      const outbox = await openOutbox();
      onOpened(outbox);
      return outbox;
    };
    return { ...parts, openOutbox: () => (opening ??= openAndTell()) };
  };
}

/**
 * Where even the code that asks for a channel cannot be fetched, there is no network to ask over. If there is, as it failed before, whoever
 * typed a code gets the page of the channel, which needs none of it.
 */
async function loadChannel(code: string): Promise<ChannelFound> {
  try {
    const parts = await loadParts();
    return await parts.loadChannel(code, fetch);
  } catch {
    if (!location.pathname.startsWith('/s/'))
      await reloadIfReachable(fetch, () => location.assign(`/s/${code}`));
    return { state: 'unreachable', code };
  }
}

/** Null where the browser forbids the tab's storage. */
function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** Of its own: the page of the thanks asks by itself, and for longer. */
const askOnce = (event: BeforeUnloadEvent) => askBeforeUnload(event);

/** Where a reload would lose answers. */
function askBeforeLeaving(isNeeded: boolean): void {
  if (isNeeded) addEventListener('beforeunload', askOnce);
  else removeEventListener('beforeunload', askOnce);
}

const words = createKeptWords(loadSurveyTexts, window.caches, import.meta.url);

/** What the page brought of texts. */
const textsOf = ({ language, texts, channel }: PageData): FirstTexts => ({
  language,
  texts,
  instrument: channel.state === 'found' ? channel.channel.instrument.id : null,
});

async function firstTexts(pageData: PageData | null): Promise<FirstTexts> {
  if (pageData) return textsOf(pageData);
  const first = await words.loadFirst(chooseLanguage(navigator.languages));
  return { ...first, instrument: null };
}

/**
 * Puts away for a start without network what the page brought with it, and has its page kept. `isThere`: whether the address is any
 * channel's.
 */
async function keepForLaterVisits(
  pageData: PageData | null,
  inWords: Language,
  isThere: Promise<boolean>,
): Promise<void> {
  const { handOverStyle, keepPage } = await loadParts();
  const { pathname, origin } = location;
  if (pathname.startsWith('/s/'))
    void keepPage(serviceWorker, pathname, inWords, isThere).catch(ignore);
  if (!serviceWorker || !pageData) return;
  const { language, instrument, texts } = textsOf(pageData);
  await words.keep(language, instrument, texts);
  if (!serviceWorker.controller) await handOverStyle(document, window.caches, origin);
}

/** Whether the app begins as the page that the server rendered: with the notice, of a channel that anybody may answer. */
const beginsAsRendered = (admission: Admission | null): boolean =>
  document.getElementById(BEGUN) !== null &&
  // Somebody's draft, or what was noted before this page was left.
  !admission &&
  !history.state &&
  !tabStorage()?.length;

/** A failure that is met again, and told then. */
const ignore = () => undefined;

async function open(survey: Survey, texts: Texts, pageData: PageData | null): Promise<void> {
  const [, place, code] = location.pathname.split('/');
  // The waiting page's address carries on in the language of the page that led there.
  const inAddress = place === 'waiting' ? location.hash.slice(1) : '';
  const language = chooseLanguage([notedLanguage(), inAddress, texts.language.value]);
  if (language !== texts.language.value) await texts.switchTo(language).catch(ignore);
  if (place === 'waiting') {
    survey.showWaiting();
  } else if (place === 'privacy') {
    await texts.switchTo(chooseLanguage([(code ?? '').slice(0, 2)])).catch(ignore);
    survey.showNotHere(location.hash.slice(1));
  } else if (pageData && pageData.channel.state !== 'none') await survey.open(pageData.channel);
  else if (place === 's' && code) await survey.openCode(code);
  else survey.askCode();
}

/** Missing on plain HTTP and in old web views, whatever the types say. */
const serviceWorker = 'serviceWorker' in navigator ? navigator.serviceWorker : null;

function updateEffects(): UpdateEffects {
  return {
    serviceWorker,
    worker: { script: '/worker.js', scope: '/' },
    reload: () => location.reload(),
    onVisible: (callback) =>
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) callback();
      }),
    now: () => Date.now(),
  };
}

async function start(): Promise<void> {
  const admission = takeAdmission(window, Date.now());
  // What the server rendered is painted first, so that nobody waits for the scripts; not where there is nothing yet.
  if ((document.getElementById('app') as HTMLElement).hasChildNodes())
    await new Promise<void>(afterPaint);
  const whenQuiet = createQuietMoments();
  const early = hearEarlyTaps(whenQuiet);
  if (beginsAsRendered(admission)) await early.moment;
  const pageData = readPageData(document);
  const update = watchForUpdate(updateEffects());
  const outbox = signal<Outbox | null>(null);
  const loadSending = createSendingLoader((opened) => {
    outbox.value = opened;
    whenOutdated(opened, () => update.check());
  });
  const texts = createTexts(await firstTexts(pageData), words.load);
  const survey = createSurvey(texts, {
    now: () => Date.now(),
    today: () => localDay(new Date()),
    randomId: () => uuidFrom(crypto.getRandomValues(new Uint8Array(16))),
    history: createSurveyHistory(window),
    drafts: createDraftStore(tabStorage(), askBeforeLeaving),
    loadChannel,
    channels: createChannelStore(window.caches),
    loadSending,
    startAfresh: () => void reloadIfReachable(fetch, () => location.reload()),
  });
  const openOutbox = async () => (await loadSending()).openOutbox();
  const inApp = inAppBrowserOf(navigator.userAgent);
  const tools = { survey, texts, inApp, update, outbox, openOutbox };
  if (admission) survey.arriveBy(admission);
  // Another QR code of the same channel, in the same tab: the page stays.
  window.addEventListener('hashchange', () => {
    const next = takeAdmission(window, Date.now());
    if (next) survey.arriveBy(next);
  });
  setInterval(survey.forgetAbandoned, FORGET_EVERY_MS);
  // A phone in a pocket counts no time: the first look at it does.
  document.addEventListener('visibilitychange', survey.forgetAbandoned);
  // What has to be fetched is waited for in sight. A tap that came meanwhile is shown before the page is busy again.
  const opened = open(survey, texts, pageData);
  await new Promise<void>(afterPaint);
  // Safari lets nobody write into the history often: only what is another word now.
  const told = computed(() => thankedIn(survey.screen.value));
  // At whichever entry of the history the page is loaded again.
  const note = () => {
    const { value } = texts.language;
    const thanked = told.value;
    if (history.state || thanked || value !== pageData?.language) noteLanguage(value, { thanked });
  };
  void opened.then(() => effect(note));
  window.addEventListener('popstate', note);
  takeOver(
    survey,
    <SurveyContext.Provider value={tools}>
      <App />
    </SurveyContext.Provider>,
    texts.language.value === pageData?.language,
    early,
  );
  // A page that came by the worker was kept at an earlier visit.
  if (serviceWorker?.controller && pageData?.channel.state === 'found')
    void survey.refresh(pageData.channel.channel);
  // A page that was kept of a channel that is no more is asked for once, which lets go of it.
  const isThere = opened.then(
    () => survey.screen.value.kind !== 'problem' || pageData?.channel.state === 'found',
  );
  setTimeout(() => {
    // Fetched ahead, so that Send works when the network goes away in the middle.
    whenQuiet(() => void loadSending().catch(ignore));
    whenQuiet(() => {
      const language = pageData?.language ?? texts.language.value;
      // A worker that has the page would be of no use without words.
      void keepForLaterVisits(pageData, language, isThere)
        .catch(ignore)
        .then(() => update.start());
    });
  }, FETCH_SENDING_AFTER_MS);
  // What waits from an earlier visit goes out by itself.
  whenQuiet(() => void openIfHolding(window, () => void openOutbox().catch(ignore)));
}

begin(start);
