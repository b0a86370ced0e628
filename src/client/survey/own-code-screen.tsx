import { useState } from 'preact/hooks';
import { normalizeChannelCode } from '#core/contract/channel-code.ts';
import { isStaffCode } from '#core/contract/staff-code.ts';
import { CodeForm } from './code-form.tsx';
import { waitingCount } from './delivery.ts';
import { Asker } from './notice-screen.tsx';
import type { Screen } from './screen.ts';
import { useSurvey } from './survey-context.ts';
import { WaitingLink } from './waiting-link.tsx';

/** For whoever came without a code of their own to a channel that asks for one: what is typed here is on the slip. */
export function OwnCodeScreen({
  channel,
  typed: told,
  before,
}: Extract<Screen, { kind: 'own-code' }>) {
  const { survey, texts, outbox, leave } = useSurvey();
  const { t } = texts;
  const [typed, setTyped] = useState(told);
  const [isWrong, setWrong] = useState(told !== '');
  const submit = () => {
    const code = normalizeChannelCode(typed);
    if (isStaffCode(code)) survey.arriveBy({ by: 'code', code });
    else setWrong(true);
  };
  return (
    <CodeForm
      above={<Asker channel={channel} />}
      heading={t('ownCode.heading')}
      label={t('ownCode.label')}
      hint={t('ownCode.hint')}
      open={t('code.open')}
      onBack={before === 'enter-code' ? survey.askCode : leave}
      typed={typed}
      trouble={isWrong ? t(typed.trim() ? 'ownCode.mistyped' : 'ownCode.empty') : null}
      onType={(text) => {
        setTyped(text);
        setWrong(false);
      }}
      onSubmit={submit}
    >
      <p>{t('ownCode.why')}</p>
      {outbox.value && waitingCount(outbox.value) > 0 && <WaitingLink />}
    </CodeForm>
  );
}
