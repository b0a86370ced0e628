import { useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';

/** For who sees the offices below and has no assessment of their own: one can be made, and need not. */
export function OwnAssessment() {
  const { t } = useWords();
  return (
    <section class="card aside-section" aria-labelledby="roll-up-own">
      <h2 id="roll-up-own">{t('rollUp.own')}</h2>
      <p>{t('rollUp.ownText')}</p>
      <div class="form-acts">
        <Link to={{ page: 'new-office' }} class="button">
          {t('settings.newAssessment')}
        </Link>
      </div>
    </section>
  );
}
