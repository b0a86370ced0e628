import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';

/** An address under /admin that leads nowhere. */
export function UnknownPage() {
  const { t } = useWords();
  return (
    <Page title={t('unknown.title')}>
      <p>{t('unknown.text')}</p>
      <div class="form-acts">
        <Link to={{ page: 'overview' }} class="button button-primary">
          {t('nav.overview')}
        </Link>
      </div>
    </Page>
  );
}
