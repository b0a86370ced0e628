import type { Assessment, ChannelChange } from '#core/contract/assessment.ts';
import type { EnteredFigures } from '#core/contract/figures.ts';
import type { Measure } from '#core/contract/measures.ts';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { Checklist } from '#core/contract/oit.ts';
import type { StaffCodes } from '#core/contract/staff-codes.ts';
import type { UncountedReason } from '#core/contract/uncounted.ts';
import type { AssessmentChange } from './assessment-rows.ts';
import type { OfferedDisplay, StoredDisplay } from './display-rows.ts';
import type { AuditStorage } from './audit-storage.ts';
import type { TallyStorage } from './counting.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { FailedAttemptStorage } from './failed-attempt-rows.ts';
import type { KioskStorage } from './kiosk-rows.ts';
import type { LimitStorage } from './limit-rows.ts';
import type { OrganizationStorage } from './organization-rows.ts';
import type { PeopleStorage } from './people-storage.ts';
import type { SetUpTokenStorage } from './set-up-token-rows.ts';
import type { Taking } from './taking.ts';

/** A channel as stored. `state` is what the admin set; whether it takes new visitors also depends on its department. */
export interface StoredChannel {
  code: string;
  assessment: string;
  instrument: string;
  department: number | null;
  service: number | null;
  state: 'open' | 'closed';
}

/** Everything that is kept of a response. `day`: the day of receipt, ISO, in Thailand; `digest`: of the opened body. */
export interface StoredResponse {
  id: string;
  channel: string;
  day: string;
  digest: string;
  body: string;
  /** How it came, where its channel had a display then. */
  display?: DisplayFlag | undefined;
}

/** An envelope that is set aside as it came. `protocol`: the version it says it is written in. */
export interface SetAsideEnvelope extends StoredResponse {
  protocol: number;
}

/** What the digest and the body of an envelope were when it came. */
export type AsItCame = Pick<SetAsideEnvelope, 'protocol' | 'digest' | 'body'>;

/** A response that is to be counted. `came`: how it came, where that was not as its body alone; kept only if it turns out a conflict. */
export interface ResponseToKeep extends StoredResponse {
  came?: AsItCame;
  /** Of the staff alone: the code that it came with, null where with none. Never kept beside it. */
  staffCode?: { assessment: string; code: string | null };
}

/** What the keys follow from that responses of an assessment are sealed to. */
export interface SealSecret {
  /** 256 random bits in hex. */
  secret: string;
  /** How many keys there are; responses are sealed to the last one. */
  keys: number;
}

/** What became of a response that was handed over to be kept; a reason: kept apart and never counted. */
export type Keeping = 'accepted' | 'duplicate' | 'conflict' | UncountedReason;

/** What one batch hands over: `quarantined` is kept apart and never counted. */
export interface ResponsesToKeep {
  responses: readonly ResponseToKeep[];
  quarantined: readonly SetAsideEnvelope[];
}

/** The responses of one channel in the order of their random ids, in pages. */
export interface ResponsePage {
  channel: string;
  /** The id after which the page starts; empty for the first. */
  after: string;
  limit: number;
}

/** What is set aside of one channel, in the order of ids and digests, in pages. */
export interface SetAsidePage {
  channel: string;
  /** The last row of the page before; null for the first. */
  after: { id: string; digest: string } | null;
  limit: number;
}

/** What became of quarantined responses that are to be counted. */
export type MovedResponses = Record<'accepted' | 'duplicate' | 'conflict' | 'uncounted', number>;

/** Codes for a department. `secret`: what they are hashed with, where the assessment has none yet. */
export interface StaffCodesToAdd {
  department: number;
  codes: readonly string[];
  secret: string;
  /** The unspent ones of before are removed. */
  voidsUnspent: boolean;
}

/** What an office wrote in the OIT checklist of an assessment; `entries` has only the items that it wrote of. */
export interface StoredChecklist extends Checklist {
  /** The OIT instrument it began with, and keeps. */
  instrument: string;
}

