import type { Language } from '#core/contract/language.ts';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { useKiosk } from './kiosk-context.ts';

/** The languages, for those who look after the tablet. */
export function StaffLanguage() {
  const { texts } = useKiosk();
  const { t: ofSurvey } = texts;
  const choose = (language: Language) => void texts.switchTo(language).catch(() => undefined);
  return (
    <header class="survey-header">
      <div class="survey-bar">
        <LanguageSwitch
          label={ofSurvey('language.label')}
          language={texts.language.value}
          onChoose={choose}
        />
      </div>
    </header>
  );
}
