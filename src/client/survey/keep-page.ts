import type { Language } from '#core/contract/language.ts';

/** A worker lets go of all pages until it is activated, and hears messages before. */
async function untilActivated(worker: ServiceWorker): Promise<void> {
  if (worker.state === 'activated') return;
  await new Promise((resolve) => worker.addEventListener('statechange', resolve));
}

/**
 * Has the service worker keep the page of the channel at this address as the server renders it, so that the next visit shows its
 * first screen at once. `serviceWorker` null: there is none, and nothing is kept. `isThere`: whether that is any channel's; of what is
 * nobody's the server was asked already, and each time that it is asked counts as a wrong guess.
 */
export async function keepPage(
  serviceWorker: Pick<ServiceWorkerContainer, 'ready'> | null,
  path: string,
  language: Language,
  isThere: Promise<boolean>,
): Promise<void> {
  if (!(await isThere)) return;
  const { active } = (await serviceWorker?.ready) ?? {};
  if (!active) return;
  await untilActivated(active);
  active.postMessage({ keep: path, language }, []);
}
