import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Enrolment, OwnAccount } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { BackupCodes } from './backup-codes.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';

type Standing = Pick<OwnAccount, 'hasTwoFactor' | 'backupCodesLeft'>;

/** What the section says while nothing is done. */
function StandingText({ hasTwoFactor, backupCodesLeft }: Standing) {
  const { t, formats } = useWords();
  if (!hasTwoFactor) return <p>{t('ownAccount.twoFactorOff')}</p>;
  return (
    <>
      <p>{t('ownAccount.twoFactorOn')}</p>
      <p>
        {t('ownAccount.backupCodesLeft', {
          count: backupCodesLeft,
          n: formats.count(backupCodesLeft),
        })}
      </p>
    </>
  );
}

/**
 * A code of an authenticator app besides the password: switched on, given new backup codes, or switched off again, each with the
 * password.
 */
export function TwoFactorSection({ account, reload }: { account: Standing; reload: () => void }) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const password = useSignal('');
  // One form takes the place of the other, and the focus would go with it.
  const heading = useRef<HTMLHeadingElement>(null);
  const enrolment = useSignal<Enrolment | null>(null);
  const newCodes = useSignal<readonly string[] | null>(null);
  // Begun here, and then anew in another window or on another device.
  const isOver = useSignal(false);
  const isOn = account.hasTwoFactor;

  function isOnNow() {
    enrolment.value = null;
    feedback.value = t('ownAccount.twoFactorBegun');
    reload();
  }

  async function begin() {
    try {
      enrolment.value = await api.enrol(password.value);
    } catch (thrown) {
      if (asApiError(thrown).code !== 'changed-meanwhile') throw thrown;
      isOnNow();
    }
  }

  async function renew() {
    newCodes.value = await api.renewBackupCodes(password.value);
    feedback.value = t('ownAccount.backupCodesMade');
    reload();
  }

  async function end() {
    await api.endTwoFactor(password.value);
    newCodes.value = null;
    feedback.value = t('ownAccount.twoFactorEnded');
    reload();
  }

  const prove = (what: () => Promise<void>) =>
    act(async () => {
      await what();
      password.value = '';
      isOver.value = false;
      heading.current?.focus();
    });

  function submit(event: Event) {
    event.preventDefault();
    void prove(isOn ? renew : begin);
  }

  return (
    <section class="card aside-section" aria-labelledby="two-factor">
      <h2 id="two-factor" tabIndex={-1} ref={heading}>
        {t('ownAccount.twoFactor')}
      </h2>
      <StandingText {...account} />
      {enrolment.value && !isOn ? (
        <EnrolmentForm
          enrolment={enrolment.value}
          onDone={() => {
            heading.current?.focus();
            isOnNow();
          }}
          onOver={() => {
            heading.current?.focus();
            enrolment.value = null;
            isOver.value = true;
            reload();
          }}
        />
      ) : (
        <form class="aside-section" noValidate onSubmit={submit}>
          {newCodes.value && isOn ? <BackupCodes codes={newCodes.value} /> : null}
          <PasswordField
            id="two-factor-password"
            label={t('ownAccount.currentPassword')}
            value={password.value}
            autoComplete="current-password"
            onInput={(value) => {
              password.value = value;
            }}
          />
          {isOver.value ? (
            <p class="field-problem" role="alert">
              {t(isOn ? 'ownAccount.enrolledElsewhere' : 'ownAccount.enrolmentOver')}
            </p>
          ) : null}
          <ActProblem error={error} wrongProof={t('ownAccount.passwordWrong')} />
          <div class="form-acts">
            <SubmitButton busy={isBusy}>
              {t(isOn ? 'ownAccount.renewBackupCodes' : 'ownAccount.beginTwoFactor')}
            </SubmitButton>
            {isOn ? (
              <Button kind="secondary" isBusy={isBusy} onPress={() => void prove(end)}>
                {t('ownAccount.endTwoFactor')}
              </Button>
            ) : null}
          </div>
        </form>
      )}
    </section>
  );
}
