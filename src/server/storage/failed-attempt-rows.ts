import type { Kysely, Transaction } from 'kysely';
import type { AuditAction } from '#core/contract/audit.ts';
import { appendAudit } from './audit-rows.ts';
import type { Tables } from './tables.ts';

/** Failed attempts of one kind on one account, or on none that there is. */
export interface FailedKind {
  action: AuditAction;
  /** The account's id. */
  account: string;
  name: string;
}

/** Those that were counted and are not told: `more` than the first of an hour. */
export interface FailedAttempt extends FailedKind {
  more: number;
}

/** Milliseconds since 1970, and the same for the log (ISO, to the second). `until`: when an hour that begins now ends. */
export interface FailingAt {
  now: number;
  until: number;
  moment: string;
}

/** What the server processes on a database count together of failed attempts. */
export interface FailedAttemptStorage {
  /**
   * Counts one. The first of an hour gets its entry in the log, after that of the hour before; all of it or nothing.
   */
  countFailedAttempt(kind: FailedKind, at: FailingAt): Promise<void>;
  /** Adds to what is counted and will be told; begins an hour where there is none. */
  addFailedAttempts(attempts: FailedAttempt, until: number): Promise<void>;
  /** Tells the log of those whose hour ended at `overAt` or before (null: of all), and forgets them. */
  tellFailedAttempts(overAt: number | null, moment: string): Promise<void>;
}

const tell = (
  transaction: Transaction<Tables>,
  moment: string,
  { action, account, name, more }: FailedAttempt,
) =>
  appendAudit(transaction, {
    moment,
    account,
    name,
    action,
    assessment: null,
    details: more > 0 ? { more: String(more) } : {},
  });

export function createFailedAttemptStorage(database: Kysely<Tables>): FailedAttemptStorage {
  return {
    countFailedAttempt: (kind, { now, until, moment }) =>
      database.transaction().execute(async (transaction) => {
        // What was there is in the row still when it is locked: of two processes that count at once, one waits here.
        const { more, ends } = await transaction
          .insertInto('failed_attempts')
          .values({ ...kind, more: -1, until })
          .onConflict((conflict) =>
            conflict
              .columns(['action', 'account'])
              .doUpdateSet((row) => ({ more: row('failed_attempts.more', '+', 1) })),
          )
          .returning(['more', 'until as ends'])
          .executeTakeFirstOrThrow();
        const isFirst = more < 0;
        if (!isFirst && Number(ends) > now) return;
        if (more > 1) await tell(transaction, moment, { ...kind, more: more - 1 });
        await tell(transaction, moment, { ...kind, more: 0 });
        await transaction
          .updateTable('failed_attempts')
          .set({ more: 0, until })
          .where('action', '=', kind.action)
          .where('account', '=', kind.account)
          .execute();
      }),
    async addFailedAttempts({ more, ...kind }, until) {
      await database
        .insertInto('failed_attempts')
        .values({ ...kind, more, until })
        .onConflict((conflict) =>
          conflict
            .columns(['action', 'account'])
            .doUpdateSet((row) => ({ more: row('failed_attempts.more', '+', more) })),
        )
        .execute();
    },
    tellFailedAttempts: (overAt, moment) =>
      database.transaction().execute(async (transaction) => {
        // Deleted first: of two processes that look at the same time, one gets each row.
        const over = await transaction
          .deleteFrom('failed_attempts')
          .$if(overAt !== null, (query) => query.where('until', '<=', overAt ?? 0))
          .returning(['action', 'account', 'name', 'more'])
          .execute();
        for (const attempts of over)
          if (attempts.more > 0) await tell(transaction, moment, attempts);
      }),
  };
}
