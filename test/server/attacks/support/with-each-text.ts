/** Every text in some JSON, by its path, with the sign § behind it: JSON with one of them each. */
export function* withEachText(value: unknown, path = 'body'): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, `${JSON.stringify(value).slice(0, -1)}§"`];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value))
    for (const [place, text] of withEachText(part, `${path}.${key}`)) {
      const rest = Object.entries(value).map(
        ([name, other]) =>
          [JSON.stringify(name), name === key ? text : JSON.stringify(other)] as const,
      );
      const members = rest.map(([name, json]) => (Array.isArray(value) ? json : `${name}:${json}`));
      yield [place, Array.isArray(value) ? `[${members.join()}]` : `{${members.join()}}`];
    }
}
