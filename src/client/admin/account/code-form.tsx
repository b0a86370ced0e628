import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';

const CODE_FIELD = 'sign-in-code';

/** The second step of a sign-in. `again`: back to the name and the password. */
export function CodeForm({ again }: { again: () => void }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const code = useSignal('');

  useEffect(() => document.getElementById(CODE_FIELD)?.focus(), []);

  async function enter(event: Event) {
    event.preventDefault();
    if (code.value.trim() === '') return;
    await act(async () => admin.signedIn(await admin.api.enterCode(code.value)));
  }

  return (
    <form class="form card" noValidate onSubmit={(event) => void enter(event)}>
      <TextField
        id={CODE_FIELD}
        label={t('ownAccount.code')}
        hint={t('signIn.codeHint')}
        value={code.value}
        autoComplete="one-time-code"
        maxLength={20}
        onInput={(value) => {
          code.value = value;
        }}
      />
      <p class="hint">{t('signIn.codeLost')}</p>
      <ActProblem error={error} wrongProof={t('ownAccount.codeWrong')} />
      <SubmitButton busy={isBusy}>{t('signIn.button')}</SubmitButton>
      <button type="button" class="button button-quiet" onClick={again}>
        {t('signIn.again')}
      </button>
    </form>
  );
}
