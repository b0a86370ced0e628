import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';

/** Why an act did not work; nothing where it did. `wrongProof`: the words where a password or a code was not right. */
export function ActProblem({ error, wrongProof }: { error: ApiError | null; wrongProof?: string }) {
  const { t } = useWords();
  if (!error) return null;
  const isProof = error.code === 'sign-in-failed' && wrongProof !== undefined;
  return (
    <p class="field-problem" role="alert">
      {isProof ? wrongProof : problemText(t, error)}
    </p>
  );
}
