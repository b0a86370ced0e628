import type { Client } from 'pg';
import { expect, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';

/** Until so many wait for what others hold. Asked outside of a transaction, in which it would be told the same again and again. */
export const untilWaiting = async (client: Client, sessions: number) =>
  vi.waitFor(async () => {
    const { rows } = await client.query<{ count: string }>(
      "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    expect(Number(rows[0]?.count)).toBe(sessions);
  }, PATIENCE);
