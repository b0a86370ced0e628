import { noteLanguage } from './left-language.ts';
import { useSurvey } from './survey-context.ts';
import './page-link.css';

/** Nothing leads away from a counter's tablet: another page would not wipe itself, and may not be there without network. */
const KIOSK = '/kiosk';

/**
 * The way to the page that tells who can see the answers. Leaves this page, and gives it the path to come back by, which
 * stands where no server hears of it: behind the #.
 */
export function PrivacyLink() {
  const { t, language } = useSurvey().texts;
  if (location.pathname === KIOSK) return null;
  return (
    <p class="page-link">
      <a
        href={`/privacy/${language.value}.html#${location.pathname}`}
        onClick={() => noteLanguage(language.value)}
      >
        {t('privacy')}
      </a>
    </p>
  );
}
