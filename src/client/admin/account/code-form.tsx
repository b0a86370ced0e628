import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Session } from '#core/contract/account.ts';
import { MAX_CODE_CHARACTERS } from '#core/contract/people.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';

const CODE_FIELD = 'sign-in-code';

interface CodeFormProps {
  /** Back to the name and the password; told why where no code is taken any more. */
  again: (over: ApiError | null) => void;
}

/** The second step of a sign-in. */
export function CodeForm({ again }: CodeFormProps) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const code = useSignal('');

  useEffect(() => document.getElementById(CODE_FIELD)?.focus(), []);

  /** Whoever used a backup code has one less, and may have no phone. */
  function tellLeft({ backupCodesLeft: left }: Session) {
    if (left === undefined) return;
    admin.feedback.value = t('signIn.backupCodeUsed', { count: left, n: formats.count(left) });
  }

  async function enter(event: Event) {
    event.preventDefault();
    if (code.value.trim() === '') return;
    await act(async () => {
      try {
        const session = await admin.api.enterCode(inArabicDigits(code.value));
        admin.signedIn(session);
        tellLeft(session);
      } catch (thrown) {
        const problem = asApiError(thrown);
        if (problem.code !== 'sign-in-expired') throw problem;
        again(problem);
      }
    });
  }

  return (
    <form class="form card" noValidate onSubmit={(event) => void enter(event)}>
      <TextField
        id={CODE_FIELD}
        label={t('ownAccount.code')}
        hint={t('signIn.codeHint')}
        value={code.value}
        autoComplete="one-time-code"
        maxLength={MAX_CODE_CHARACTERS}
        onInput={(value) => {
          code.value = value;
        }}
      />
      <p class="hint">{t('signIn.codeLost')}</p>
      <ActProblem error={error} wrongProof={t('ownAccount.codeWrong')} />
      <SubmitButton busy={isBusy}>{t('signIn.button')}</SubmitButton>
      <button type="button" class="button button-quiet" onClick={() => again(null)}>
        {t('signIn.again')}
      </button>
    </form>
  );
}
