import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
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
  // The form goes away with the button that had the focus.
  const heading = useRef<HTMLHeadingElement>(null);
  const support = passkeySupport(window);

  function leave() {
    isAdding.value = false;
    heading.current?.focus();
  }

  function adding() {
    if (support !== 'ready') return <p class="note">{t(`passkeys.${support}`)}</p>;
    if (isAdding.value)
      return (
        <PasskeyForm
          onDone={() => {
            leave();
            feedback.value = t('passkeys.added');
            reload();
          }}
          onCancel={leave}
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
      <h2 id="passkeys" tabIndex={-1} ref={heading}>
        {t('passkeys.title')}
      </h2>
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
