import { noteLanguage } from './left-language.ts';
import { useSurvey } from './survey-context.ts';
import './page-link.css';

/**
 * The way to the page that tells who can see the answers. Leaves this page, and gives it the path to come back by, which
 * stands where no server hears of it: behind the #.
 */
export function PrivacyLink() {
  const { texts, privacyWay } = useSurvey();
  if (privacyWay) return privacyWay;
  const { t, language } = texts;
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
