import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_PASSKEY_NAME_CHARACTERS } from '#core/contract/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';
import { PasskeyProblem } from './passkey-problem.tsx';
import type { PasskeyTrouble } from './passkey-trouble.ts';

const NAME_FIELD = 'passkey-name';

/** Adds a passkey: its name and the password here, then whatever the browser shows. */
export function PasskeyForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const name = useSignal('');
  const password = useSignal('');
  const isTold = useSignal(false);
  const trouble = useSignal<PasskeyTrouble | null>(null);
  const nameProblem = name.value.trim() === '' ? t('passkeys.nameMissing') : undefined;
  const passwordProblem = password.value === '' ? t('account.passwordMissing') : undefined;

  useEffect(() => document.getElementById(NAME_FIELD)?.focus(), []);

  async function add(event: Event) {
    event.preventDefault();
    isTold.value = true;
    trouble.value = null;
    if (nameProblem ?? passwordProblem) return;
    const isDone = await act(async () => {
      const creation = await api.beginPasskey(password.value);
      const { makePasskey } = await import('./ask-passkey.ts');
      const made = await makePasskey(creation);
      if (made.state === 'trouble') trouble.value = made.trouble;
      else await api.addPasskey({ name: name.value, passkey: made.passkey });
    });
    if (isDone && !trouble.value) onDone();
  }

  return (
    <form class="aside-section" noValidate onSubmit={(event) => void add(event)}>
      <TextField
        id={NAME_FIELD}
        label={t('passkeys.name')}
        hint={t('passkeys.nameHint')}
        value={name.value}
        maxLength={MAX_PASSKEY_NAME_CHARACTERS}
        problem={isTold.value ? nameProblem : undefined}
        onInput={(value) => {
          name.value = value;
        }}
      />
      <PasswordField
        id="passkey-password"
        label={t('ownAccount.currentPassword')}
        value={password.value}
        autoComplete="current-password"
        problem={isTold.value ? passwordProblem : undefined}
        onInput={(value) => {
          password.value = value;
        }}
      />
      <ActProblem error={error} wrongProof={t('ownAccount.passwordWrong')} />
      <PasskeyProblem trouble={trouble.value} />
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{t('passkeys.goOn')}</SubmitButton>
        <Button kind="quiet" onPress={onCancel}>
          {t('passkeys.cancel')}
        </Button>
      </div>
    </form>
  );
}
