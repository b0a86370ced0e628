import { inDigitsOf } from '../i18n/digits.ts';
import { SHORT_ANSWERS } from '../privacy/short-answers.ts';
import { Page } from '../survey/page.tsx';
import { useSurvey } from '../survey/survey-context.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';

// Of the page about privacy the short answers alone, in all four languages: they have to be there without network.
const SHORT = import.meta.glob<Record<string, string>>('../../../locales/*/privacy.json', {
  eager: true,
  import: 'short',
});
const BACK = import.meta.glob<string>('../../../locales/*/privacy.json', {
  eager: true,
  import: 'back',
});

/** The way to the short answers, where no link may lead away from the tablet. */
export function PrivacyButton({ onOpen }: { onOpen: () => void }) {
  const { t: survey } = useSurvey().texts;
  return (
    <p>
      <button type="button" class="hide-button" onClick={onOpen}>
        {survey('privacy')}
      </button>
    </p>
  );
}

/** Who can see the answers, for somebody who stands at the tablet and has not begun. */
export function PrivacyScreen({ onBack }: { onBack: () => void }) {
  const { t: survey, language } = useSurvey().texts;
  const file = `../../../locales/${language.value}/privacy.json`;
  return (
    <Page
      actions={
        <Button kind="primary" onPress={onBack}>
          {BACK[file]}
        </Button>
      }
    >
      <ArrivalHeading>{survey('privacy')}</ArrivalHeading>
      <ul class="short-answers">
        {SHORT_ANSWERS.map((name) => (
          <li key={name}>{inDigitsOf(language.value, SHORT[file]?.[name] ?? '')}</li>
        ))}
      </ul>
    </Page>
  );
}
