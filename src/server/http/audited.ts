import type { MiddlewareHandler } from 'hono';
import type { AppContext, AppEffects, AppEnv } from './effects.ts';
import type { Route } from './route.ts';

const ASSESSMENT_PATH = '/api/v1/assessments/:id';

const isFile = (reply: Response) =>
  reply.headers.get('content-disposition')?.startsWith('attachment') ?? false;

function assessmentOf(route: Route, context: AppContext): string | null {
  const named = context.get('audited')?.assessment;
  const isOfPath = route.path === ASSESSMENT_PATH || route.path.startsWith(`${ASSESSMENT_PATH}/`);
  return named ?? (isOfPath ? (context.req.param('id') ?? null) : null);
}

/**
 * Writes the log's entry of what a route changed or gave out, before its answer leaves. Where the log cannot be written
 * the request fails: nothing is given out, and what was changed is told to have failed and is done again.
 */
export function tellOf(route: Route, { storage, now }: AppEffects): MiddlewareHandler<AppEnv> {
  return async function audited(context, next) {
    await next();
    if (!context.res.ok) return;
    const file = isFile(context.res);
    if (file && !route.audit) throw new Error(`${route.path} gave a file that no entry tells of`);
    const who = context.get('signedIn');
    // Nobody: a sign-in that goes on with a second factor.
    if (!route.audit || !who || (route.method === 'GET' && !file)) return;
    await storage.appendAudit({
      moment: `${new Date(now()).toISOString().slice(0, 19)}Z`,
      account: who.id,
      name: who.name,
      action: route.audit,
      assessment: assessmentOf(route, context),
      details: context.get('audited')?.details ?? {},
    });
  };
}
