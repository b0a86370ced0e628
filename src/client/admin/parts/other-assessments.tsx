import { useAdmin, useWords } from '../admin.ts';

/** The way on from what is gone: the assessments that there are by now, of which one is on show and the others can be chosen. */
export function OtherAssessments({ isSmall }: { isSmall?: boolean }) {
  const admin = useAdmin();
  const { t } = useWords();

  function look() {
    if (!admin.router.mayLeave()) return;
    admin.router.replace({ page: 'overview' });
    void admin.loadOffice();
  }

  return (
    <button type="button" class={isSmall ? 'button button-small' : 'button'} onClick={look}>
      {t('states.others')}
    </button>
  );
}
