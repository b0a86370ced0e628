import {
  type ChecklistEntry,
  checklistEntrySchema,
  MAX_NOTE_CHARACTERS,
  MAX_RESPONSIBLE_CHARACTERS,
  MAX_URL_CHARACTERS,
  MAX_URLS,
} from '#core/contract/oit.ts';

/** An entry as it is typed. Empty = none. `urls` has at least one, so that there is a field to type in. */
export interface EntryForm {
  urls: readonly string[];
  responsible: string;
  note: string;
  state: ChecklistEntry['state'];
  due: string;
  points: ChecklistEntry['points'];
}

/** `url-0` is the first of the addresses. */
export type EntryFieldName = `url-${number}` | 'responsible' | 'note' | 'due';

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
  urls,
  responsible,
  note,
  state,
  due,
  points,
}: ChecklistEntry): EntryForm => ({
  urls: urls.length === 0 ? [''] : urls,
  responsible,
  note,
  state,
  due: due ?? '',
  points,
});

/** An address as people type or paste it: "www.example.go.th/a" is meant to begin with https:// */
function readUrl(typed: string): string {
  const url = typed.trim();
  if (url === '') return '';
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
}

const urlsSchema = checklistEntrySchema.shape.urls;

function urlProblem(url: string): EntryProblem['code'] | null {
  if (url.length > MAX_URL_CHARACTERS) return 'too-long';
  // A word without a dot is no address of a web site, whatever a browser makes of it.
  return url === '' || (urlsSchema.safeParse([url]).success && url.includes('.'))
    ? null
    : 'url-invalid';
}

/** True while one more address fits. */
export const hasRoomForUrl = ({ urls }: EntryForm): boolean => urls.length < MAX_URLS;

/** The form as the server takes it, or all that is wrong with it, in the order of the fields. */
export function readEntry(item: string, form: EntryForm): ReadEntry {
  const urls = form.urls.map(readUrl);
  const entry = {
    item,
    // The same page once; a field that was left empty is no page.
    urls: [...new Set(urls)].filter((url) => url !== ''),
    responsible: form.responsible.trim(),
    note: form.note.trim(),
    state: form.state,
    due: form.due === '' ? null : form.due,
    points: form.points,
  };
  const { shape } = checklistEntrySchema;
  const problems = urls.flatMap((url, index): EntryProblem[] => {
    const code = urlProblem(url);
    return code === null ? [] : [{ field: `url-${index}`, code }];
  });
  if (entry.responsible.length > MAX_RESPONSIBLE_CHARACTERS)
    problems.push({ field: 'responsible', code: 'too-long' });
  if (!shape.due.safeParse(entry.due).success) problems.push({ field: 'due', code: 'due-invalid' });
  if (entry.note.length > MAX_NOTE_CHARACTERS) problems.push({ field: 'note', code: 'too-long' });
  return problems.length > 0
    ? { state: 'invalid', problems }
    : { state: 'valid', entry: checklistEntrySchema.parse(entry) };
}

const withoutBlanks = (form: EntryForm): EntryForm => ({
  ...form,
  urls: form.urls.filter((url) => url.trim() !== ''),
});

/** True if saving the form would change the entry, or the form cannot be read at all. */
export function isChanged(entry: ChecklistEntry, form: EntryForm): boolean {
  return JSON.stringify(withoutBlanks(formOf(entry))) !== JSON.stringify(withoutBlanks(form));
}
