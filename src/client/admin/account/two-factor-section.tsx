import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Enrolment } from '#core/contract/people.ts';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { EnrolmentForm } from './enrolment-form.tsx';

/** A code of an authenticator app besides the password: switched on, or off again, with the password. */
export function TwoFactorSection({ isOn, reload }: { isOn: boolean; reload: () => void }) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const password = useSignal('');
  // One form takes the place of the other, and the focus would go with it.
  const heading = useRef<HTMLHeadingElement>(null);
  const enrolment = useSignal<Enrolment | null>(null);

  async function submit(event: Event) {
    event.preventDefault();
    await act(async () => {
      if (isOn) {
        await api.endTwoFactor(password.value);
        feedback.value = t('ownAccount.twoFactorEnded');
        reload();
      } else enrolment.value = await api.enrol(password.value);
      password.value = '';
      heading.current?.focus();
    });
  }

  return (
    <section class="card aside-section" aria-labelledby="two-factor">
      <h2 id="two-factor" tabIndex={-1} ref={heading}>
        {t('ownAccount.twoFactor')}
      </h2>
      <p>{t(isOn ? 'ownAccount.twoFactorOn' : 'ownAccount.twoFactorOff')}</p>
      {enrolment.value && !isOn ? (
        <EnrolmentForm
          enrolment={enrolment.value}
          onDone={() => {
            enrolment.value = null;
            heading.current?.focus();
            feedback.value = t('ownAccount.twoFactorBegun');
            reload();
          }}
        />
      ) : (
        <form class="aside-section" noValidate onSubmit={(event) => void submit(event)}>
          <PasswordField
            id="two-factor-password"
            label={t('ownAccount.currentPassword')}
            value={password.value}
            autoComplete="current-password"
            onInput={(value) => {
              password.value = value;
            }}
          />
          <ActProblem error={error} wrongProof={t('ownAccount.passwordWrong')} />
          <div class="form-acts">
            <SubmitButton busy={isBusy}>
              {t(isOn ? 'ownAccount.endTwoFactor' : 'ownAccount.beginTwoFactor')}
            </SubmitButton>
          </div>
        </form>
      )}
    </section>
  );
}
