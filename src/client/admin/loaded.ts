import type { ApiError } from './api-error.ts';

/** Something that comes from the server. */
export type Loaded<Value> =
  | { state: 'loading' }
  | { state: 'failed'; error: ApiError }
  | { state: 'ready'; value: Value };
