import type { MiddlewareHandler } from 'hono';

const contentSecurityPolicy = (styleHash: string | null) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    styleHash === null ? "style-src 'self'" : `style-src 'self' '${styleHash}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Puts the security headers on every answer; over HTTPS also the promise to stay there. `styleHash`: of the one style sheet that
 * stands in a page, the survey's, letter by letter; null = there is none.
 */
export function securityHeaders(publicUrl: string, styleHash: string | null): MiddlewareHandler {
  const isSecure = publicUrl.startsWith('https:');
  const policy = contentSecurityPolicy(styleHash);
  return async function setSecurityHeaders(context, next) {
    await next();
    context.res.headers.set('content-security-policy', policy);
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
    if (isSecure)
      context.res.headers.set('strict-transport-security', `max-age=${ONE_YEAR_SECONDS}`);
  };
}
