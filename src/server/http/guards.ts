import type { MiddlewareHandler } from 'hono';
import { tellOf } from './audited.ts';
import {
  ACCOUNT_GONE,
  ACCOUNT_HEADER,
  ACCOUNT_ID_HEADER,
  headerOfAccount,
} from '#core/contract/account.ts';
import { may } from '#core/contract/role.ts';
import type { Accounts } from '../auth/accounts.ts';
import { demandOwnBranch, isOfAssessment } from './branch.ts';
import { demandCurrentClient } from './client-protocol.ts';
import type { AppEffects, AppEnv } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';
import { demandSameOrigin, refuseForeignPage } from './same-origin.ts';
import { setCookies } from './session-cookies.ts';

// A hundred devices that wake at once behind one address send a few requests each; a busy counter sends some thousand
// batches in a day. Both pass; a program that asks without end does not.
const REQUESTS_AT_ONCE = 1_000;
const REQUESTS_PER_SECOND = 50;

/**
 * What a proxy asks of itself, from the address that it brings everybody from where it is not trusted: where that has no more requests left,
 * it would take every server for gone.
 */
const OF_THE_PROXY = new Set(['/healthz', '/readyz']);

/** Limits how often one address may ask; generous. */
export function limitRequests({ addressOf, limits }: AppEffects): MiddlewareHandler<AppEnv> {
  const buckets = limits.buckets('requests', {
    capacity: REQUESTS_AT_ONCE,
    perSecond: REQUESTS_PER_SECOND,
  });
  return async function limitRequest(context, next) {
    const isOfProxy = OF_THE_PROXY.has(context.req.path);
    const wait = isOfProxy ? 0 : await buckets.takeOne(addressOf(context));
    if (wait > 0) throw new ProblemError('too-many-requests', undefined, wait);
    await next();
  };
}

const hasNul = (values: Readonly<Record<string, string>>) =>
  Object.values(values).some((value) => value.includes('\0'));

/** PostgreSQL takes no text with a NUL in it: what is named by one is not there, and reaches no database. */
const refuseNul: MiddlewareHandler<AppEnv> = async function refuseNul(context, next) {
  if (hasNul(context.req.param())) throw new ProblemError('not-found');
  if (hasNul(context.req.query())) throw new ProblemError('invalid-request');
  await next();
};

/** Tells nobody which accounts there are: an id is random, and who asks by one was signed in to it or knows it from the office's pages. */
const isAccountGone = async (accounts: Accounts, id: string | undefined): Promise<boolean> =>
  id !== undefined && !(await accounts.isThere(id));

/** What stands before a route's handler: texts that can be looked up, our own pages only or a device’s build that is not outdated, somebody signed in, and an assessment within their branch. */
export function guardsOf(route: Route, effects: AppEffects): MiddlewareHandler<AppEnv>[] {
  const { accounts, publicUrl, minimumClientProtocol } = effects;
  const guards: MiddlewareHandler<AppEnv>[] = [refuseNul];
  if (route.method !== 'GET' && route.senders !== 'any')
    guards.push(async function ownPages(context, next) {
      demandSameOrigin(context.req.raw, publicUrl);
      await next();
    });
  if (route.senders === 'any')
    guards.push(async function currentDevice(context, next) {
      refuseForeignPage(context.req.raw);
      demandCurrentClient(context.req.raw, minimumClientProtocol);
      await next();
    });
  const { access } = route;
  if (access !== 'public')
    guards.push(async function signedIn(context, next) {
      const found = await accounts.find(context.req.header('cookie') ?? '');
      const supposed = context.req.header(ACCOUNT_HEADER);
      // What was typed by one is not stored as another's act.
      if (!found || (supposed !== undefined && supposed !== headerOfAccount(found))) {
        const isGone = await isAccountGone(accounts, context.req.header(ACCOUNT_ID_HEADER));
        throw new ProblemError('not-signed-in', isGone ? ACCOUNT_GONE : undefined);
      }
      if (!may(found.role, access)) throw new ProblemError('not-allowed');
      setCookies(context, found.cookies);
      context.set('signedIn', found);
      context.set('found', found);
      await next();
    });
  if (access !== 'public' && isOfAssessment(route)) guards.push(demandOwnBranch(effects));
  guards.push(tellOf(route, effects));
  return guards;
}
