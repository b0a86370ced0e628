import { DISK_FULL, problemOf } from '#core/contract/problem.ts';
import { kindOf } from '../error-kind.ts';
import { CountingUnderway } from '../counting/counting-underway.ts';
import { isDamage, isDiskFull, isStorageUnavailable } from '../storage/storage-error.ts';
import type { Log } from './effects.ts';
import { ProblemError } from './problem-error.ts';

const COUNTING_RETRY_SECONDS = 5;
const STORAGE_RETRY_SECONDS = 10;

/** What the log may know of an error: its kind, and where it happened. */
export function withoutWords(error: unknown): object {
  if (!(error instanceof Error)) return kindOf(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { ...kindOf(error), at: frames.map((frame) => frame.trim()) };
}

function wordsFor(error: unknown): string {
  if (isDamage(error))
    return 'the database file is damaged: stop the server and put a backup back with npm run restore';
  if (isDiskFull(error))
    return 'the disk is full: nothing is kept until there is room, then it goes on by itself';
  return 'storage unavailable';
}

/** What is told of an error; the log is told of one that nobody foresaw. */
export function problemErrorOf(error: unknown, log: Log): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CountingUnderway)
    return new ProblemError('counting-underway', undefined, COUNTING_RETRY_SECONDS);
  if (isStorageUnavailable(error)) {
    log.error(withoutWords(error), wordsFor(error));
    const detail = isDiskFull(error) ? DISK_FULL : undefined;
    return new ProblemError('storage-unavailable', detail, STORAGE_RETRY_SECONDS);
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
