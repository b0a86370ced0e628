import { useWords } from '../admin.ts';
import { Empty } from './states.tsx';

/** A list that was narrowed until nothing was left, and the way back. */
export function NothingFound({ title, onShowAll }: { title: string; onShowAll: () => void }) {
  const { t } = useWords();
  return (
    <Empty title={title}>
      <button type="button" class="button" onClick={onShowAll}>
        {t('states.showAll')}
      </button>
    </Empty>
  );
}
