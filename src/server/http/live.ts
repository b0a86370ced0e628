import { may } from '#core/contract/role.ts';
import { createLive, type Follower, type Live } from '../live/live.ts';
import { createRevisions } from '../live/revision.ts';
import type { Results } from '../counting/results.ts';
import { isOfBranch } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

/** So often a stream says that it is still there, which a page cannot know otherwise; whoever was signed out since is told by its end. */
const SIGN_OF_LIFE_EVERY_MS = 15_000;

/** Where too many have figures open. */
const TRY_AGAIN_AFTER_SECONDS = 60;

const ACCESS = 'look';

const SIGN_OF_LIFE = 'event: alive\ndata: here\n\n';

/** All that is ever told: that there are other figures. Which ones, the routes for them tell whoever may ask. */
const CHANGED = 'event: changed\ndata: figures\n\n';

/** Told last: whoever is here has as many other streams as may be, which began later. */
const CROWDED_OUT = 'event: crowded-out\ndata: later streams\n\n';

/** So many signs of life that nobody took: the reader is gone, and no one has told the server. */
const MOST_UNTAKEN = 3;

type Listener = Pick<Follower, 'onChange' | 'onCrowdedOut'>;

const doNothing = (): void => undefined;

/**
 * Whether whoever opened a stream might still open it: not signed out, removed, or given another role or branch since, and the
 * assessment not deleted.
 */
async function isStillAllowed(
  effects: AppEffects,
  context: AppContext,
  assessment: string,
): Promise<boolean> {
  const found = await effects.accounts.findStill(context.req.header('cookie') ?? '');
  if (!found || found.id !== context.get('signedIn').id || !may(found.role, ACCESS)) return false;
  if (!(await isOfBranch(effects, found.branch, assessment))) return false;
  return (await effects.storage.findAssessment(assessment))?.deletedOn === null;
}

/** The body of a stream, which ends with its reader, with the reader's session and with the assessment. */
function streamOfChanges(
  follow: (listener: Listener) => () => void,
  isAllowed: () => Promise<boolean>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = doNothing;
  let isChanged = false;

  return new ReadableStream<Uint8Array>(
    {
      start(body) {
        let working = Promise.resolve();
        const leave = follow({
          onChange() {
            isChanged = true;
            tell(null);
          },
          onCrowdedOut() {
            working = working
              .then(() => body.enqueue(encoder.encode(CROWDED_OUT)))
              .then(close)
              .catch(close);
          },
        });
        const timer = setInterval(() => tell(SIGN_OF_LIFE), SIGN_OF_LIFE_EVERY_MS).unref();
        end = () => {
          end = doNothing;
          clearInterval(timer);
          leave();
        };

        function close() {
          end();
          try {
            body.close();
          } catch {
            // Its reader was quicker.
          }
        }

        async function tellWhoMay(what: string | null): Promise<void> {
          const isTaken = (body.desiredSize ?? 0) > -MOST_UNTAKEN;
          if (!isTaken || !(await isAllowed())) return close();
          const text = isChanged ? CHANGED : what;
          isChanged = false;
          if (text !== null) body.enqueue(encoder.encode(text));
        }

        function tell(what: string | null): void {
          working = working.then(async () => tellWhoMay(what)).catch(close);
        }

        body.enqueue(encoder.encode(SIGN_OF_LIFE));
      },
      cancel: () => end(),
    },
    { highWaterMark: 1 },
  );
}

/** Tells an open page of the office that there are other figures. */
export function liveRoutes(effects: AppEffects, results: Results): Route[] {
  const revisions = createRevisions({ ...effects, results });
  const live: Live = createLive({
    revisionOf: async (assessment) => revisions.of(assessment),
    onLeft: (assessment) => revisions.forget(assessment),
  });

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/live',
      summary:
        'An event “changed” (text/event-stream) whenever the figures of the overview are others, at most one in 1.5 seconds; “alive” every 15; “crowded-out” at its end where three of the session are newer',
      access: ACCESS,
      replies: { 200: null },
      mediaTypes: ['text/event-stream'],
      problems: ['not-found', 'too-many-requests', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        const headers = {
          'content-type': 'text/event-stream',
          // For a proxy that would otherwise collect what comes until there is more of it.
          'x-accel-buffering': 'no',
        };
        // Nobody would ever close its stream.
        if (context.req.method === 'HEAD') return context.body(null, 200, headers);
        const { id: account } = context.get('signedIn');
        const session = context.get('found')?.session ?? account;
        let isCrowdedOut = false;
        let listener: Listener = {
          onChange: doNothing,
          onCrowdedOut() {
            isCrowdedOut = true;
          },
        };
        const leave = await live.follow(id, {
          session,
          account,
          onChange: () => listener.onChange(),
          onCrowdedOut: () => listener.onCrowdedOut(),
        });
        if (!leave) throw new ProblemError('too-many-requests', undefined, TRY_AGAIN_AFTER_SECONDS);
        // By others who came in the same moment.
        if (isCrowdedOut) return context.body(CROWDED_OUT, 200, headers);
        const stream = streamOfChanges(
          (hears) => {
            listener = hears;
            return leave;
          },
          async () => isStillAllowed(effects, context, id),
        );
        return context.body(stream, 200, headers);
      },
    },
  ];
}
