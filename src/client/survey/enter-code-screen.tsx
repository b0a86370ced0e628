import { CodeForm } from './code-form.tsx';
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
  return (
    <CodeForm
      heading={t('code.heading')}
      label={t('code.label')}
      hint={t('code.hint')}
      open={isAsking ? t('code.asking') : t('code.open')}
      isBusy={isAsking}
      typed={typed}
      trouble={trouble && troubleWords(t, trouble)}
      onType={survey.typeCode}
      onSubmit={() => void survey.submitCode()}
    >
      <WaitingLink />
    </CodeForm>
  );
}
