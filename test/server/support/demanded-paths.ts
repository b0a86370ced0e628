import type * as z from 'zod/mini';

type Described = z.core.JSONSchema._JSONSchema;

const inEach = (lists: string[][]): string[] =>
  (lists[0] ?? []).filter((path) => lists.every((list) => list.includes(path)));

/** What cannot be left out, by its place: `rows[].life.state`. Of a choice of several shapes, what all of them have. */
export function demandedPaths(schema: Described, at = ''): string[] {
  if (typeof schema === 'boolean') return [];
  const { properties = {}, required = [] } = schema;
  const shapes = (schema.anyOf ?? schema.oneOf ?? []).filter(
    (shape) => typeof shape === 'boolean' || shape.type !== 'null',
  );
  const items = [schema.items ?? []].flat();
  return [
    ...inEach(shapes.map((shape) => demandedPaths(shape, at))),
    ...(schema.allOf ?? []).flatMap((part) => demandedPaths(part, at)),
    ...items.flatMap((item) => demandedPaths(item, `${at}[]`)),
    ...demandedPaths(schema.additionalProperties ?? false, `${at}{}`),
    ...required.flatMap((name) => {
      const place = at === '' ? name : `${at}.${name}`;
      return [place, ...demandedPaths(properties[name] ?? false, place)];
    }),
  ];
}
