import type { ComponentChildren } from 'preact';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { Button } from '../ui/button.tsx';
import { Code } from './code.tsx';
import type { Display, DisplayState } from './display.ts';
import { FullScreenButton } from './full-screen-button.tsx';
import { Status } from './status.tsx';
import { wordsIn } from './words.ts';

interface AppProps {
  display: Display;
  /** The staff's, as the browser has it. */
  language: Language;
  tryAgain: () => void;
}

interface MessageProps {
  language: Language;
  heading: string;
  text?: string;
  children?: ComponentChildren;
}

function Message({ language, heading, text, children }: MessageProps) {
  return (
    <main class="message" lang={language}>
      <h1>{heading}</h1>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </main>
  );
}

type Showing = Extract<DisplayState, { kind: 'showing' }>;

/** The counter's screen: Thai first, and large; the other languages in a line each. */
function Counter({ state, now, language }: { state: Showing; now: number; language: Language }) {
  const { display, isOffline } = state;
  const { organization, department } = display.standing;
  const t = wordsIn('th');
  const english = [organization.en, department?.en].filter(Boolean).join(' · ');
  return (
    <div class="counter" lang="th">
      <header class="counter-head">
        <p class="counter-office">{nameIn('th', organization)}</p>
        {department === null ? null : <p class="counter-department">{nameIn('th', department)}</p>}
        {english === '' ? null : <p lang="en">{english}</p>}
      </header>
      <main class="counter-middle">
        <div class="counter-call">
          <h1>{t('headline')}</h1>
          <p>{t('scan')}</p>
          <p class="counter-promise">{t('promise')}</p>
        </div>
        <div class="counter-code">
          <Code display={display} now={now} label={t('qrLabel')} />
          <p class="counter-caption" aria-hidden="true">
            {LANGUAGES.map((each) => (
              <span key={each} lang={each}>
                {wordsIn(each)('scanWord')}
              </span>
            ))}
          </p>
          <p class="counter-changes">{t('changes')}</p>
        </div>
        <ul class="counter-others">
          {LANGUAGES.filter((each) => each !== 'th').map((each) => (
            <li key={each} lang={each}>
              <strong>{wordsIn(each)('headline')}</strong> {wordsIn(each)('scan')}{' '}
              <span class="counter-soft">· {wordsIn(each)('promise')}</span>
            </li>
          ))}
        </ul>
      </main>
      <footer class="counter-foot">
        <Status display={display} isOffline={isOffline} language={language} />
        <FullScreenButton text={wordsIn(language)('fullScreen')} language={language} />
      </footer>
    </div>
  );
}

export function App({ display, language, tryAgain }: AppProps) {
  const state = display.state.value;
  const now = display.now.value;
  const t = wordsIn(language);
  switch (state.kind) {
    case 'opening':
      return <Message language={language} heading={t('opening')} />;
    case 'unknown':
      return (
        <Message language={language} heading={t('unknown.heading')} text={t('unknown.text')} />
      );
    case 'link-used':
      return (
        <Message language={language} heading={t('linkUsed.heading')} text={t('linkUsed.text')} />
      );
    case 'ended':
      return <Message language={language} heading={t('ended.heading')} text={t('ended.text')} />;
    case 'unreachable':
      return (
        <Message
          language={language}
          heading={t('unreachable.heading')}
          text={t('unreachable.text')}
        >
          <Button kind="primary" onPress={tryAgain}>
            {t('unreachable.retry')}
          </Button>
        </Message>
      );
    case 'showing':
      return <Counter state={state} now={now} language={language} />;
    default:
      return state satisfies never;
  }
}
