import { Hono, type MiddlewareHandler } from 'hono';
import { createReception, type Reception } from '../receiving/reception.ts';
import { createResults, type Results } from '../counting/results.ts';
import type { HandledRequest } from '../metrics/request-counts.ts';
import { accountRoutes } from './account.ts';
import { assessmentChannelRoutes } from './assessment-channels.ts';
import { assessmentLifeRoutes } from './assessment-life.ts';
import { assessmentRoutes } from './assessments.ts';
import { auditRoutes } from './audit.ts';
import { batchRoutes } from './batches.ts';
import { cardRoutes } from './card.ts';
import { channelRoutes } from './channels.ts';
import { definitionRoutes } from './definitions.ts';
import { deliveryRoutes } from './deliveries.ts';
import { displayRoutes } from './displays.ts';
import { deviceReportRoutes } from './device-reports.ts';
import type { AppEffects, AppEnv } from './effects.ts';
import { createGuessLimit, type GuessLimit } from './guess-limit.ts';
import { guardsOf, limitRequests } from './guards.ts';
import { joinRoutes } from './join.ts';
import { passkeyRoutes } from './passkeys.ts';
import { organizationImportRoutes } from './organization-imports.ts';
import { organizationRoutes } from './organizations.ts';
import { peopleRoutes } from './people.ts';
import { handDownRoutes } from './hand-downs.ts';
import { healthRoutes } from './health.ts';
import { kioskDeviceRoutes } from './kiosk-device.ts';
import { kioskRoutes } from './kiosks.ts';
import { liveRoutes } from './live.ts';
import { measureRoutes } from './measures.ts';
import { oitRoutes } from './oit.ts';
import { openApiDocument } from './openapi.ts';
import { registerPages } from './page-routes.ts';
import { problemResponse } from './problem-response.ts';
import { createProving } from './proving.ts';
import { recoveryRoutes } from './recovery.ts';
import { reportRoutes } from './report.ts';
import { requestLog } from './request-log.ts';
import { resultRoutes } from './results.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './session.ts';
import { rollUpRoutes } from './roll-up.ts';
import { sealKeyRoutes } from './seal-keys.ts';
import { setAsideRoutes } from './set-aside.ts';
import { staffCodeRoutes } from './staff-codes.ts';
import { setUpRoutes } from './set-up.ts';
import { registerNewerFiles, registerStaticFiles } from './static-routes.ts';

const neverStored: MiddlewareHandler<AppEnv> = async function neverStored(context, next) {
  await next();
  context.res.headers.set('cache-control', 'no-store');
};

const OPENAPI_PATH = '/api/openapi.json';

/** Every route of the API. */
export function routesOf(
  effects: AppEffects,
  countWrongGuess: GuessLimit,
  reception: Reception = createReception(effects),
  results: Results = createResults(effects),
): Route[] {
  const proven = createProving(effects);
  return [
    ...healthRoutes(effects),
    ...channelRoutes(effects, countWrongGuess),
    ...batchRoutes(effects, reception, countWrongGuess),
    ...deviceReportRoutes(effects),
    ...setUpRoutes(effects),
    ...sessionRoutes(effects),
    ...definitionRoutes(effects),
    ...assessmentRoutes(effects),
    ...assessmentChannelRoutes(effects),
    ...displayRoutes(effects),
    ...assessmentLifeRoutes(effects),
    ...handDownRoutes(effects),
    ...sealKeyRoutes(effects),
    ...kioskRoutes(effects),
    ...kioskDeviceRoutes(effects),
    ...staffCodeRoutes(effects),
    ...resultRoutes(effects, results),
    ...liveRoutes(effects, results),
    ...reportRoutes(effects, results),
    ...oitRoutes(effects),
    ...measureRoutes(effects),
    ...deliveryRoutes(effects, results),
    ...setAsideRoutes(effects),
    ...cardRoutes(effects, results),
    ...rollUpRoutes(effects, results),
    ...auditRoutes(effects),
    ...organizationRoutes(effects),
    ...organizationImportRoutes(effects),
    ...peopleRoutes(effects),
    ...joinRoutes(effects),
    ...recoveryRoutes(effects),
    ...accountRoutes(effects, proven),
    ...passkeyRoutes(effects, proven),
  ];
}

/**
 * The whole server as one function from a request to an answer. Everything it needs of the world is in `effects`. An
 * address may end in a slash (`strict: false`): people type it and messengers add it.
 */
export function createApp(
  effects: AppEffects,
  results: Results = createResults(effects),
): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: false });
  const countWrongGuess = createGuessLimit(effects);
  const reception = createReception(effects);

  const routes = routesOf(effects, countWrongGuess, reception, results);
  const ofOffice = new Set(
    routes
      .filter(({ access }) => access !== 'public')
      .map(({ method, path }) => `${method} ${path}`),
  );
  const tellHandled = (request: Omit<HandledRequest, 'isOfOffice'>) =>
    effects.onHandled?.({
      ...request,
      // Their names change with each build.
      route: effects.staticFiles.has(request.route) ? 'file' : request.route,
      isOfOffice: ofOffice.has(`${request.method} ${request.route}`),
    });

  app.use(requestLog(effects.log, effects.now, tellHandled));
  app.use(securityHeaders(effects.publicUrl, effects.pages.styleHash));
  app.onError((error) => problemResponse(error, effects.log));
  registerStaticFiles(app, effects.staticFiles);

  const limit = limitRequests(effects);
  app.use(limit);
  registerNewerFiles(app, effects.newerFile);
  app.use('/api/*', neverStored);
  app.use('/healthz', neverStored);
  app.use('/readyz', neverStored);

  for (const route of routes)
    app.on(route.method, [route.path], ...guardsOf(route, effects), route.handle);

  // Made for the first who asks: it takes longer than all else of a start but reading the program.
  let document: ReturnType<typeof openApiDocument> | null = null;
  app.get(OPENAPI_PATH, (context) =>
    context.json((document ??= openApiDocument(routes, effects.publicUrl))),
  );
  registerPages(app, effects, countWrongGuess, reception);
  return app;
}
