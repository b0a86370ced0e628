import { useSignal } from '@preact/signals';
import { MIN_PASSWORD_CHARACTERS } from '#core/contract/account.ts';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { PasswordStrengthNote } from './password-strength-note.tsx';

/** Changes one's password; whoever was signed in elsewhere is signed out there. */
export function PasswordSection({ name, reload }: { name: string; reload: () => void }) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const current = useSignal('');
  const next = useSignal('');
  const isTold = useSignal(false);
  const currentProblem = current.value === '' ? t('account.passwordMissing') : undefined;
  const nextProblem =
    next.value.length < MIN_PASSWORD_CHARACTERS ? t('account.passwordHint') : undefined;

  async function change(event: Event) {
    event.preventDefault();
    isTold.value = true;
    if (currentProblem ?? nextProblem) return;
    const isDone = await act(async () => {
      await api.changePassword({ current: current.value, password: next.value });
      feedback.value = t('ownAccount.passwordChanged');
      reload();
    });
    if (!isDone) return;
    isTold.value = false;
    current.value = '';
    next.value = '';
  }

  return (
    <form class="card aside-section" noValidate onSubmit={(event) => void change(event)}>
      <h2>{t('ownAccount.password')}</h2>
      <p>{t('ownAccount.passwordLead')}</p>
      <PasswordField
        id="current-password"
        label={t('ownAccount.currentPassword')}
        value={current.value}
        autoComplete="current-password"
        problem={isTold.value ? currentProblem : undefined}
        onInput={(value) => {
          current.value = value;
        }}
      />
      <PasswordField
        id="next-password"
        label={t('ownAccount.nextPassword')}
        hint={
          <span aria-live="polite">
            <PasswordStrengthNote password={next.value} name={name} />
          </span>
        }
        value={next.value}
        autoComplete="new-password"
        problem={isTold.value ? nextProblem : undefined}
        onInput={(value) => {
          next.value = value;
        }}
      />
      <ActProblem error={error} wrongProof={t('ownAccount.passwordWrong')} />
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{t('ownAccount.changePassword')}</SubmitButton>
      </div>
    </form>
  );
}
