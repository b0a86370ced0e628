import { useSignal } from '@preact/signals';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { ErrorSummary, type SummaryLine } from '../parts/error-summary.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { problemText } from '../problem-text.ts';
import { AccountFrame } from './account-frame.tsx';
import { CodeForm } from './code-form.tsx';
import { PasskeySignIn } from './passkey-sign-in.tsx';

/** `ended`: the session ran out under the page behind, which comes back as it was. */
export function SignInPage({ ended }: { ended: boolean }) {
  const admin = useAdmin();
  const { t } = useWords();
  const name = useSignal('');
  const password = useSignal('');
  const attempt = useSignal(0);
  /** Whether what is missing is told: not before the button was pressed. */
  const isTold = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<ApiError | null>(null);

  const needsCode = useSignal(false);

  const nameProblem =
    isTold.value && name.value.trim() === '' ? t('account.nameMissing') : undefined;
  const passwordProblem =
    isTold.value && password.value === '' ? t('account.passwordMissing') : undefined;
  const lines: SummaryLine[] = [
    ...(nameProblem ? [{ text: nameProblem, field: 'account-name' }] : []),
    ...(passwordProblem ? [{ text: passwordProblem, field: 'account-password' }] : []),
    ...(error.value ? [{ text: problemText(t, error.value), field: null }] : []),
  ];

  async function signIn(event: Event) {
    event.preventDefault();
    if (isBusy.value) return;
    error.value = null;
    isTold.value = true;
    attempt.value += 1;
    if (name.value.trim() === '' || password.value === '') return;
    isBusy.value = true;
    try {
      const answer = await admin.api.signIn({ name: name.value, password: password.value });
      if ('needsCode' in answer) needsCode.value = true;
      else admin.signedIn(answer);
    } catch (thrown) {
      error.value = asApiError(thrown);
      attempt.value += 1;
    } finally {
      isBusy.value = false;
    }
  }

  function again(over: ApiError | null) {
    needsCode.value = false;
    password.value = '';
    isTold.value = false;
    error.value = over;
  }

  if (needsCode.value)
    return (
      <AccountFrame>
        <Page title={t('signIn.codeTitle')} lead={t('signIn.codeLead')}>
          <CodeForm again={again} />
        </Page>
      </AccountFrame>
    );
  return (
    <AccountFrame>
      <Page
        title={t('signIn.title')}
        lead={ended ? t('signIn.ended') : undefined}
        isInFront={ended}
      >
        <form class="form card" noValidate onSubmit={(event) => void signIn(event)}>
          <ErrorSummary lines={lines} attempt={attempt.value} />
          <TextField
            id="account-name"
            label={t('account.name')}
            value={name.value}
            autoComplete="username"
            maxLength={40}
            problem={nameProblem}
            onInput={(value) => {
              name.value = value;
            }}
          />
          <PasswordField
            id="account-password"
            label={t('account.password')}
            value={password.value}
            autoComplete="current-password"
            problem={passwordProblem}
            onInput={(value) => {
              password.value = value;
            }}
          />
          <SubmitButton busy={isBusy.value}>{t('signIn.button')}</SubmitButton>
        </form>
        <PasskeySignIn />
      </Page>
    </AccountFrame>
  );
}
