import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The tokens of set-up links, by SHA-256. */
export interface SetUpTokenStorage {
  /** Makes `hash` the only set-up token there is; null: none at all. */
  replaceSetUpToken(hash: string | null): Promise<void>;
  /** Adds one beside those of other processes that started lately; removes what expired. Moments: ISO, UTC. */
  addSetUpToken(hash: string, expiresAt: string, now: string): Promise<void>;
  hasSetUpToken(hash: string): Promise<boolean>;
  /** Removes this token and all others; true for exactly one caller, whichever of them it has. */
  takeSetUpToken(hash: string): Promise<boolean>;
}

export function createSetUpTokenStorage(database: Kysely<Tables>): SetUpTokenStorage {
  return {
    replaceSetUpToken: (hash) =>
      database.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('set_up_tokens').execute();
        if (hash !== null)
          await transaction
            .insertInto('set_up_tokens')
            .values({ hash, expires_at: null })
            .execute();
      }),
    addSetUpToken: (hash, expiresAt, now) =>
      database.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('set_up_tokens')
          .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '<=', now)]))
          .execute();
        await transaction
          .insertInto('set_up_tokens')
          .values({ hash, expires_at: expiresAt })
          .execute();
      }),
    async hasSetUpToken(hash) {
      const row = await database
        .selectFrom('set_up_tokens')
        .select('hash')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row !== undefined;
    },
    takeSetUpToken: (hash) =>
      database.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('set_up_tokens')
          .where((row) =>
            row.exists(
              row.selectFrom('set_up_tokens as this').select('hash').where('hash', '=', hash),
            ),
          )
          .executeTakeFirstOrThrow();
        return numDeletedRows > 0n;
      }),
  };
}
