/** The address to type beside a short code: where the survey app without a channel is, short as a person types it. */
export function addressToType(channelUrl: string): string {
  const { host, pathname } = new URL(channelUrl);
  return `${host}${pathname.replace(/\/s\/[^/]*$/, '')}`;
}
