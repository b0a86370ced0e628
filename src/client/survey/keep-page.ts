import type { Language } from '#core/contract/language.ts';

/**
 * Has the service worker keep the page of the channel at this address as the server renders it, so that the next visit shows its
 * first screen at once. `serviceWorker` null: there is none, and nothing is kept.
 */
export async function keepPage(
  serviceWorker: Pick<ServiceWorkerContainer, 'ready'> | null,
  path: string,
  language: Language,
): Promise<void> {
  const { active } = (await serviceWorker?.ready) ?? {};
  active?.postMessage({ keep: path, language }, []);
}
