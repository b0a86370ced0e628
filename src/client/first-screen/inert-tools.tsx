import { signal } from '@preact/signals';
import type { Texts } from '../i18n/texts.ts';
import { LinkToPrivacy } from '../survey/privacy-link.tsx';
import type { Screen } from '../survey/screen.ts';
import type { Survey } from '../survey/survey.ts';
import type { SurveyTools } from '../survey/survey-context.ts';

export const neverFetched = () => Promise.reject(new Error('the words are all there'));

/** What the views find where nobody presses anything. `path`: of the page, to come back by. */
export function inertTools(texts: Texts, screen: Screen, path: string): SurveyTools {
  return {
    survey: { screen: signal(screen) } as unknown as Survey,
    texts,
    inApp: null,
    update: { state: signal('none'), start() {}, check() {}, apply() {} },
    outbox: signal(null),
    openOutbox: neverFetched,
    privacyWay: <LinkToPrivacy path={path} />,
  };
}
