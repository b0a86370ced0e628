/** A source of UUIDs v4 that are different and always the same: 1, 2, 3, ... */
export function numberedUuids(): () => string {
  let number = 0;
  return function nextUuid() {
    number += 1;
    return numberedUuid(number);
  };
}

/** The UUID v4 of a number. */
export function numberedUuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
