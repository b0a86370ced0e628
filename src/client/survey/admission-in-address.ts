import type { Admission } from '#core/contract/admission.ts';

/** What stands behind the # of a channel's address: `c=CODE`, or `d=WINDOW.MARK` of a display; null where it is neither. */
export function admissionIn(hash: string): Admission | null {
  const code = /^#c=([0-9A-Za-z]{1,32})$/.exec(hash)?.[1];
  if (code) return { by: 'code', code: code.toUpperCase() };
  const [, window, mark] = /^#d=(\d{1,12})\.([0-9a-f]{1,64})$/.exec(hash) ?? [];
  return window && mark ? { by: 'display', window: Number(window), mark } : null;
}

/** Takes it out of the address bar and out of the browser's history, so that nobody finds it there. */
export function takeAdmission({
  location,
  history,
}: Pick<Window, 'location' | 'history'>): Admission | null {
  const admission = admissionIn(location.hash);
  if (/^#[cd]=/.test(location.hash))
    history.replaceState(history.state, '', location.pathname + location.search);
  return admission;
}
