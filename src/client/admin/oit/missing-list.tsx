import { useSignal } from '@preact/signals';
import type { ChecklistEntry } from '#core/contract/oit.ts';
import { gapsOf, isOverdue, missingEntries } from '#core/instruments/oit/gaps.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

/** As many as are seen at a glance; the rest unfolds. */
const SHOWN_AT_FIRST = 5;

interface MissingListProps {
  entries: readonly ChecklistEntry[];
  nameOf: (item: string) => string;
  today: string;
  onOpen: (item: string) => void;
}

/** Everything that is missing, the earliest due first; each line leads to its item. */
export function MissingList({ entries, nameOf, today, onOpen }: MissingListProps) {
  const { t, formats } = useWords();
  const isWhole = useSignal(false);
  const missing = missingEntries(entries);
  if (missing.length === 0) return null;
  const shown = isWhole.value ? missing : missing.slice(0, SHOWN_AT_FIRST);
  return (
    <section class="card" aria-labelledby="oit-missing">
      <h2 id="oit-missing">{t('oit.missingTitle')}</h2>
      <ol class="oit-missing">
        {shown.map((entry) => (
          <li key={entry.item}>
            <button type="button" class="oit-missing-item" onClick={() => onOpen(entry.item)}>
              <span class="item-code">{entry.item}</span> <span>{nameOf(entry.item)}</span>
            </button>
            <p class="oit-missing-facts">
              {isOverdue(entry, today) ? (
                <span class="tag oit-overdue">
                  <Icon name="warning" />
                  {t('oit.overdue')}
                </span>
              ) : null}
              {gapsOf(entry).map((gap) => (
                <span key={gap} class="tag oit-plain">
                  {t(`oit.gaps.${gap}`)}
                </span>
              ))}
              {entry.due === null ? null : (
                <span>{t('oit.dueOn', { day: formats.day(entry.due) })}</span>
              )}
              {entry.responsible === '' ? null : <span>{entry.responsible}</span>}
            </p>
          </li>
        ))}
      </ol>
      {missing.length > SHOWN_AT_FIRST ? (
        <button
          type="button"
          class="button button-quiet"
          aria-expanded={isWhole.value}
          onClick={() => {
            isWhole.value = !isWhole.value;
          }}
        >
          {isWhole.value
            ? t('oit.showFewer')
            : t('oit.showAll', { count: missing.length, n: formats.count(missing.length) })}
        </button>
      ) : null}
    </section>
  );
}
