/** What somebody typed into a field, and how the page calls it. */
export interface TypedField {
  label: string;
  value: string;
}

/** Nobody wants a password back, nor what only narrowed a list. */
const IS_WANTED = new Set(['text', 'date', 'number', 'url', 'textarea']);

/** A name and a number in one label stand in elements of their own, with no space between. */
const wordsOf = (element: Element | null | undefined) =>
  [...(element?.childNodes ?? [])]
    .map(({ textContent }) => textContent?.trim())
    .filter((words) => words)
    .join(' ');

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (target: EventTarget): target is Field =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) &&
  IS_WANTED.has(target.type);

/** The name of the group that a field is in goes before its own. */
function typedInto(field: Field): TypedField {
  const group = wordsOf(field.closest('fieldset')?.querySelector('legend'));
  const name = wordsOf(field.labels?.[0]) || (field.getAttribute('aria-label') ?? '');
  return {
    label: [group, name].filter((words) => words !== '').join(' · '),
    value: field.value,
  };
}

const isBefore = (a: Field, b: Field) =>
  a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

/** What was typed since the page came: of the fields that are still on it, and of the screens of the same form before it. */
export interface Typed {
  note(target: EventTarget): void;
  /** Another page is on show; `isSameForm`: one more screen of the form that is being typed. */
  turn(isSameForm: boolean): void;
  /** What stands there, the screens before first, each in the order of the page. */
  fields(): TypedField[];
}

export function createTyped(): Typed {
  const fields = new Set<Field>();
  // By the id of the field, which is another one when its screen comes again.
  const before = new Map<string, TypedField>();
  const latest = new Map<string, TypedField>();
  return {
    note(target) {
      if (!isField(target)) return;
      fields.add(target);
      before.delete(target.id);
      latest.set(target.id, typedInto(target));
    },
    turn(isSameForm) {
      if (isSameForm) for (const [id, typed] of latest) before.set(id, typed);
      else before.clear();
      latest.clear();
      fields.clear();
    },
    fields() {
      const present = [...fields].filter(({ isConnected }) => isConnected).sort(isBefore);
      return [...before.values(), ...present.map(typedInto)].filter(
        ({ value }) => value.trim() !== '',
      );
    },
  };
}

/** The same as text to copy. */
export const typedText = (fields: readonly TypedField[]): string =>
  fields.map(({ label, value }) => `${label}: ${value}`).join('\n');
