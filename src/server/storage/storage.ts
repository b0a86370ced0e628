import type { Assessment, ChannelChange } from '#core/contract/assessment.ts';

/** A channel as stored. `state` is what the admin set; whether it takes new visitors also depends on its department. */
export interface StoredChannel {
  code: string;
  assessment: string;
  instrument: string;
  department: number | null;
  service: number | null;
  state: 'open' | 'closed';
}

/** Everything that is kept of a response. `day`: the day of receipt, ISO, in Thailand. */
export interface StoredResponse {
  id: string;
  channel: string;
  day: string;
  digest: string;
  body: string;
}

/** What became of a response that was handed over to be kept. */
export type Keeping = 'accepted' | 'duplicate' | 'conflict';

/** What one batch hands over: `quarantined` is kept apart and never counted. */
export interface ResponsesToKeep {
  responses: readonly StoredResponse[];
  quarantined: readonly StoredResponse[];
}

/** The responses of one channel in the order of their random ids, in pages. */
export interface ResponsePage {
  channel: string;
  /** The id after which the page starts; empty for the first. */
  after: string;
  limit: number;
}

/**
 * What the server keeps, on whichever database. Every method is one transaction: when its promise resolves, the change is
 * on disk; when it rejects, nothing of it was kept. Storage that cannot be reached or written rejects with an error that
 * isStorageUnavailable() knows.
 */
export interface Storage {
  /** Stores a new assessment, and its organization unless one of the same Thai name is there. */
  createAssessment(assessment: Assessment, channels: readonly StoredChannel[]): Promise<void>;
  /**
   * Replaces what an admin may write of an assessment, and adds channels. False, with nothing changed, if somebody else
   * changed it since it was `before`: what was judged by that has to be judged again.
   */
  updateAssessment(
    before: Assessment,
    after: Assessment,
    newChannels: readonly StoredChannel[],
  ): Promise<boolean>;
  /** The latest fiscal year first. */
  listAssessments(): Promise<Assessment[]>;
  findAssessment(id: string): Promise<Assessment | null>;

  /** Those of the codes that exist, in any order. */
  findChannels(codes: readonly string[]): Promise<StoredChannel[]>;
  /** Of one assessment: the whole office first, then by department number. */
  listChannels(assessment: string): Promise<StoredChannel[]>;
  /** Changes what is given and leaves the rest; resolves to the channel as it is then, null if there is none. */
  changeChannel(code: string, change: ChannelChange): Promise<StoredChannel | null>;

  /**
   * Keeps them all or none, and tells for each of `responses`, in the order given, what became of it. Another body under
   * a known id is kept with the conflicts.
   */
  keepResponses(toKeep: ResponsesToKeep): Promise<Keeping[]>;
  /** How many responses each channel has; channels without any are left out. */
  countResponses(channels: readonly string[]): Promise<Map<string, number>>;
  readResponses(page: ResponsePage): Promise<StoredResponse[]>;
  /** How many are kept apart and not counted. */
  countSetAside(channels: readonly string[]): Promise<{ quarantined: number; conflicts: number }>;

  /** Makes `hash` the only set-up token there is; null: none at all. */
  replaceSetUpToken(hash: string | null): Promise<void>;
  hasSetUpToken(hash: string): Promise<boolean>;
  /** Removes the token; true for exactly one caller. */
  takeSetUpToken(hash: string): Promise<boolean>;

  /** Resolves if the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
