import { useWords } from '../admin.ts';
import type { PasskeyTrouble } from './passkey-trouble.ts';

/** Why the browser gave no passkey; nothing where it did. */
export function PasskeyProblem({ trouble }: { trouble: PasskeyTrouble | null }) {
  const { t } = useWords();
  if (!trouble) return null;
  return (
    <p class="field-problem" role="alert">
      {t(`passkeys.trouble.${trouble}`)}
    </p>
  );
}
