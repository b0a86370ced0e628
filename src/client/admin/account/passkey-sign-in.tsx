import { useSignal } from '@preact/signals';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { useAct } from '../parts/use-act.ts';
import { PasskeyProblem } from './passkey-problem.tsx';
import { passkeySupport } from './passkey-support.ts';
import type { PasskeyTrouble } from './passkey-trouble.ts';

/** Signs in with a passkey instead of the name and the password; nothing where there can be none. */
export function PasskeySignIn() {
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const trouble = useSignal<PasskeyTrouble | null>(null);
  if (passkeySupport(window) !== 'ready') return null;

  const signIn = () =>
    act(async () => {
      trouble.value = null;
      const request = await admin.api.passkeyRequest();
      const { provePasskey } = await import('./ask-passkey.ts');
      const asked = await provePasskey(request);
      if (asked.state === 'trouble') trouble.value = asked.trouble;
      else admin.signedIn(await admin.api.signInWithPasskey(asked.passkey));
    });

  return (
    <div class="form card">
      <Button kind="secondary" isBusy={isBusy} onPress={() => void signIn()}>
        {t('passkeys.signIn')}
      </Button>
      <ActProblem error={error} />
      <PasskeyProblem trouble={trouble.value} />
    </div>
  );
}
