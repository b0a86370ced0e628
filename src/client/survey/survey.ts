// The respondent's app without its markup: which screen, and what each act of the person does to it.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Admission } from '#core/contract/admission.ts';
import type { Channel } from '#core/contract/channel.ts';
import { isChannelCode, normalizeChannelCode } from '#core/contract/channel-code.ts';
import type { Language } from '#core/contract/language.ts';
import { buildResponse } from '#core/flow/build-response.ts';
import { isBegun, stepName } from '#core/flow/steps.ts';
import { reachableStep } from '#core/flow/walk.ts';
import type { Texts } from '../i18n/texts.ts';
import { abandonedChannel } from './abandoned.ts';
import { beginAnswering, codeToAskFor, type Answering } from './answering.ts';
import { createChannelEntry } from './channel-entry.ts';
import type { ChannelFound } from './channel-found.ts';
import { isOfAnother, savedFrom } from './draft-store.ts';
import { fetchWords } from './fetch-words.ts';
import { createKeeping } from './keeping.ts';
import type { Screen } from './screen.ts';
import type { SurveyEffects } from './survey-effects.ts';
import { createWalking, type Walking } from './walking.ts';

export interface Survey extends Walking {
  readonly screen: ReadonlySignal<Screen>;
  /** Takes what the address told that the person came in by: for the channel on show, or else for the one that is opened next. */
  arriveBy: (admission: Admission) => void;
  /** Opens /s/CODE, the code as it stands in the address. */
  openCode: (code: string) => Promise<void>;
  /** Shows what became of a channel; one whose instrument has no words here is unreachable. Never rejects. */
  open: (found: ChannelFound) => Promise<void>;
  /** Asks the server whether a channel that this device had kept is still as it was. */
  refresh: (kept: Channel) => Promise<void>;
  showWaiting: () => void;
  /** Says that a page of this server is not on the device. `path`: where whoever wanted it came from, as the address tells it. */
  showNotHere: (path: string) => void;
  /** Asks for a code to be typed. */
  askCode: () => void;
  typeCode: (typed: string) => void;
  submitCode: () => Promise<void>;
  send: () => Promise<void>;
  resume: () => void;
  /** Forgets every answer and shows the notice, for the same person or the next one. */
  startAnew: () => void;
  /** The same where nobody touched the answers for so long that they belong to nobody; not once Send was pressed. */
  forgetAbandoned: () => void;
  switchLanguage: (language: Language) => Promise<void>;
}

/** A path of this server, whoever made the link. */
const isOwnPath = (path: string) => /^\/[\w-]+(\/[\w-]+)*$/.test(path);

/** A step of the clock that is longer says nothing of how much time has passed. */
const LONGEST_STEP_MS = 31 * 24 * 60 * 60 * 1000;

