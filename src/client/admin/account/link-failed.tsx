import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Failed } from '../parts/states.tsx';

interface LinkFailedProps {
  error: ApiError;
  retry: () => void;
  /** What to do where the link was used or is too old. */
  usedText: string;
}

/** Why a link that works once opens nothing, and the way out. */
export function LinkFailed({ error, retry, usedText }: LinkFailedProps) {
  const { t } = useWords();
  if (error.code !== 'set-up-link-used') return <Failed error={error} retry={retry} />;
  return (
    <Page title={t('setUp.usedTitle')} isInFront>
      <div class="card prose">
        <p>{usedText}</p>
        <Link to={{ page: 'overview' }} class="button button-primary">
          {t('signIn.title')}
        </Link>
      </div>
    </Page>
  );
}
