import { Banner } from '../ui/banner.tsx';
import { inRealBrowser } from './in-app-browser.ts';
import { useSurvey } from './survey-context.ts';

/** In the window of another app nothing is promised that it cannot keep: it sends now, or not at all. */
export function InAppNote() {
  const { inApp, texts } = useSurvey();
  const { t } = texts;
  if (!inApp) return null;
  return (
    <Banner tone="note">
      {t('inApp.note', { app: inApp })}
      {inApp === 'LINE' && (
        <>
          {' '}
          <a href={inRealBrowser(location.href)}>{t('inApp.open')}</a>
        </>
      )}
    </Banner>
  );
}
