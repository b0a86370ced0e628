import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Language } from '#core/contract/language.ts';
import { progressAt, type Progress } from '#core/flow/walk.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import { Banner } from '../ui/banner.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { noteLanguage } from './left-language.ts';
import type { Screen } from './screen.ts';
import { useSurvey } from './survey-context.ts';
import { isSafeToReload } from './update-banner.tsx';

function ProgressBar({ place, of }: Progress) {
  const { language } = useSurvey().texts;
  return (
    <div class="progress" aria-hidden="true">
      <svg class="progress-bar" viewBox="0 0 100 4" preserveAspectRatio="none">
        <rect class="progress-track" width="100" height="4" />
        <rect class="progress-done" width={(place / of) * 100} height="4" />
      </svg>
      <span class="progress-place">{inDigitsOf(language.value, `${place} / ${of}`)}</span>
    </div>
  );
}

interface HeaderProps {
  screen: Screen;
  onHide: () => void;
  /** What else stands beside the way to hide it all. */
  children?: ComponentChildren;
}

/** On top of every screen: the languages, the way to hide it all, and how far one has come. */
export function Header({ screen, onHide, children }: HeaderProps) {
  const { survey, texts, update, languageWay } = useSurvey();
  const { t } = texts;
  const [hasFailed, setFailed] = useState(false);
  const choose = (language: Language) => {
    setFailed(false);
    survey.switchLanguage(language).catch(() => {
      if (update.state.value !== 'ready' || !isSafeToReload(screen)) {
        setFailed(true);
        return;
      }
      // The server has the words of this version no longer; the version that is ready brings its own.
      noteLanguage(language);
      update.apply();
    });
  };
  const progress =
    screen.kind === 'answering'
      ? progressAt(screen.answering.channel, screen.answering.step)
      : null;
  return (
    <header class="survey-header">
      <div class="survey-bar">
        {languageWay ?? (
          <LanguageSwitch
            label={t('language.label')}
            language={texts.language.value}
            onChoose={choose}
          />
        )}
        <button type="button" class="hide-button" onClick={onHide}>
          {t('hide.hide')}
        </button>
        {children}
      </div>
      {hasFailed && <Banner tone="trouble">{t('language.failed')}</Banner>}
      {progress && progress.place > 0 && <ProgressBar {...progress} />}
    </header>
  );
}
