/** Whether passkeys can be used here: insecure: not over HTTPS, or at a bare address; unsupported: not by this browser. */
export type PasskeySupport = 'ready' | 'insecure' | 'unsupported';

/** An IPv4 or IPv6 address. A passkey belongs to a name. */
const isAddress = (host: string) => /^[\d.]+$|^\[/.test(host);

/** `page`: the browser's window, or what stands for it. */
export function passkeySupport(page: {
  isSecureContext: boolean;
  location: { hostname: string };
  PublicKeyCredential?: unknown;
}): PasskeySupport {
  if (!page.isSecureContext || isAddress(page.location.hostname)) return 'insecure';
  return typeof page.PublicKeyCredential === 'function' ? 'ready' : 'unsupported';
}
