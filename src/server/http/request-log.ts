import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { HandledRequest } from '../metrics/request-counts.ts';
import type { AppEnv, Log } from './effects.ts';
import { PLAIN_FORM_PATH } from './plain-form.ts';

const SECOND_MS = 1_000;

/** What respondents' devices send: it takes the longer the more is in it, which would tell one device's batches from another's. */
const OF_DEVICES: ReadonlySet<string> = new Set([
  '/api/v1/batches',
  '/api/v1/device-reports',
  PLAIN_FORM_PATH,
]);

/** What a proxy and a container's engine ask each second: as long as all is well these lines would be nearly all of the log. */
const OF_LOOKS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** How long a request took, of what devices send in whole seconds. */
const told = (route: string, ms: number) =>
  OF_DEVICES.has(route) ? Math.floor(ms / SECOND_MS) * SECOND_MS : ms;

/**
 * Logs method, the route's pattern (never the path: it holds codes), status and duration. No address, no user agent, no
 * query: whoever reads the log cannot tell who answered. A look at whether the server lives leaves a line if it does not.
 */
export function requestLog(
  log: Log,
  now: () => number,
  onHandled: (request: Omit<HandledRequest, 'isOfOffice'>) => void,
): MiddlewareHandler<AppEnv> {
  return async function logRequest(context, next) {
    const start = now();
    await next();
    const matched = matchedRoutes(context).findLast(({ method }) => method !== 'ALL');
    const route = matched?.path ?? 'unmatched';
    const { method } = context.req;
    const { status } = context.res;
    // A clock that is set back meanwhile.
    const ms = Math.max(0, now() - start);
    if (status !== 200 || !OF_LOOKS.has(route))
      log.info({ method, route, status, ms: told(route, ms) }, 'request');
    onHandled({ method, route, status, ms });
  };
}
