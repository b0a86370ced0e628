/**
 * Reloads the page if the server answers. For code that could not be fetched: Firefox never asks again for a module that
 * failed once, and a server that was updated has it no longer; in both cases a new page has what this one lacks.
 */
export async function reloadIfReachable(fetcher: typeof fetch, reload: () => void): Promise<void> {
  const reply = await fetcher('/readyz', { cache: 'no-store' }).catch(() => null);
  if (reply?.ok) reload();
}
