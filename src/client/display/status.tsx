import type { Language } from '#core/contract/language.ts';
import { LOCALE } from '../i18n/long-day.ts';
import type { KeptDisplay } from './display-store.ts';
import { wordsIn } from './words.ts';

/** A clock that is less off than this needs no word. */
const WORTH_TELLING_MS = 30_000;

const MINUTE_MS = 60_000;

interface StatusProps {
  display: KeptDisplay;
  isOffline: boolean;
  /** The staff's, as the browser has it. */
  language: Language;
}

/** What the staff may want to know, small enough that nobody else minds. */
export function Status({ display, isOffline, language }: StatusProps) {
  const t = wordsIn(language);
  const { offset, heardAt, standing } = display;
  const time = new Intl.DateTimeFormat(LOCALE[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Bangkok',
  }).format(heardAt);
  const minutes = Math.max(1, Math.round(Math.abs(offset) / MINUTE_MS));
  return (
    <output class="status" lang={language}>
      {standing.state === 'closed' ? <p class="status-closed">{t('status.closed')}</p> : null}
      {isOffline ? <p>{t('status.offline', { time })}</p> : null}
      {Math.abs(offset) >= WORTH_TELLING_MS ? <p>{t('status.clock', { minutes })}</p> : null}
    </output>
  );
}
