import type { Admission } from '#core/contract/admission.ts';
import { isOutOfTime } from '#core/display/window.ts';

/**
 * What stands behind the # of a channel's address: `c=CODE`, or `d=WINDOW.MARK` of a display; null where it is neither. `now`:
 * milliseconds since 1970, by which a display's code is told from an old picture of it; no time goes along.
 */
export function admissionIn(hash: string, now: number): Admission | null {
  const code = /^#c=([0-9A-Za-z]{1,32})$/.exec(hash)?.[1];
  if (code) return { by: 'code', code: code.toUpperCase() };
  const [, window, mark] = /^#d=(\d{1,12})\.([0-9a-f]{1,64})$/.exec(hash) ?? [];
  if (!window || !mark) return null;
  const isOld = isOutOfTime(Number(window), now);
  return { by: 'display', window: Number(window), mark, ...(isOld && { isOld }) };
}

/** Takes it out of the address bar and out of the browser's history, so that nobody finds it there. */
export function takeAdmission(
  { location, history }: Pick<Window, 'location' | 'history'>,
  now: number,
): Admission | null {
  const admission = admissionIn(location.hash, now);
  if (/^#[cd]=/.test(location.hash))
    history.replaceState(history.state, '', location.pathname + location.search);
  return admission;
}