/** What a new assessment begins with. Without a secret nothing is sealed to it. */
export interface BeginsWith {
  /** The id of the one it belongs to, which keeps its names. */
  organization?: string | undefined;
  checklist?: StoredChecklist | null;
  measures?: readonly Measure[];
  sealSecret?: SealSecret | null;
  /** Only if its organization has none of the year that is not deleted. */
  isFirstOfYear?: boolean;
}

/**
 * What the server keeps, on whichever database. Every method is one transaction: when its promise resolves, the change is
 * on disk; when it rejects, nothing of it was kept. Storage that cannot be reached or written rejects with an error that
 * isStorageUnavailable() knows.
 */
export interface Storage
  extends
    KioskStorage,
    LimitStorage,
    FailedAttemptStorage,
    SetUpTokenStorage,
    OrganizationStorage,
    TallyStorage,
    DeviceStorage,
    PeopleStorage,
    AuditStorage {
  /**
   * Stores a new assessment; where `begins` names no organization, also that, unless one of the same Thai name is there.
   * year-taken, with nothing stored: it was to be the first of its year.
   */
  createAssessment(
    assessment: Assessment,
    channels: readonly StoredChannel[],
    begins?: BeginsWith,
  ): Promise<'done' | 'year-taken'>;
  /** Null for an assessment from before there was sealing. */
  findSealSecret(assessment: string): Promise<SealSecret | null>;
  readStaffCodes(assessment: string): Promise<StaffCodes>;
  areStaffCodesDemanded(assessment: string): Promise<boolean>;
  /** `secret`: what codes are hashed with, where the assessment has none yet. */
  demandStaffCodes(assessment: string, isDemanded: boolean, secret: string): Promise<void>;
  /** Keeps the codes' hashes; tells how many unspent ones of before were removed. */
  addStaffCodes(assessment: string, toAdd: StaffCodesToAdd): Promise<number>;
  /** Adds a key; resolves to how many there are then, null where nothing is sealed. */
  renewSealKey(assessment: string): Promise<number | null>;
  /**
   * Replaces what an admin may write of an assessment, and adds channels. changed-meanwhile, with nothing changed: somebody
   * else did since it was `before`, and what was judged by that has to be judged again. organization-exists, with nothing
   * changed: another one in the same place has the new name. year-taken, with nothing changed: it was deleted or of another
   * year, and its organization has one of the year.
   */
  updateAssessment(
    before: Assessment,
    after: Assessment,
    newChannels: readonly StoredChannel[],
  ): Promise<AssessmentChange>;
  /** The latest fiscal year first, also those that were deleted and can still be had back. */
  listAssessments(): Promise<Assessment[]>;
  /** Those that were not deleted, without the rest of them, which is long where there are thousands. */
  listLives(): Promise<Pick<Assessment, 'id' | 'life'>[]>;
  findAssessment(id: string): Promise<Assessment | null>;
  /**
   * Removes the assessments that were deleted on that day (ISO) or before, with all that belongs to them and nothing of any
   * other; tells how many there were, and the log of each, at `moment` (ISO). Responses go before it, in transactions of their own:
   * when it rejects, some may be gone, and the next call removes the rest.
   */
  removeDeleted(deletedUntil: string, moment: string): Promise<number>;

  /** Those of the codes that exist, in any order. */
  findChannels(codes: readonly string[]): Promise<StoredChannel[]>;
  /** Of one assessment: the whole office first, then by department number. */
  listChannels(assessment: string): Promise<StoredChannel[]>;
  /** Changes what is given and leaves the rest; resolves to the channel as it is then, null if there is none. */
  changeChannel(code: string, change: ChannelChange): Promise<StoredChannel | null>;

  /**
   * Keeps them all or none, and tells for each of `responses`, in the order given, what became of it. Another body under
   * a known id is kept with the conflicts. Where the assessment demands codes of its staff, a response of theirs that comes
   * without an unspent one is kept apart; a code is spent together with the response that it came with, or not at all.
   */
  keepResponses(toKeep: ResponsesToKeep): Promise<Keeping[]>;
  /**
   * Settles as `judging` does, out of which responses may come to be kept: a commit that is about to begin waits a few milliseconds for
   * them, so that those who sent at the same time share it.
   */
  expecting<Result>(judging: Promise<Result>): Promise<Result>;
  /** How many responses each channel has; channels without any are left out. */
  countResponses(channels: readonly string[]): Promise<Map<string, number>>;
  readResponses(page: ResponsePage): Promise<StoredResponse[]>;
  /** The ids of all responses of a channel, in any order. */
  listResponseIds(channel: string): Promise<string[]>;
  /** Those of the ids that are stored of the channels, in any order. */
  findResponses(channels: readonly string[], ids: readonly string[]): Promise<StoredResponse[]>;
  /** How many are kept apart and not counted. */
  countSetAside(
    channels: readonly string[],
  ): Promise<{ quarantined: number; conflicts: number; uncounted: number }>;
  /** How many are never counted, by channel and reason. */
  countUncounted(
    channels: readonly string[],
  ): Promise<{ channel: string; reason: UncountedReason; count: number }[]>;
  /** How many conflicts each channel has; channels without any are left out. */
  countConflicts(channels: readonly string[]): Promise<Map<string, number>>;
  /** The ids of the assessments that have anything in quarantine. */
  listQuarantined(): Promise<Assessment['id'][]>;
  readQuarantine(page: SetAsidePage): Promise<SetAsideEnvelope[]>;
  readConflicts(page: SetAsidePage): Promise<SetAsideEnvelope[]>;
  /**
   * Moves quarantined responses to where keepResponses() would have put them, and tells how many went where. Whatever is no
   * longer in quarantine, because somebody else moved it meanwhile, is not told of.
   */
  moveQuarantined(responses: readonly ResponseToKeep[]): Promise<MovedResponses>;

  /** Makes it the only display of its channel: the one before is void at once. */
  offerDisplay(display: OfferedDisplay): Promise<void>;
  /** Opens the one of that hash and tells the log; exactly one caller gets it. `now`: milliseconds since 1970. */
  openDisplay(hash: string, now: number): Promise<StoredDisplay | null>;
  /** The one of that id, once it is open; null after another was made for its channel. */
  findDisplay(id: string): Promise<StoredDisplay | null>;
  /** Those of the channels, in any order. */
  listDisplays(channels: readonly string[]): Promise<StoredDisplay[]>;
  /** False if the channel has none. */
  endDisplay(channel: string): Promise<boolean>;

  /** Null if nobody has written in the assessment's checklist yet. */
  findChecklist(assessment: string): Promise<StoredChecklist | null>;
  /** False, with nothing changed, if what is stored is no longer `before`, or there is no such assessment. */
  replaceChecklist(
    assessment: string,
    before: StoredChecklist | null,
    after: StoredChecklist,
  ): Promise<boolean>;

  /** Null if nobody has typed any figures in for the assessment yet. */
  findFigures(assessment: string): Promise<EnteredFigures | null>;
  /** False, with nothing changed, if what is stored is no longer `before`, or there is no such assessment. */
  replaceFigures(
    assessment: string,
    before: EnteredFigures | null,
    after: EnteredFigures,
  ): Promise<boolean>;

  /** The measures of an assessment, in any order. */
  listMeasures(assessment: string): Promise<Measure[]>;
  /** False, with nothing changed, if there is one of its id, or no such assessment. */
  addMeasure(assessment: string, measure: Measure): Promise<boolean>;
  /** False, with nothing changed, if what is stored is no longer `before`. */
  replaceMeasure(assessment: string, before: Measure, after: Measure): Promise<boolean>;
  /** False, with nothing removed, if what is stored is no longer `measure`. */
  removeMeasure(assessment: string, measure: Measure): Promise<boolean>;

  /** How the database takes what is to be stored. Rejects where it does not answer. */
  taking(): Promise<Taking>;
  close(): Promise<void>;
}
