import { problemSchema } from '#core/contract/problem.ts';
import { ApiError } from './api-error.ts';

/** What the server said, as far as a refusal needs it. */
export interface Refusal {
  status: number;
  content: ArrayBuffer;
}

export const textOf = ({ content }: Refusal): string => new TextDecoder().decode(content);

/** @throws ApiError unreadable if it is no JSON */
export function readJson(reply: Refusal): unknown {
  try {
    return JSON.parse(textOf(reply));
  } catch {
    throw new ApiError('unreadable', `${reply.status} is not JSON`);
  }
}

/** The error that a refusal tells. */
export function errorOf(reply: Refusal): ApiError {
  const problem = problemSchema.safeParse(readJson(reply));
  if (!problem.success) return new ApiError('unreadable', `${reply.status} is not a problem`);
  return new ApiError(problem.data.code, problem.data.detail);
}
