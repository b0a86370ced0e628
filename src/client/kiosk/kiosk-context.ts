import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Texts, Translate } from '../i18n/texts.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { AppUpdate } from '../survey/update.ts';
import type { Kiosk } from './kiosk.ts';
import { kioskWords } from './kiosk-words.ts';

/** What every screen of the kiosk may use. */
export interface KioskTools {
  kiosk: Kiosk;
  texts: Texts;
  outbox: ReadonlySignal<Outbox | null>;
  openOutbox: () => Promise<Outbox>;
  update: AppUpdate;
  /** Of this build. */
  version: string;
  /** The present, milliseconds since the epoch, every second or so. */
  now: ReadonlySignal<number>;
  /** When the server last had something from this page; null before. */
  lastSent: ReadonlySignal<number | null>;
  fillScreen: () => void;
  leaveFullScreen: () => void;
  /** Saves what waits to a file of the device. */
  saveFile: (outbox: Outbox) => void;
}

export const KioskContext = createContext<KioskTools | null>(null);

export function useKiosk(): KioskTools {
  const tools = useContext(KioskContext);
  if (!tools) throw new Error('a screen of the kiosk stands outside its app');
  return tools;
}

/** The kiosk's own words, in the language on show. */
export function useKioskWords(): Translate {
  return kioskWords(useKiosk().texts.language.value);
}
