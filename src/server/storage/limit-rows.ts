import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One more attempt under a mark: how many there were without a pause, and until when that lasts. Moments in milliseconds since 1970. */
export interface CountedAttempts {
  count: number;
  until: number;
}

/** An attempt that is counted. `until`: when it no longer matters, where none follows. `maximum`: more of them wait. */
export interface Attempting {
  now: number;
  until: number;
  maximum: number;
}

/** What is taken out of a bucket that fills again with time. Moments and lengths in milliseconds. */
export interface Taking {
  now: number;
  /** How much longer it is not full for what is taken. */
  longer: number;
  /** The latest that it may be full again. */
  latest: number;
}

/** What the server processes on a database count together. `mark`: tells nobody whose it is. */
export interface LimitStorage {
  /**
   * Counts one, after those under `former`, the mark of the same in the hour before (null: there are none). Up to the maximum each
   * puts off when they are forgotten; what is too many does not. None lasts longer than from now on: a clock was set back.
   */
  countAttempt(
    mark: string,
    former: string | null,
    attempting: Attempting,
  ): Promise<CountedAttempts>;
  forgetAttempts(marks: readonly string[]): Promise<void>;
  /** Resolves to when the bucket will be full again. */
  takeFromBucket(mark: string, taking: Taking): Promise<number>;
  /** The secret of an hour (hours since 1970), the same for all processes; `made`: what it becomes where there is none. */
  secretOfHour(hour: number, made: string): Promise<string>;
  /** The secret of an hour that some process had; null where none did, or it is removed. */
  findSecretOfHour(hour: number): Promise<string | null>;
  /** Removes the limits that are over, and the secrets of all hours but those. */
  forgetLimits(now: number, hours: { first: number; last: number }): Promise<void>;
}

export function createLimitStorage(database: Kysely<Tables>): LimitStorage {
  return {
    countAttempt: (mark, former, { now, until, maximum }) =>
      database.transaction().execute(async (transaction) => {
        // Whoever takes them away here counts them under the new mark; of two processes that come at once one does.
        const taken =
          former === null
            ? undefined
            : await transaction
                .deleteFrom('limits')
                .where('mark', '=', former)
                .where('until', '>', now)
                .returning(['count', 'until'])
                .executeTakeFirst();
        const added = (taken?.count ?? 0) + 1;
        const lasts =
          taken && taken.count >= maximum ? Math.min(Number(taken.until), until) : until;
        const counted = await transaction
          .insertInto('limits')
          .values({ mark, count: added, until: lasts })
          .onConflict((conflict) =>
            conflict.column('mark').doUpdateSet((row) => ({
              count: row
                .case()
                .when('limits.until', '<=', now)
                .then(added)
                .else(row('limits.count', '+', added))
                .end(),
              until: row
                .case()
                .when('limits.until', '<=', now)
                .then(lasts)
                .when(row.or([row('limits.count', '<', maximum), row('limits.until', '>', until)]))
                .then(until)
                .else(row.ref('limits.until'))
                .end(),
            })),
          )
          .returning(['count', 'until'])
          .executeTakeFirstOrThrow();
        return { count: counted.count, until: Number(counted.until) };
      }),
    async forgetAttempts(marks) {
      await database.deleteFrom('limits').where('mark', 'in', marks).execute();
    },
    async takeFromBucket(mark, { now, longer, latest }) {
      const { until } = await database
        .insertInto('limits')
        .values({ mark, count: 0, until: Math.min(now + longer, latest) })
        .onConflict((conflict) =>
          conflict.column('mark').doUpdateSet((row) => ({
            until: row
              .case()
              .when('limits.until', '<=', now)
              .then(row.ref('excluded.until'))
              .when('limits.until', '>=', latest - longer)
              .then(latest)
              .else(row('limits.until', '+', longer))
              .end(),
          })),
        )
        .returning('until')
        .executeTakeFirstOrThrow();
      return Number(until);
    },
    async secretOfHour(hour, made) {
      await database
        .insertInto('limit_secrets')
        .values({ hour, secret: made })
        .onConflict((conflict) => conflict.column('hour').doNothing())
        .execute();
      const { secret } = await database
        .selectFrom('limit_secrets')
        .select('secret')
        .where('hour', '=', hour)
        .executeTakeFirstOrThrow();
      return secret;
    },
    async findSecretOfHour(hour) {
      const found = await database
        .selectFrom('limit_secrets')
        .select('secret')
        .where('hour', '=', hour)
        .executeTakeFirst();
      return found?.secret ?? null;
    },
    async forgetLimits(now, { first, last }) {
      await database.deleteFrom('limits').where('until', '<=', now).execute();
      await database
        .deleteFrom('limit_secrets')
        .where((row) => row.or([row('hour', '<', first), row('hour', '>', last)]))
        .execute();
    },
  };
}
