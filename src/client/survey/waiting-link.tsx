import type { Language } from '#core/contract/language.ts';
import { useSurvey } from './survey-context.ts';
import './page-link.css';

/** The waiting page in a language, which stands where no server hears of it: behind the #. */
export const waitingAddress = (language: Language) => `/waiting#${language}`;

/** The way to the waiting page, for those who look after the device. Leaves this page. */
export function WaitingLink() {
  const { t, language } = useSurvey().texts;
  return (
    <p class="page-link">
      <a href={waitingAddress(language.value)}>{t('waiting.link')}</a>
    </p>
  );
}