export function createSurvey(texts: Texts, effects: SurveyEffects): Survey {
  const screen = signal<Screen>({ kind: 'loading' });
  const { history, drafts } = effects;

  /** Who may answer now. Nobody while a finished response is being kept: a change would make a second response. */
  const answeringNow = (): Answering | null => {
    if (screen.value.kind !== 'answering') return null;
    const { answering } = screen.value;
    return answering.sending.kind === 'keeping' ? null : answering;
  };

  const show = (answering: Answering) => {
    screen.value = { kind: 'answering', answering };
  };

  /** What the address told; until a channel is on show. */
  let arrived: Admission | null = null;

  let touchedAt = effects.now();
  let lookedAt = touchedAt;

  /** Only what was begun is worth saving, and what the address no longer tells. */
  const save = (answering: Answering) => {
    touchedAt = effects.now();
    lookedAt = touchedAt;
    const { channel, admission, draft } = answering;
    if (!isBegun(channel, draft) && !admission) return;
    drafts.save(savedFrom(answering, texts.language.value, touchedAt));
  };

  /** For whoever comes now, by that; nobody begins with a closed channel. */
  const begin = (channel: Channel, admission: Admission | null) => {
    keeping.forgetWiping();
    drafts.wipe(channel.code);
    const typed = codeToAskFor(channel, admission);
    // It may turn out open when the server is asked.
    if (channel.state === 'closed') arrived = admission;
    if (channel.state === 'closed') screen.value = { kind: 'closed', channel };
    else if (typed !== null)
      screen.value = { kind: 'own-code', channel, typed, before: screen.value.kind };
    else {
      const begun = beginAnswering(channel, admission, effects.now(), effects.randomId());
      show(begun);
      save(begun);
    }
  };

  /** Goes back to the survey's first history entry, so that no entry of a finished person is left on the way. */
  const rewind = () => {
    const { depth } = history.current();
    if (depth > 0) history.back(depth);
  };

  /** For whoever comes now; who was asked whether to go on with somebody's draft came by something perhaps. */
  const startOver = (channel: Channel) => {
    begin(channel, screen.value.kind === 'resume' ? screen.value.arrived : null);
    rewind();
  };

  const keeping = createKeeping(screen, { effects, rewind });

  const withWords = (found: ChannelFound) => fetchWords(found, texts, effects);

  const showChannel = async (channel: Channel) => {
    void effects.channels.remember(channel);
    const admission = arrived;
    arrived = null;
    const saved = drafts.read(channel.code, channel.instrument.id, effects.now());
    // Whoever came by something just now, or to a page that is on show already, is somebody else.
    const isOther = admission || screen.value.kind !== 'loading';
    const thanked = isOther ? undefined : history.thanked();
    if (await keeping.goOn(channel, saved, thanked)) return;
    if (!saved || isOfAnother(saved, admission)) begin(channel, admission);
    else if (!isBegun(channel, saved.draft)) begin(channel, admission ?? saved.admission);
    // Also where the channel was closed meanwhile: what was begun before is taken.
    else {
      touchedAt = saved.savedAt;
      screen.value = { kind: 'resume', channel, saved, arrived: admission };
    }
  };

  /** Whether the channel is on show and nobody has answered anything of it, so that it may still be exchanged. */
  const isUntouched = (channel: Channel): boolean => {
    const { value } = screen;
    if (value.kind === 'closed' || value.kind === 'own-code') return value.channel === channel;
    if (value.kind !== 'answering') return false;
    const { answering } = value;
    return answering.channel === channel && !isBegun(channel, answering.draft);
  };

  /** An office may have closed or changed it. */
  async function refresh(kept: Channel): Promise<void> {
    const found = await effects.loadChannel(kept.code);
    if (found.state === 'unreachable') return;
    if (found.state === 'found') {
      if (JSON.stringify(found.channel) === JSON.stringify(kept)) return;
      void effects.channels.remember(found.channel);
    }
    if (!isUntouched(kept)) return;
    if (screen.value.kind === 'answering') arrived = screen.value.answering.admission;
    await survey.open(found);
  }

  const survey: Survey = {
    screen,
    arriveBy(admission) {
      const { value } = screen;
      if (value.kind === 'answering' && !answeringNow()) return;
      arrived = admission;
      if (value.kind === 'answering') void showChannel(value.answering.channel);
      else if ('channel' in value) void showChannel(value.channel);
    },
    async openCode(written) {
      screen.value = { kind: 'loading' };
      const code = normalizeChannelCode(written);
      if (!isChannelCode(code)) {
        await survey.open({ state: 'problem', code, problem: 'channel-mistyped' });
        return;
      }
      const kept = await effects.channels.read(code);
      if (!kept) {
        await survey.open(await effects.loadChannel(code));
        return;
      }
      await survey.open({ state: 'found', channel: kept });
      await refresh(kept);
    },
    async open(asked) {
      const found = await withWords(asked);
      if (found.state === 'found') await showChannel(found.channel);
      else if (found.state === 'problem')
        screen.value = { kind: 'problem', code: found.code, problem: found.problem };
      else screen.value = { kind: 'unreachable', code: found.code };
    },
    refresh,
    showWaiting() {
      screen.value = { kind: 'waiting' };
    },
    showNotHere(path) {
      screen.value = { kind: 'not-here', path: isOwnPath(path) ? path : '/' };
    },
    askCode() {
      arrived = null;
      history.replace({ step: 'notice', depth: 0, reviewDepth: null }, '/');
      screen.value = { kind: 'enter-code', typed: '', trouble: null, isAsking: false };
    },
    ...createChannelEntry(screen, { effects, withWords, showChannel }),
    ...createWalking({ answeringNow, show, save, refresh, effects }),
    async send() {
      const answering = answeringNow();
      if (!answering) return;
      const { id, channel, admission, draft, timings } = answering;
      show({ ...answering, sending: { kind: 'keeping' } });
      const finishing = { language: texts.language.value, day: effects.today(), timings };
      let { sealed } = answering;
      try {
        const parts = await effects.loadSending();
        sealed ??= await parts.toEnvelope(
          id,
          channel,
          buildResponse(channel, draft, finishing),
          admission,
        );
        // Whoever reloads the page now sends this same envelope again, and the server knows it by its id.
        save({ ...answering, sealed });
        await keeping.keep(channel, sealed, parts);
      } catch {
        // What is changed now is to count, whatever becomes of this one.
        show({ ...answering, id: effects.randomId(), sending: { kind: 'not-kept' }, sealed });
        // Only where the tab's storage has the answers: a fresh page asks whether to go on with them.
        if (drafts.read(channel.code, channel.instrument.id, effects.now())) effects.startAfresh();
        // The browser's Back was pressed meanwhile: the review on show gets its entry again.
        const { step, depth } = history.current();
        if (step !== 'review')
          history.push({ step: 'review', depth: depth + 1, reviewDepth: null });
      }
    },
    resume() {
      if (screen.value.kind !== 'resume') return;
      const { channel, saved, arrived: came } = screen.value;
      const begun = beginAnswering(channel, came ?? saved.admission, effects.now());
      const step = reachableStep(channel, saved.draft, saved.stepName);
      const { depth } = history.current();
      history.replace({ step: stepName(step), depth, reviewDepth: null });
      const { id = effects.randomId(), draft, timings, sealed } = saved;
      show({ ...begun, id, draft, timings, sealed, step });
    },
    startAnew() {
      const { value } = screen;
      if (value.kind !== 'resume' && value.kind !== 'finished') return;
      // However old: the next person finds nothing of other posters either.
      if (value.kind === 'finished') drafts.wipeOld(Infinity);
      startOver(value.channel);
      // On a device that many people share the office may have closed it since the first of them came.
      void refresh(value.channel);
    },
    forgetAbandoned() {
      const now = effects.now();
      const passed = now - lookedAt;
      // The clock was set: nobody's touch is older or newer for that.
      if (passed < 0 || passed > LONGEST_STEP_MS) touchedAt += passed;
      lookedAt = now;
      drafts.wipeOld(now);
      const channel = abandonedChannel(screen.value, now - touchedAt);
      if (channel) startOver(channel);
    },
    async switchLanguage(language) {
      await texts.switchTo(language);
      const answering = answeringNow();
      if (answering) save(answering);
    },
  };
  return survey;
}
