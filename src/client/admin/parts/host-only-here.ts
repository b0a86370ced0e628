/** The host of an address of ours if nothing but the server's own machine can open it, else null. */
export function hostOnlyHere(url: string): string | null {
  const { host, hostname } = new URL(url);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(hostname);
  return isLoopback ? host : null;
}
