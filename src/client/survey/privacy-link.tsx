import { noteLanguage } from './left-language.ts';
import { useSurvey } from './survey-context.ts';
import './page-link.css';

/**
 * The way to the page that tells who can see the answers. Leaves this page, and gives it the path to come back by, which
 * stands where no server hears of it: behind the #.
 */
export function LinkToPrivacy({ path }: { path: string }) {
  const { t, language } = useSurvey().texts;
  return (
    <p class="page-link">
      <a
        href={`/privacy/${language.value}.html#${path}`}
        onClick={() => noteLanguage(language.value)}
      >
        {t('privacy')}
      </a>
    </p>
  );
}

/** The same from this page, or what stands in its place. */
export function PrivacyLink() {
  return useSurvey().privacyWay ?? <LinkToPrivacy path={location.pathname} />;
}
