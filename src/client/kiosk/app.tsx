import { useEffect } from 'preact/hooks';
import type { Language } from '#core/contract/language.ts';
import { kioskWords } from './kiosk-words.ts';
import { CountersScreen } from './counters-screen.tsx';
import type { KioskScreen } from './kiosk-screen.ts';
import { useKiosk } from './kiosk-context.ts';
import { PinScreen } from './pin-screen.tsx';
import { StandingScreen } from './standing-screen.tsx';
import { StartScreen } from './start-screen.tsx';
import { StatusScreen } from './status-screen.tsx';
import { TurnScreen } from './turn-screen.tsx';

function Content({ screen }: { screen: KioskScreen }) {
  switch (screen.kind) {
    case 'start':
      return <StartScreen />;
    case 'counters':
      return <CountersScreen />;
    case 'turn':
      return <TurnScreen key={screen.turn.number} turn={screen.turn} />;
    case 'pin':
      return <PinScreen />;
    case 'status':
      return <StatusScreen />;
    case 'opening':
    case 'not-enrolled':
    case 'enrolling':
    case 'revoked':
    case 'not-ready':
      return <StandingScreen screen={screen} />;
    default:
      return screen satisfies never;
  }
}

/** The start screen is in all languages at once, and Thai to whoever reads the page by machine. */
const languageOf = ({ kind }: KioskScreen, language: Language): Language =>
  kind === 'start' ? 'th' : language;

export function App() {
  const { kiosk, texts } = useKiosk();
  const screen = kiosk.screen.value;
  const language = languageOf(screen, texts.language.value);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = kioskWords(language)('title');
  }, [language]);
  return <Content screen={screen} />;
}
