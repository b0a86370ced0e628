import type { ProblemCode } from '#core/contract/problem.ts';

/**
 * Why a request failed: the server's own problem code, or one of those that only this side can notice.
 * unreachable: no answer came (network, time limit); unreadable: an answer came that is not of the contract, as from a server of
 * another build; cut-off: a file did not come to its end.
 */
export type ApiErrorCode = ProblemCode | 'unreachable' | 'unreadable' | 'cut-off';

/** The one error that the office's app knows. `detail` names a place, such as a field's path, for people who mend servers. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly detail: string | undefined;

  constructor(code: ApiErrorCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** What the server itself said; null where only this side noticed. */
export function problemCodeOf({ code }: ApiError): ProblemCode | null {
  return code === 'unreachable' || code === 'unreadable' || code === 'cut-off' ? null : code;
}

/** Anything that was thrown, as an ApiError; a defect of our own is thrown on. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

/**
 * The same as far as the place where it was done tells it. Not that nobody is signed in: the sign-in page says so, and once somebody is
 * signed in again it would be told of them.
 */
export function errorToTell(thrown: unknown): ApiError | null {
  const error = asApiError(thrown);
  return error.code === 'not-signed-in' ? null : error;
}
