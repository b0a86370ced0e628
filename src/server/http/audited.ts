import type { MiddlewareHandler } from 'hono';
import { type AuditAction, NOBODY, UNKNOWN_OUTCOME } from '#core/contract/audit.ts';
import { kindOf } from '../error-kind.ts';
import { momentOf } from '../auditing/moment.ts';
import type { AuditNote } from '../storage/audit-rows.ts';
import { isOfAssessment } from './branch.ts';
import type { AppContext, AppEffects, AppEnv } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

const isFile = (reply: Response) =>
  reply.headers.get('content-disposition')?.startsWith('attachment') ?? false;

function assessmentOf(route: Route, context: AppContext): string | null {
  const named = context.get('audited')?.assessment;
  return named ?? (isOfAssessment(route) ? (context.req.param('id') ?? null) : null);
}

/** What the path says of what is changed, for an entry to which the handler could not add anything. */
function detailsOfPath(context: AppContext) {
  const { code, item } = context.req.param();
  return { ...(code && { channel: code }), ...(item && { item }) };
}

/** What it makes is worth nothing without the cookie that is given out after the entry. */
const isSignIn = (action: AuditAction) => action.startsWith('signed-in');

/** A passkey is refused to somebody signed in only where they add one: that is no attempt to get in. */
const isWrongProof = (error: Error | undefined, access: Route['access']) =>
  error instanceof ProblemError &&
  (/^sign-in-(failed|expired)$/.test(error.problem.code) ||
    (access === 'public' && /^passkey-(refused|unknown)$/.test(error.problem.code)));

/**
 * Tells the log what a route changed or gave out.
 *
 * What somebody signed in changes is noted down before it is done, and its entry takes the note's place before the answer
 * leaves. So nothing is done that no trace is left of: where the server stops or its storage fails in between, the note is left
 * and becomes an entry of unknown outcome. A refusal takes its note away. A file needs no note: it is given out after its
 * entry. Neither does a sign-in: its cookie is. A route that anybody may ask and that changes something calls
 * `context.get('beginAct')` itself, once it knows that the sender may.
 */
export function tellOf(
  route: Route,
  { storage, now, randomness, log, failedAttempts }: AppEffects,
): MiddlewareHandler<AppEnv> {
  const { audit } = route;

  function noteOf(context: AppContext, action: AuditAction): AuditNote {
    const who = context.get('signedIn') as AppEnv['Variables']['signedIn'] | undefined;
    return {
      moment: momentOf(now()),
      account: who?.id ?? NOBODY,
      name: who?.name ?? '',
      action,
      assessment: assessmentOf(route, context),
      details: context.get('audited')?.details ?? detailsOfPath(context),
    };
  }

  function countFailure(context: AppContext) {
    if (!isWrongProof(context.error, route.access)) return;
    const { action, tried } = context.get('attempt') ?? {
      action: route.access === 'public' ? 'sign-in-failed' : 'proof-failed',
      tried: route.access === 'public' ? null : context.get('signedIn'),
    };
    // The answer does not wait: how long it takes would tell whether there is an account of that name.
    failedAttempts.count(action, tried).catch((error: unknown) => tellTrouble(error));
  }

  function tellTrouble(error: unknown) {
    log.error(kindOf(error), 'the log of changes could not be written');
  }

  return async function audited(context, next) {
    let intent: string | null = null;
    async function beginAct() {
      if (!audit || intent !== null) return;
      const id = randomness.uuid();
      await storage.beginAct({ id, ...noteOf(context, audit) });
      intent = id;
    }
    context.set('beginAct', beginAct);
    if (route.method !== 'GET' && route.access !== 'public') await beginAct();
    await next();

    const { ok, status } = context.res;
    if (!ok) {
      countFailure(context);
      if (intent === null || !audit) return;
      // Refused, or broken off by an error after which nobody knows what was done.
      const note = noteOf(context, audit);
      const unknown = { ...note, details: { ...note.details, outcome: UNKNOWN_OUTCOME } };
      await storage.settleAct(intent, status < 500 ? null : unknown).catch(tellTrouble);
      return;
    }
    const file = isFile(context.res);
    if (file && !audit) throw new Error(`${route.path} gave a file that no entry tells of`);
    // Nobody: a sign-in that goes on with a second factor.
    if (!audit || !context.get('signedIn') || (route.method === 'GET' && !file)) return;
    if (intent === null && !file && !isSignIn(audit))
      throw new Error(`${route.path} changed something that was not noted down before`);
    try {
      if (intent === null) await storage.appendAudit(noteOf(context, audit));
      else await storage.settleAct(intent, noteOf(context, audit));
    } catch (error) {
      // Nothing of the answer is given out, its cookies neither: Hono would put them on the refusal.
      context.res = undefined;
      throw error;
    }
  };
}
