import type { ChannelFound } from './channel-found.ts';
import type { ChannelStore } from './channel-store.ts';
import type { DraftStore } from './draft-store.ts';
import type { SendingParts } from './sending-parts.ts';
import type { SurveyHistory } from './survey-history.ts';

/** All that the survey does to the world, wired once in main.tsx. */
export interface SurveyEffects {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The device's local date, ISO. */
  today(): string;
  randomId(): string;
  history: SurveyHistory;
  drafts: DraftStore;
  channels: ChannelStore;
  /** Never rejects. */
  loadChannel(code: string): Promise<ChannelFound>;
  loadSending(): Promise<SendingParts>;
  /** Reloads the page, if that can bring what this page could not fetch. */
  startAfresh(): void;
}
