import { useWords } from '../admin.ts';
import { TextField } from '../parts/text-field.tsx';
import type { ChecklistFilter, Progress } from './checklist-view.ts';

interface ChecklistFiltersProps {
  filter: ChecklistFilter;
  progress: Progress;
  onChange: (filter: ChecklistFilter) => void;
}

/** Narrows the checklist: what is missing, what is late, and words. */
export function ChecklistFilters({ filter, progress, onChange }: ChecklistFiltersProps) {
  const { t, formats } = useWords();
  const choices = [
    { show: 'all', n: progress.items },
    { show: 'missing', n: progress.missing },
    { show: 'overdue', n: progress.overdue },
  ] as const;
  return (
    <div class="filters">
      <fieldset class="segments">
        <legend>{t('oit.show')}</legend>
        <div class="segments-row">
          {choices.map(({ show, n }) => (
            <label key={show} class="segment">
              <input
                type="radio"
                name="oit-show"
                class="visually-hidden"
                checked={filter.show === show}
                onChange={() => onChange({ ...filter, show })}
              />
              <span>{t(`oit.shows.${show}`, { n: formats.count(n) })}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        id="oit-search"
        type="search"
        label={t('oit.search')}
        value={filter.search}
        onInput={(search) => onChange({ ...filter, search })}
      />
    </div>
  );
}
