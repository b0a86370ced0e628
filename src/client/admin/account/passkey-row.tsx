import { useSignal } from '@preact/signals';
import type { Passkey } from '#core/contract/passkeys.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';
import { PasskeyRenaming } from './passkey-renaming.tsx';

/** A passkey of one's own: another name, or gone. */
export function PasskeyRow({ passkey, reload }: { passkey: Passkey; reload: () => void }) {
  const { api, feedback } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const doing = useSignal<'nothing' | 'renaming' | 'removing'>('nothing');

  const remove = () =>
    act(async () => {
      await api.removePasskey(passkey.id);
      feedback.value = t('passkeys.removed', { name: passkey.name });
      reload();
    });

  function leave() {
    doing.value = 'nothing';
  }

  return (
    <li class="person">
      <div>
        <h3>{passkey.name}</h3>
        <p class="hint">{t('passkeys.addedAt', { moment: formats.moment(passkey.addedAt) })}</p>
      </div>
      {doing.value === 'nothing' ? (
        <div class="form-acts">
          <Button
            kind="secondary"
            label={t('passkeys.renameName', { name: passkey.name })}
            onPress={() => {
              doing.value = 'renaming';
            }}
          >
            {t('passkeys.rename')}
          </Button>
          <Button
            kind="secondary"
            label={t('passkeys.removeName', { name: passkey.name })}
            onPress={() => {
              doing.value = 'removing';
            }}
          >
            {t('passkeys.remove')}
          </Button>
        </div>
      ) : null}
      {doing.value === 'renaming' ? (
        <PasskeyRenaming passkey={passkey} reload={reload} leave={leave} />
      ) : null}
      {doing.value === 'removing' ? (
        <Sure
          question={t('passkeys.sure', { name: passkey.name })}
          yes={t('passkeys.remove')}
          no={t('passkeys.keep')}
          isBusy={isBusy}
          onYes={() => void remove()}
          onNo={leave}
        />
      ) : null}
      <ActProblem error={error} />
    </li>
  );
}
