import { useEffect, useRef } from 'preact/hooks';
import type { ChecklistEntry } from '#core/contract/oit.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { EntryEditor } from './entry-editor.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { RefusedNote } from './refused-note.tsx';
import type { EntriesWork } from './use-entries.ts';

interface EntryCardProps {
  entry: ChecklistEntry;
  name: string;
  today: string;
  /** Null where nothing may be changed. */
  entries: EntriesWork | null;
  /** Fetches what others wrote meanwhile. */
  refresh: () => void;
}

/** The id of an item's card, to which the list of what is missing leads. */
export const cardId = (item: string) => `oit-${item}`;

/** One item: what is published where, by whom, until when; and the form that changes it. */
export function EntryCard({ entry, name, today, entries, refresh }: EntryCardProps) {
  const { t } = useWords();
  const { item } = entry;
  const doing = entries?.work.value.get(item);
  const isEditing = doing?.state === 'editing';
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  // The form is gone, and the focus with it: back to what opened it.
  useEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus({ preventScroll: true });
    wasEditing.current = isEditing;
  }, [isEditing]);

  return (
    <li class="card oit-entry" id={cardId(item)}>
      <h4 tabIndex={-1}>
        <span class="item-code">{item}</span> <span>{name}</span>
      </h4>
      <EntryFacts entry={entry} today={today} />
      {entries && !isEditing ? (
        <div class="oit-acts">
          <button type="button" class="button" ref={button} onClick={() => entries.edit(entry)}>
            {t('oit.edit')}
            <span class="visually-hidden"> {item}</span>
          </button>
        </div>
      ) : null}
      {entries && isEditing ? (
        <EntryEditor entry={entry} doing={doing} entries={entries} refresh={refresh} />
      ) : null}
      <output>
        {entries && doing?.state === 'saved' ? (
          <span class="oit-saved">
            <Icon name="check" />
            {t('oit.saved')}
            <button
              type="button"
              class="button button-quiet"
              aria-disabled={doing.isBusy ? 'true' : undefined}
              onClick={() => entries.takeBack(item)}
            >
              {t('oit.undo')}
              <span class="visually-hidden"> {item}</span>
            </button>
          </span>
        ) : null}
      </output>
      {doing?.state === 'saved' && doing.refused ? (
        <RefusedNote refused={doing.refused} stale={t('oit.staleUndo')} refresh={refresh} />
      ) : null}
    </li>
  );
}
