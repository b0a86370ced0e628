import { canonicalJson } from '#core/contract/canonical-json.ts';

/** What was put there by other means than ours is shown, and does not have the hash it should have. */
export function detailsOf(text: string): Record<string, string> {
  try {
    const details: unknown = JSON.parse(text);
    if (typeof details === 'object' && details !== null && canonicalJson({ ...details }) === text)
      return { ...details };
  } catch {
    // no JSON
  }
  return { unreadable: text };
}
