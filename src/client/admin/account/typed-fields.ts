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

/** What stands in the fields that are still on the page, in its order: the name of the group that a field is in goes before its own. */
export function typedFields(touched: Iterable<EventTarget>): TypedField[] {
  return [...touched]
    .filter(
      (field): field is HTMLInputElement | HTMLTextAreaElement =>
        (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) &&
        field.isConnected &&
        IS_WANTED.has(field.type) &&
        field.value.trim() !== '',
    )
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .map((field) => {
      const group = wordsOf(field.closest('fieldset')?.querySelector('legend'));
      const name = wordsOf(field.labels?.[0]) || (field.getAttribute('aria-label') ?? '');
      return {
        label: [group, name].filter((words) => words !== '').join(' · '),
        value: field.value,
      };
    });
}

/** The same as text to copy. */
export const typedText = (fields: readonly TypedField[]): string =>
  fields.map(({ label, value }) => `${label}: ${value}`).join('\n');
