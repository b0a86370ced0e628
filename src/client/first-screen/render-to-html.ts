// Turns the survey's views into HTML where there is no document. For this the build puts once-hooks.ts in the place of Preact's
// hooks; together they do for one look at a view what Preact does in a browser.
import { Fragment, type ComponentChild, type Context, type VNode } from 'preact';
import { withContext } from './once-hooks.ts';

const VOID_ELEMENTS: ReadonlySet<string> = new Set(['input', 'br', 'hr', 'img']);

/** Those whose name in HTML is another than in the views. */
const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  htmlFor: 'for',
  noValidate: 'novalidate',
  tabIndex: 'tabindex',
};

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

function attributeOf([name, value]: [string, unknown]): string {
  const isSaid = /^aria-|^data-|^spellcheck$/.test(name);
  if (name === 'children' || name === 'key' || name === 'ref') return '';
  const written = ` ${ATTRIBUTE_NAMES[name] ?? name}`;
  if (value === true && !isSaid) return written;
  // Neither handlers nor what is not said.
  if (
    typeof value !== 'string' &&
    typeof value !== 'number' &&
    !(isSaid && typeof value === 'boolean')
  )
    return '';
  return `${written}="${escapeHtml(String(value))}"`;
}

function elementHtml(name: string, props: Readonly<Record<string, unknown>>): string {
  const attributes = Object.entries(props).map(attributeOf).join('');
  if (VOID_ELEMENTS.has(name)) return `<${name}${attributes}>`;
  return `<${name}${attributes}>${childHtml(props['children'] as ComponentChild)}</${name}>`;
}

function vnodeHtml({ type, props }: VNode<Record<string, unknown>>): string {
  if (typeof type === 'string') return elementHtml(type, props);
  if (type === Fragment) return childHtml(props['children'] as ComponentChild);
  const component = type as (given: object) => ComponentChild;
  return childHtml(component(props));
}

function childHtml(child: ComponentChild | readonly ComponentChild[]): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (Array.isArray(child)) return child.map(childHtml).join('');
  if (typeof child === 'object') return vnodeHtml(child as VNode<Record<string, unknown>>);
  return escapeHtml(String(child));
}

/** The view as HTML, with what its components find in the context. Functions as components only; effects do not run. */
export function renderToHtml<Value>(
  view: VNode,
  context: { of: Context<Value>; value: Value },
): string {
  return withContext(context.of, context.value, () => childHtml(view));
}
