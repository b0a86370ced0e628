/** The address to type beside a short code: where the survey app without a channel is, short as a person types it. */
export function addressToType(channelUrl: string): string {
  const { host, pathname } = new URL(channelUrl);
  return `${host}${pathname.replace(/\/s\/[^/]*$/, '')}`;
}

/** The host of a channel's address if nothing but the server's own machine can open it, else null. */
export function hostOnlyHere(channelUrl: string): string | null {
  const { host, hostname } = new URL(channelUrl);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(hostname);
  return isLoopback ? host : null;
}
