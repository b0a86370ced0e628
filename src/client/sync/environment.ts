import type { StorageRoom } from '../local/storage-room.ts';
import type { OtherTabs } from './other-tabs.ts';

/** All that sending needs of the world. The browser's is made in open-outbox.ts; tests bring their own. */
export interface SyncEnvironment {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
  /** Calls back after so many milliseconds; the function returned calls it off. */
  after(delayMs: number, callback: () => void): () => void;
  fetch(address: string, request: RequestInit): Promise<Response>;
  /** How long what is kept may be held back, so that it leaves together with others; 0 where it is sent at once. */
  readonly holdBackMs: number;
  /** Does what the server wants before it takes a batch; null where that cannot be done. Never rejects. */
  solve(work: string): Promise<string | null>;
  /** Waits for the turn to send; the function returned gives it back. Never rejects and never waits for ever. */
  takeTurn(): Promise<() => void>;
  /** Calls back whenever trying again may help now; the function returned ends that. */
  onSign(callback: () => void): () => void;
  readonly otherTabs: OtherTabs;
  /** Asks the browser not to clear what was kept; its answer is not waited for. */
  askForPersistence(): void;
  /** How much room the browser gives. Never rejects. */
  readRoom(): Promise<StorageRoom>;
  /** Asks the browser to wake us when there is a network again (Background Sync); its answer is not waited for. */
  askToBeWoken(): void;
}
