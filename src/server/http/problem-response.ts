import { problemOf } from '#core/contract/problem.ts';
import { CountingUnderway } from '../counting/counting-underway.ts';
import { isDamage, isStorageUnavailable } from '../storage/storage-error.ts';
import type { Log } from './effects.ts';
import { ProblemError } from './problem-error.ts';

const COUNTING_RETRY_SECONDS = 5;
const STORAGE_RETRY_SECONDS = 10;

/**
 * What the log may know of an error: its kind and where it happened. Its message stays out: a parser or a database repeats
 * there what was sent.
 */
export function withoutWords(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, code, at: frames.map((frame) => frame.trim()) };
}

/** What is told of an error; the log is told of one that nobody foresaw. */
export function problemErrorOf(error: unknown, log: Log): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CountingUnderway)
    return new ProblemError('counting-underway', undefined, COUNTING_RETRY_SECONDS);
  if (isStorageUnavailable(error)) {
    log.error(
      withoutWords(error),
      isDamage(error)
        ? 'the database file is damaged: stop the server and put a backup back with npm run restore'
        : 'storage unavailable',
    );
    return new ProblemError('storage-unavailable', undefined, STORAGE_RETRY_SECONDS);
  }
  log.error(withoutWords(error), 'unexpected error');
  return new ProblemError('internal');
}

/** The answer to a request that ended in an error. Nothing of an unexpected one is told. */
export function problemResponse(error: unknown, log: Log): Response {
  const { problem, retryAfterSeconds } = problemErrorOf(error, log);
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  if (retryAfterSeconds !== null) headers.set('retry-after', String(retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** The answer to a request for what is not there. */
export function notFoundResponse(): Response {
  return new Response(JSON.stringify(problemOf('not-found')), {
    status: 404,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
