import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';

interface ActProblemProps {
  error: ApiError | null;
  /** The words where a password or a code was not right. */
  wrongProof?: string;
  /** The words where somebody else was quicker. */
  stale?: string;
}

/** Why an act did not work; nothing where it did. */
export function ActProblem({ error, wrongProof, stale }: ActProblemProps) {
  const { t } = useWords();
  if (!error) return null;
  const words: Partial<Record<ApiError['code'], string | undefined>> = {
    'sign-in-failed': wrongProof,
    'changed-meanwhile': stale,
  };
  return (
    <p class="field-problem" role="alert">
      {words[error.code] ?? problemText(t, error)}
    </p>
  );
}
