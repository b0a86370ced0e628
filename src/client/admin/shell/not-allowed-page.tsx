import { useWords } from '../admin.ts';
import { Page } from '../parts/page.tsx';

/** A page that one's role does not open. */
export function NotAllowedPage() {
  const { t } = useWords();
  return (
    <Page title={t('notAllowed.title')}>
      <p>{t('problems:not-allowed')}</p>
    </Page>
  );
}
