const two = (part: number) => String(part).padStart(2, '0');

/** The day on the device's own calendar, ISO; never the moment. */
export function localDay(now: Date): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
