import { BlockList, isIP, isIPv6 } from 'node:net';

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

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

const withoutMapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * This machine and the given addresses and networks (`10.0.0.5`, `172.30.0.0/24`).
 *
 * @throws Error for what is neither
 */
export function listProxies(addresses: readonly string[]): BlockList {
  const proxies = new BlockList();
  proxies.addSubnet('127.0.0.0', 8);
  proxies.addAddress('::1', 'ipv6');
  for (const address of addresses) {
    const [network = '', bits, ...rest] = address.split('/');
    if (rest.length > 0) throw new Error('neither an address nor a network');
    if (bits === undefined) proxies.addAddress(network, familyOf(network));
    // Number('') is 0, and a network of no bits is the whole world.
    else if (!/^[1-9]\d{0,2}$/.test(bits)) throw new Error('a network without a size');
    else proxies.addSubnet(network, Number(bits), familyOf(network));
  }
  return proxies;
}

/**
 * Whom a limit counts a request for. One of the proxies is believed about the address it adds to X-Forwarded-For, and where that
 * is a proxy too, about what stands before it; what anybody else wrote there may be anything.
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string {
  const forwarded = forwardedFor?.split(',').map((one) => withoutMapping(one.trim())) ?? [];
  const isProxy = (one: string) => isIP(one) !== 0 && proxies.check(one, familyOf(one));
  let address = withoutMapping(socketAddress);
  while (isProxy(address)) {
    const before = forwarded.pop();
    if (!before) break;
    address = before;
  }
  return isIPv6(address) ? networkOf(address) : address;
}
