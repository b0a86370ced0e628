import type { Signal } from '@preact/signals';
import type { ChecklistEntry } from '#core/contract/oit.ts';
import { oitTag } from '#core/contract/oit-tag.ts';
import { type Attempt, IDLE, useWork } from '../parts/use-work.ts';
import { formOf, isChanged, readEntry, type EntryForm } from './entry-form.ts';

/** What somebody does with an item just now. saved: `after` is what was, and can be taken back while nobody else wrote since. */
export type EntryWork = Attempt &
  (
    | { state: 'editing'; form: EntryForm; isTried: boolean }
    | { state: 'saved'; before: ChecklistEntry; after: ChecklistEntry }
  );

export interface EntriesWork {
  /** By item; an item that nobody works on is not in it. */
  readonly work: Signal<ReadonlyMap<string, EntryWork>>;
  edit(entry: ChecklistEntry): void;
  change(item: string, form: EntryForm): void;
  /** Not while it is being saved, which nothing calls back. */
  cancel(item: string): void;
  /** False if something is wrong in the form; what the server says comes later. */
  save(entry: ChecklistEntry): boolean;
  /** The server refuses it where somebody else wrote since. */
  takeBack(item: string): void;
  /** What the server has is on show: what others wrote since cannot be taken back, and is not told as one's own. */
  heed(stored: readonly ChecklistEntry[]): void;
  /** True while something is typed that is not saved. */
  hasUnsaved(entries: readonly ChecklistEntry[]): boolean;
}

interface EntriesEffects {
  /** Resolves to the entry as the server has it then. */
  write: (before: ChecklistEntry, after: ChecklistEntry) => Promise<ChecklistEntry>;
  onWritten: (entry: ChecklistEntry) => void;
}

/** The work on the items of a checklist. */
export function useEntries({ write, onWritten }: EntriesEffects): EntriesWork {
  const { work, set, attempt } = useWork<EntryWork>();

  function send(
    before: ChecklistEntry,
    after: ChecklistEntry,
    then: (now: EntryWork, written: ChecklistEntry) => EntryWork | null,
  ) {
    const doing = work.value.get(before.item);
    if (doing) void attempt(before.item, doing, () => write(before, after), onWritten, then);
  }

  return {
    work,
    edit(entry) {
      const form = formOf(entry);
      set(entry.item, { ...IDLE, state: 'editing', form, isTried: false });
    },
    change(item, form) {
      const doing = work.value.get(item);
      if (doing?.state === 'editing') set(item, { ...doing, form });
    },
    cancel(item) {
      if (!work.value.get(item)?.isBusy) set(item, null);
    },
    save(entry) {
      const doing = work.value.get(entry.item);
      if (doing?.state !== 'editing') return true;
      const read = readEntry(entry.item, doing.form);
      if (read.state === 'invalid') {
        set(entry.item, { ...doing, isTried: true });
        return false;
      }
      if (isChanged(entry, formOf(read.entry)))
        send(entry, read.entry, (now, written) =>
          // What was typed while it was on its way is not stored yet.
          now.state === 'editing' && now.form !== doing.form
            ? { ...now, ...IDLE }
            : { ...IDLE, state: 'saved', before: entry, after: written },
        );
      else set(entry.item, null);
      return true;
    },
    takeBack(item) {
      const doing = work.value.get(item);
      if (doing?.state === 'saved') send(doing.after, doing.before, () => null);
    },
    heed(stored) {
      for (const [item, doing] of work.value) {
        if (doing.state !== 'saved' || doing.isBusy) continue;
        const found = stored.find((entry) => entry.item === item);
        if (!found || oitTag(found) !== oitTag(doing.after)) set(item, null);
      }
    },
    hasUnsaved: (entries) =>
      entries.some((entry) => {
        const doing = work.value.get(entry.item);
        return doing?.state === 'editing' && isChanged(entry, doing.form);
      }),
  };
}
