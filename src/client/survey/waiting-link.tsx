import { useSurvey } from './survey-context.ts';
import './waiting-link.css';

/** The way to the waiting page, for those who look after the device. Leaves this page. */
export function WaitingLink() {
  return (
    <p class="waiting-link">
      <a href="/waiting">{useSurvey().texts.t('waiting.link')}</a>
    </p>
  );
}
