import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppEnv, Log } from './effects.ts';

/**
 * Logs method, the route's pattern (never the path: it holds codes), status and duration. No address, no user agent, no
 * query: whoever reads the log cannot tell who answered.
 */
export function requestLog(log: Log, now: () => number): MiddlewareHandler<AppEnv> {
  return async function logRequest(context, next) {
    const start = now();
    await next();
    const route = matchedRoutes(context).findLast(({ method }) => method !== 'ALL');
    log.info(
      {
        method: context.req.method,
        route: route?.path ?? 'unmatched',
        status: context.res.status,
        ms: now() - start,
      },
      'request',
    );
  };
}
