import { useAdmin, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { problemText } from '../problem-text.ts';

/** Ends the session; when the server cannot be reached it says so, because one is then still signed in. */
export function SignOutButton() {
  const admin = useAdmin();
  const { t } = useWords();
  async function signOut() {
    admin.trouble.value = null;
    try {
      await admin.signOut();
    } catch (thrown) {
      admin.trouble.value = problemText(t, asApiError(thrown));
    }
  }
  return (
    <button type="button" class="button button-quiet" onClick={() => void signOut()}>
      <Icon name="leave" />
      {t('signIn.leave')}
    </button>
  );
}
