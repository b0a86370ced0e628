import { useLayoutEffect, useRef } from 'preact/hooks';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from './page.tsx';
import type { CodeTrouble } from './screen.ts';
import { useSurvey } from './survey-context.ts';
import { WaitingLink } from './waiting-link.tsx';
import type { Translate } from '../i18n/texts.ts';

function troubleWords(t: Translate, trouble: CodeTrouble): string {
  if (trouble === 'empty') return t('code.empty');
  if (trouble === 'mistyped') return t('problems:channel-mistyped');
  if (trouble === 'unreachable') return t('code.unreachable');
  return t(`problems:${trouble.problem}`);
}

interface EnterCodeScreenProps {
  typed: string;
  trouble: CodeTrouble | null;
  isAsking: boolean;
}

/** For those who cannot scan: the short code under the QR code. */
export function EnterCodeScreen({ typed, trouble, isAsking }: EnterCodeScreenProps) {
  const { survey, texts } = useSurvey();
  const { t } = texts;
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (trouble) field.current?.focus();
  }, [trouble]);
  return (
    <Page
      onSubmit={() => void survey.submitCode()}
      actions={
        <Button kind="primary" type="submit" isBusy={isAsking}>
          {isAsking ? t('code.asking') : t('code.open')}
        </Button>
      }
    >
      <ArrivalHeading>{t('code.heading')}</ArrivalHeading>
      <label class="text-label" for="code">
        {t('code.label')}
      </label>
      <p class="soft" id="code-hint">
        {t('code.hint')}
      </p>
      {trouble && (
        <p class="field-trouble" id="code-trouble" role="alert">
          {troubleWords(t, trouble)}
        </p>
      )}
      <input
        ref={field}
        id="code"
        class="code-field"
        type="text"
        inputMode="text"
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellcheck={false}
        enterKeyHint="go"
        value={typed}
        aria-invalid={trouble !== null}
        aria-describedby={trouble ? 'code-hint code-trouble' : 'code-hint'}
        onInput={(event) => survey.typeCode(event.currentTarget.value)}
      />
      <WaitingLink />
    </Page>
  );
}
