import type { Admission } from '#core/contract/admission.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { Draft } from '#core/flow/draft.ts';
import type { ItemTimings } from '#core/flow/quality.ts';
import { stepName } from '#core/flow/steps.ts';
import type { Answering } from './answering.ts';

/** A draft that nobody touched for this long belongs to nobody: it is wiped unseen. */
export const DRAFT_LIFETIME_MS = 30 * 60 * 1000;

/** Earlier builds had one draft for all channels, here. */
const KEY = 'sucharit:draft';
const SHAPE = 3;

/** A draft for each channel: whoever opens another poster in the same tab can go back to what was begun. */
const keyOf = (code: string) => `${KEY}:${code}`;

/** What a reload of the tab must not lose. */
export interface SavedDraft {
  /** Of the response to be; not there in a draft of an earlier build. The server looks at it. */
  id?: string;
  code: string;
  instrument: string;
  /** What the person came in by. */
  admission: Admission | null;
  draft: Draft;
  stepName: string;
  timings: ItemTimings;
  language: Language;
  /** The envelope of a Send whose outcome is not known; null before. */
  sealed: Envelope | null;
  savedAt: number;
}

/** What is saved of a person who answers. */
export function savedFrom(answering: Answering, language: Language, savedAt: number): SavedDraft {
  const { id, channel, admission, draft, step, timings, sealed } = answering;
  return {
    id,
    code: channel.code,
    instrument: channel.instrument.id,
    admission,
    draft,
    stepName: stepName(step),
    timings,
    language,
    sealed,
    savedAt,
  };
}

/** Whether a draft was begun with another code than the one that somebody came with now. */
export const isOfAnother = (
  { admission, sealed }: SavedDraft,
  arrived: Admission | null,
): boolean =>
  arrived?.by === 'code' &&
  sealed === null &&
  (admission?.by !== 'code' || admission.code !== arrived.code);

export interface DraftStore {
  save(saved: SavedDraft): void;
  /** The draft of this channel and instrument, null if there is none or it is too old. */
  read(code: string, instrument: string, now: number): SavedDraft | null;
  /** Lets go of the draft of a channel. */
  wipe(code: string): void;
  /** Lets go of the drafts of all channels that are too old, and of what is none. One that was sealed stays. */
  wipeOld(now: number): void;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const holds = (value: unknown, isMember: (member: unknown) => boolean): boolean =>
  isRecord(value) && Object.values(value).every(isMember);

const isNumber = (value: unknown) => typeof value === 'number';

const isEnvelope = (value: unknown) =>
  isRecord(value) &&
  isNumber(value['protocol']) &&
  ['id', 'channel', 'digest', 'body'].every((name) => typeof value[name] === 'string');

const isAdmission = (value: unknown) =>
  isRecord(value) &&
  (value['by'] === 'code'
    ? typeof value['code'] === 'string'
    : isNumber(value['window']) && typeof value['mark'] === 'string');

/** Our own words to ourselves, but perhaps of another version of this app: checked by hand, zod is not loaded yet. Whoever reads it compares the channel. */
function isSavedDraft(value: unknown): value is SavedDraft {
  return (
    isRecord(value) &&
    value['shape'] === SHAPE &&
    (value['admission'] === null || isAdmission(value['admission'])) &&
    typeof value['stepName'] === 'string' &&
    isNumber(value['savedAt']) &&
    LANGUAGES.some((language) => language === value['language']) &&
    holds(value['timings'], isNumber) &&
    (value['sealed'] === null || isEnvelope(value['sealed'])) &&
    isRecord(value['draft']) &&
    holds(value['draft']['answers'], isNumber) &&
    holds(value['draft']['respondent'], (option) => option === null || isNumber(option))
  );
}

/** One of tomorrow is of a clock that was set back since, and as old as that may be. What Send was pressed at may be nowhere else. */
const isFresh = ({ sealed, savedAt }: SavedDraft, now: number): boolean =>
  sealed !== null || Math.abs(now - savedAt) < DRAFT_LIFETIME_MS;

/**
 * The drafts in the tab's own storage, which ends with the tab. `storage` null, full or forbidden: the answers live in memory
 * alone, which `onOnlyHere` hears of as long as there are any, and nothing else changes.
 */
export function createDraftStore(
  storage: Storage | null,
  onOnlyHere: (isOnlyHere: boolean) => void = () => undefined,
): DraftStore {
  const attempt = <Result>(act: (storage: Storage) => Result): Result | null => {
    if (!storage) return null;
    try {
      return act(storage);
    } catch {
      return null;
    }
  };
  const readAt = (key: string): SavedDraft | null => {
    const saved = attempt((tab): unknown => JSON.parse(tab.getItem(key) ?? 'null'));
    return isSavedDraft(saved) ? saved : null;
  };
  const wipeOld = (now: number) => {
    attempt((tab) => {
      for (const key of Object.keys(tab)) {
        if (!key.startsWith(KEY)) continue;
        const saved = readAt(key);
        const isKept = saved && isFresh(saved, now);
        if (isKept && key === KEY) tab.setItem(keyOf(saved.code), JSON.stringify(saved));
        if (!isKept || key === KEY) tab.removeItem(key);
      }
    });
  };
  return {
    save(saved) {
      const text = JSON.stringify({ shape: SHAPE, ...saved });
      onOnlyHere(
        !attempt((tab) => {
          tab.setItem(keyOf(saved.code), text);
          return true;
        }),
      );
    },
    read(code, instrument, now) {
      wipeOld(now);
      const saved = readAt(keyOf(code));
      return saved?.instrument === instrument ? saved : null;
    },
    wipe(code) {
      onOnlyHere(false);
      attempt((tab) => tab.removeItem(keyOf(code)));
    },
    wipeOld,
  };
}
