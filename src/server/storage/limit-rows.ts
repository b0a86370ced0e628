import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One more attempt under a mark: how many there were in its window, and until when that lasts. Moments in milliseconds since 1970. */
export interface CountedAttempts {
  count: number;
  until: number;
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
  /** Counts one; a window that is over begins anew and lasts until `until`. */
  countAttempt(mark: string, window: { now: number; until: number }): Promise<CountedAttempts>;
  forgetAttempts(mark: string): Promise<void>;
  /** Resolves to when the bucket will be full again. */
  takeFromBucket(mark: string, taking: Taking): Promise<number>;
  /** The secret of an hour (hours since 1970), the same for all processes; `made`: what it becomes where there is none. */
  secretOfHour(hour: number, made: string): Promise<string>;
  /** Removes the limits that are over, and the secrets of the hours before. */
  forgetLimits(now: number, hour: number): Promise<void>;
}

export function createLimitStorage(database: Kysely<Tables>): LimitStorage {
  return {
    async countAttempt(mark, { now, until }) {
      const counted = await database
        .insertInto('limits')
        .values({ mark, count: 1, until })
        .onConflict((conflict) =>
          conflict.column('mark').doUpdateSet((row) => ({
            count: row
              .case()
              .when('limits.until', '<=', now)
              .then(1)
              .else(row('limits.count', '+', 1))
              .end(),
            until: row
              .case()
              .when('limits.until', '<=', now)
              .then(row.ref('excluded.until'))
              .else(row.ref('limits.until'))
              .end(),
          })),
        )
        .returning(['count', 'until'])
        .executeTakeFirstOrThrow();
      return { count: counted.count, until: Number(counted.until) };
    },
    async forgetAttempts(mark) {
      await database.deleteFrom('limits').where('mark', '=', mark).execute();
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
    async forgetLimits(now, hour) {
      await database.deleteFrom('limits').where('until', '<=', now).execute();
      await database.deleteFrom('limit_secrets').where('hour', '<', hour).execute();
    },
  };
}
