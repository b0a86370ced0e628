import { useSignal } from '@preact/signals';
import {
  accountNameSchema,
  MIN_PASSWORD_CHARACTERS,
  type Session,
  type SetUp,
} from '#core/contract/account.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { ErrorSummary, type SummaryLine } from '../parts/error-summary.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { problemText } from '../problem-text.ts';
import type { Route } from '../routes.ts';
import type { Translate } from '../texts.ts';
import { PasswordStrengthNote } from './password-strength-note.tsx';

const NAME_FIELD = 'account-name';
const PASSWORD_FIELD = 'account-password';

function nameProblem(t: Translate, name: string): string | undefined {
  if (name.trim() === '') return t('account.nameMissing');
  return accountNameSchema.safeParse(name).success ? undefined : t('account.nameInvalid');
}

function passwordProblem(t: Translate, password: string): string | undefined {
  if (password === '') return t('account.passwordMissing');
  return password.length < MIN_PASSWORD_CHARACTERS ? t('account.passwordHint') : undefined;
}

/** Where an error of the server belongs on this form; null = to the whole of it. */
function fieldOf(error: ApiError): string | null {
  if (error.code === 'password-too-weak') return PASSWORD_FIELD;
  return error.code === 'name-taken' ? NAME_FIELD : null;
}

interface SetUpFormProps {
  /** Makes the account and signs it in. */
  make: (account: Omit<SetUp, 'token'>) => Promise<Session>;
  /** Where one goes then. */
  next: Route;
  /** Called when the link turns out to be used meanwhile. */
  linkUsed: () => void;
}

/** Name and password of a new account. */
export function SetUpForm({ make, next, linkUsed }: SetUpFormProps) {
  const admin = useAdmin();
  const { t } = useWords();
  const name = useSignal('');
  const password = useSignal('');
  const attempt = useSignal(0);
  const isBusy = useSignal(false);
  const refused = useSignal<ApiError | null>(null);

  const isTold = attempt.value > 0;
  const refusal = refused.value && problemText(t, refused.value);
  const refusedField = refused.value && fieldOf(refused.value);
  const problemOf = (field: string, own: string | undefined) =>
    (isTold ? own : undefined) ?? (refusal && refusedField === field ? refusal : undefined);
  const nameWrong = problemOf(NAME_FIELD, nameProblem(t, name.value));
  const passwordWrong = problemOf(PASSWORD_FIELD, passwordProblem(t, password.value));
  const lines: SummaryLine[] = [
    ...(nameWrong ? [{ text: nameWrong, field: NAME_FIELD }] : []),
    ...(passwordWrong ? [{ text: passwordWrong, field: PASSWORD_FIELD }] : []),
    ...(refusal && refusedField === null ? [{ text: refusal, field: null }] : []),
  ];

  async function setUp(event: Event) {
    event.preventDefault();
    if (isBusy.value) return;
    refused.value = null;
    attempt.value += 1;
    if (nameProblem(t, name.value) || passwordProblem(t, password.value)) return;
    isBusy.value = true;
    try {
      const session = await make({ name: name.value.trim(), password: password.value });
      admin.router.replace(next);
      admin.signedIn(session);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code === 'set-up-link-used') linkUsed();
      refused.value = error;
      attempt.value += 1;
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <form class="form card" noValidate onSubmit={(event) => void setUp(event)}>
      <ErrorSummary lines={lines} attempt={attempt.value} />
      <TextField
        id={NAME_FIELD}
        label={t('account.name')}
        hint={t('account.nameHint')}
        value={name.value}
        autoComplete="username"
        maxLength={40}
        problem={nameWrong}
        onInput={(value) => {
          name.value = value;
        }}
      />
      <PasswordField
        id={PASSWORD_FIELD}
        label={t('account.newPassword')}
        hint={
          <span aria-live="polite">
            {passwordWrong ? null : (
              <PasswordStrengthNote password={password.value} name={name.value} />
            )}
          </span>
        }
        value={password.value}
        autoComplete="new-password"
        problem={passwordWrong}
        onInput={(value) => {
          password.value = value;
          if (refusedField === PASSWORD_FIELD) refused.value = null;
        }}
      />
      <SubmitButton busy={isBusy.value}>{t('setUp.button')}</SubmitButton>
    </form>
  );
}
