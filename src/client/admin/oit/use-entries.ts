import { useSignal, type Signal } from '@preact/signals';
import type { ChecklistEntry } from '#core/contract/oit.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { formOf, isChanged, readEntry, type EntryForm } from './entry-form.ts';

/** What somebody does with an item just now. saved: it can still be taken back. */
export type EntryWork =
  | {
      state: 'editing';
      form: EntryForm;
      isTried: boolean;
      isBusy: boolean;
      refused: ApiError | null;
    }
  | { state: 'saved'; before: ChecklistEntry; isBusy: boolean; refused: ApiError | null };

export interface EntriesWork {
  /** By item; an item that nobody works on is not in it. */
  readonly work: Signal<ReadonlyMap<string, EntryWork>>;
  edit(entry: ChecklistEntry): void;
  change(item: string, form: EntryForm): void;
  cancel(item: string): void;
  /** False if something is wrong in the form; what the server says comes later. */
  save(entry: ChecklistEntry): boolean;
  takeBack(entry: ChecklistEntry): void;
  /** True while something is typed that is not saved. */
  hasUnsaved(entries: readonly ChecklistEntry[]): boolean;
}

interface EntriesEffects {
  /** Resolves to the entry as the server has it then. */
  write: (before: ChecklistEntry, after: ChecklistEntry) => Promise<ChecklistEntry>;
  onWritten: (entry: ChecklistEntry) => void;
}

/**
 * The work on the items of a checklist, each by itself. A change shows when the server has it; when it says no, everything
 * that was typed is still there.
 */
export function useEntries({ write, onWritten }: EntriesEffects): EntriesWork {
  const work = useSignal<ReadonlyMap<string, EntryWork>>(new Map());

  function set(item: string, next: EntryWork | null) {
    const changed = new Map(work.value);
    if (next) changed.set(item, next);
    else changed.delete(item);
    work.value = changed;
  }

  async function send(before: ChecklistEntry, after: ChecklistEntry, then: EntryWork | null) {
    const { item } = before;
    const doing = work.value.get(item);
    if (!doing || doing.isBusy) return;
    set(item, { ...doing, isBusy: true, refused: null });
    try {
      onWritten(await write(before, after));
      set(item, then);
    } catch (thrown) {
      const error = asApiError(thrown);
      // The sign-in page says it; signed in again, it would be told of somebody who is.
      set(item, {
        ...doing,
        isBusy: false,
        refused: error.code === 'not-signed-in' ? null : error,
      });
    }
  }

  return {
    work,
    edit(entry) {
      const form = formOf(entry);
      set(entry.item, { state: 'editing', form, isTried: false, isBusy: false, refused: null });
    },
    change(item, form) {
      const doing = work.value.get(item);
      if (doing?.state === 'editing') set(item, { ...doing, form });
    },
    cancel: (item) => set(item, null),
    save(entry) {
      const doing = work.value.get(entry.item);
      if (doing?.state !== 'editing') return true;
      const read = readEntry(entry.item, doing.form);
      if (read.state === 'invalid') {
        set(entry.item, { ...doing, isTried: true });
        return false;
      }
      if (isChanged(entry, formOf(read.entry)))
        void send(entry, read.entry, {
          state: 'saved',
          before: entry,
          isBusy: false,
          refused: null,
        });
      else set(entry.item, null);
      return true;
    },
    takeBack(entry) {
      const doing = work.value.get(entry.item);
      if (doing?.state === 'saved') void send(entry, doing.before, null);
    },
    hasUnsaved: (entries) =>
      entries.some((entry) => {
        const doing = work.value.get(entry.item);
        return doing?.state === 'editing' && isChanged(entry, doing.form);
      }),
  };
}
