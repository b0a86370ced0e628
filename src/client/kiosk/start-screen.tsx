import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { openChannels } from './kiosk.ts';
import { useKiosk } from './kiosk-context.ts';
import { kioskWords } from './kiosk-words.ts';
import { StaffCorner } from './staff-corner.tsx';

/** One language's way in, in its own words. */
function Door({ language, onOpen }: { language: Language; onOpen: () => void }) {
  const t = kioskWords(language);
  return (
    <button type="button" lang={language} class="door" onClick={onOpen}>
      <span class="door-name">{LANGUAGE_NAMES[language]}</span>
      <span class="door-words">{t('start.heading')}</span>
      <span class="door-tap">{t('start.tap')}</span>
    </button>
  );
}

/** What the tablet shows while nobody is at it: four languages, each a way in. */
export function StartScreen() {
  const { kiosk, fillScreen } = useKiosk();
  const [first] = kiosk.channels.value;
  const isOpen = openChannels(kiosk.channels.value).length > 0;
  const begin = (language: Language) => {
    fillScreen();
    void kiosk.begin(language);
  };
  return (
    <main class="start">
      <h1 class="start-office">{first && nameIn('th', first.organization)}</h1>
      {isOpen ? (
        <>
          <div class="doors">
            {LANGUAGES.map((language) => (
              <Door key={language} language={language} onOpen={() => begin(language)} />
            ))}
          </div>
          <ul class="start-promises">
            {LANGUAGES.map((language) => (
              <li key={language} lang={language}>
                {kioskWords(language)('start.anonymous')}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <div class="start-closed">
          {LANGUAGES.map((language) => (
            <p key={language} lang={language}>
              {kioskWords(language)('start.closed')}
            </p>
          ))}
        </div>
      )}
      <StaffCorner />
    </main>
  );
}
