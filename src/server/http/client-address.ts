import { isIPv6 } from 'node:net';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const NETWORK_GROUPS = 4;

/** The network part (/64) of an IPv6 address: one household or one phone has all the addresses behind it. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - end.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...end]
    .slice(0, NETWORK_GROUPS)
    .join(':');
}

/**
 * Whom a limit counts a request for. A proxy on this same machine is believed about the address it adds to
 * X-Forwarded-For (the last one); anybody else could write what they like there.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined): string {
  const forwarded = forwardedFor?.split(',').at(-1)?.trim();
  const address = LOOPBACK.test(socketAddress) && forwarded ? forwarded : socketAddress;
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(mapped) ? networkOf(mapped) : mapped;
}
