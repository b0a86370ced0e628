import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_PASSKEY_NAME_CHARACTERS, type Passkey } from '#core/contract/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { takeFocus } from '../parts/stand-in-focus.ts';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';

interface PasskeyRenamingProps {
  passkey: Passkey;
  reload: () => void;
  leave: () => void;
}

/** Another name for a passkey. */
export function PasskeyRenaming({ passkey, reload, leave }: PasskeyRenamingProps) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const name = useSignal(passkey.name);
  const isTold = useSignal(false);
  const field = `passkey-name-${passkey.id}`;
  const problem = name.value.trim() === '' ? t('passkeys.nameMissing') : undefined;

  useEffect(() => takeFocus(document.getElementById(field), t('passkeys.rename')), []);

  async function rename(event: Event) {
    event.preventDefault();
    isTold.value = true;
    if (problem) return;
    const isDone = await act(async () => {
      await api.renamePasskey(passkey.id, name.value);
      feedback.value = t('passkeys.renamed');
      reload();
    });
    if (isDone) leave();
  }

  return (
    <form class="person-sure aside-section" noValidate onSubmit={(event) => void rename(event)}>
      <TextField
        id={field}
        label={t('passkeys.name')}
        value={name.value}
        maxLength={MAX_PASSKEY_NAME_CHARACTERS}
        problem={isTold.value ? problem : undefined}
        onInput={(value) => {
          name.value = value;
        }}
      />
      <ActProblem error={error} />
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{t('passkeys.save')}</SubmitButton>
        <Button kind="secondary" onPress={leave}>
          {t('passkeys.cancel')}
        </Button>
      </div>
    </form>
  );
}
