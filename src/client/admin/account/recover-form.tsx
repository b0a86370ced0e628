import { useSignal } from '@preact/signals';
import { MIN_PASSWORD_CHARACTERS } from '#core/contract/account.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { PasswordStrengthNote } from './password-strength-note.tsx';

/** The new password of an account. `linkUsed`: called when the link turns out to be used meanwhile. */
export function RecoverForm(props: { token: string; name: string; linkUsed: () => void }) {
  const { token, name, linkUsed } = props;
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const password = useSignal('');
  const isTold = useSignal(false);
  const problem =
    password.value.length < MIN_PASSWORD_CHARACTERS ? t('account.passwordHint') : undefined;

  async function recover(event: Event) {
    event.preventDefault();
    isTold.value = true;
    if (problem) return;
    await act(async () => {
      try {
        const session = await admin.api.recover({ token, password: password.value });
        admin.router.replace({ page: 'account' });
        admin.signedIn(session);
      } catch (thrown) {
        if (asApiError(thrown).code === 'set-up-link-used') linkUsed();
        throw thrown;
      }
    });
  }

  return (
    <form class="form card" noValidate onSubmit={(event) => void recover(event)}>
      {/* For password managers: whose password it is. */}
      <input type="hidden" autoComplete="username" value={name} />
      <PasswordField
        id="account-password"
        label={t('ownAccount.nextPassword')}
        hint={
          <span aria-live="polite">
            <PasswordStrengthNote password={password.value} name={name} />
          </span>
        }
        value={password.value}
        autoComplete="new-password"
        problem={isTold.value ? problem : undefined}
        onInput={(value) => {
          password.value = value;
        }}
      />
      <ActProblem error={error} />
      <SubmitButton busy={isBusy}>{t('recover.button')}</SubmitButton>
    </form>
  );
}
