import { useSignal } from '@preact/signals';
import type { OwnAccount } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { PasskeyForm } from './passkey-form.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import { passkeySupport } from './passkey-support.ts';

/** Signing in with a finger, a face or the PIN of a device, which stands for the password and the code. */
export function PasskeysSection(props: { passkeys: OwnAccount['passkeys']; reload: () => void }) {
  const { passkeys, reload } = props;
  const { feedback } = useAdmin();
  const { t } = useWords();
  const isAdding = useSignal(false);
  const support = passkeySupport(window);

  function adding() {
    if (support !== 'ready') return <p class="note">{t(`passkeys.${support}`)}</p>;
    if (isAdding.value)
      return (
        <PasskeyForm
          onDone={() => {
            isAdding.value = false;
            feedback.value = t('passkeys.added');
            reload();
          }}
          onCancel={() => {
            isAdding.value = false;
          }}
        />
      );
    return (
      <div class="form-acts">
        <Button
          kind="primary"
          onPress={() => {
            isAdding.value = true;
          }}
        >
          {t('passkeys.add')}
        </Button>
      </div>
    );
  }

  return (
    <section class="card aside-section" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('passkeys.title')}</h2>
      <p>{t('passkeys.lead')}</p>
      {passkeys.length === 0 ? null : (
        <ul class="people">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} reload={reload} />
          ))}
        </ul>
      )}
      {adding()}
    </section>
  );
}
