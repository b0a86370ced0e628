import { APIError } from 'better-auth/api';
import { StorageUnavailable } from '../storage/storage-error.ts';

/** So says the library that opens second factors of one that another `session-secret` has closed: no code of it is right any more. */
const isOfAnotherKey = (error: unknown) =>
  error instanceof Error && error.message === 'invalid tag';

/**
 * What better-auth answers; null where it refuses. Of a database that failed it tells no more than one of these.
 *
 * @throws StorageUnavailable, or the database's own error
 */
export async function refusalAsNull<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (isOfAnotherKey(error)) return null;
    if (!(error instanceof APIError)) throw error;
    if (error.statusCode >= 500 || error.body?.code === 'FAILED_TO_CREATE_USER')
      throw new StorageUnavailable('accounts cannot be read or written', error);
    return null;
  }
}
