import {
  type ChecklistEntry,
  checklistEntrySchema,
  MAX_NOTE_CHARACTERS,
  MAX_RESPONSIBLE_CHARACTERS,
  MAX_URL_CHARACTERS,
} from '#core/contract/oit.ts';

/** An entry as it is typed. Empty = none. */
export interface EntryForm {
  url: string;
  responsible: string;
  note: string;
  state: ChecklistEntry['state'];
  due: string;
  points: ChecklistEntry['points'];
}

export type EntryFieldName = 'url' | 'responsible' | 'note' | 'due';

/** What is wrong in one field. */
export interface EntryProblem {
  field: EntryFieldName;
  code: 'url-invalid' | 'too-long' | 'due-invalid';
}

export type ReadEntry =
  | { state: 'valid'; entry: ChecklistEntry }
  | { state: 'invalid'; problems: EntryProblem[] };

/** The id of an input. */
export const entryField = (item: string, field: EntryFieldName | 'state' | 'points'): string =>
  `oit-${item}-${field}`;

export const formOf = ({
  url,
  responsible,
  note,
  state,
  due,
  points,
}: ChecklistEntry): EntryForm => ({
  url: url ?? '',
  responsible,
  note,
  state,
  due: due ?? '',
  points,
});

/** An address as people type or paste it: "www.example.go.th/a" is meant to begin with https:// */
function readUrl(typed: string): string | null {
  const url = typed.trim();
  if (url === '') return null;
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
}

/** The form as the server takes it, or all that is wrong with it, in the order of the fields. */
export function readEntry(item: string, form: EntryForm): ReadEntry {
  const entry = {
    item,
    url: readUrl(form.url),
    responsible: form.responsible.trim(),
    note: form.note.trim(),
    state: form.state,
    due: form.due === '' ? null : form.due,
    points: form.points,
  };
  const { shape } = checklistEntrySchema;
  const problems: EntryProblem[] = [];
  if ((entry.url ?? '').length > MAX_URL_CHARACTERS)
    problems.push({ field: 'url', code: 'too-long' });
  // A word without a dot is no address of a web site, whatever a browser makes of it.
  else if (!shape.url.safeParse(entry.url).success || entry.url?.includes('.') === false)
    problems.push({ field: 'url', code: 'url-invalid' });
  if (entry.responsible.length > MAX_RESPONSIBLE_CHARACTERS)
    problems.push({ field: 'responsible', code: 'too-long' });
  if (!shape.due.safeParse(entry.due).success) problems.push({ field: 'due', code: 'due-invalid' });
  if (entry.note.length > MAX_NOTE_CHARACTERS) problems.push({ field: 'note', code: 'too-long' });
  return problems.length > 0
    ? { state: 'invalid', problems }
    : { state: 'valid', entry: checklistEntrySchema.parse(entry) };
}

/** True if saving the form would change the entry, or the form cannot be read at all. */
export function isChanged(entry: ChecklistEntry, form: EntryForm): boolean {
  return JSON.stringify(formOf(entry)) !== JSON.stringify(form);
}
