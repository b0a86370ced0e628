export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A form with what is typed on top of what somebody else stored meanwhile; `before`: as it was when the typing began. A field that both
 * changed is as it is typed; so is a list, as a whole.
 */
export function typedOnto<Form>(before: Form, typed: Form, stored: Form): Form;
export function typedOnto(before: unknown, typed: unknown, stored: unknown): unknown {
  if (isSame(typed, before)) return stored;
  if (!isRecord(before) || !isRecord(typed) || !isRecord(stored)) return typed;
  const keys = Object.keys({ ...stored, ...typed });
  return Object.fromEntries(
    keys.map((key) => [key, typedOnto(before[key], typed[key], stored[key])]),
  );
}
