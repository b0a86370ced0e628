import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { username } from 'better-auth/plugins/username';
import { sql, type Kysely } from 'kysely';
import {
  accountNameSchema,
  MAX_PASSWORD_CHARACTERS,
  MIN_PASSWORD_CHARACTERS,
} from '#core/contract/account.ts';
import type { Dialect } from '../storage/migrations/2026-11-20-first-tables.ts';
import type { Tables } from '../storage/tables.ts';
import { folded } from './folded.ts';

const SESSION_SECONDS = 7 * 24 * 60 * 60;
const LONGEST_NAME = 40;
const SHORTEST_NAME = 3;

export interface AuthOptions {
  database: Kysely<Tables>;
  dialect: Dialect;
  /** Signs the session cookie. */
  secret: string;
  /** True where people come over HTTPS: the cookie then never travels in the clear. */
  secureCookies: boolean;
}

/**
 * better-auth on our own database, called only from our own routes: its HTTP handler is mounted nowhere, so there is no
 * public sign-up. It is given no request, and keeps neither address nor user agent of a session.
 */
export function createAuth({ database, dialect, secret, secureCookies }: AuthOptions) {
  return betterAuth({
    database: { db: database, type: dialect },
    secret,
    // Only for links in mails, which we do not send.
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: MIN_PASSWORD_CHARACTERS,
      maxPasswordLength: MAX_PASSWORD_CHARACTERS,
    },
    plugins: [
      username({
        minUsernameLength: SHORTEST_NAME,
        maxUsernameLength: LONGEST_NAME,
        displayUsername: false,
        usernameValidator: (name) => accountNameSchema.safeParse(name).success,
        usernameNormalization: folded,
      }),
      twoFactor(),
    ],
    user: { additionalFields: { role: { type: 'string', required: false } } },
    session: { expiresIn: SESSION_SECONDS },
    databaseHooks: {
      session: {
        create: {
          before: (session) =>
            Promise.resolve({ data: { ...session, ipAddress: null, userAgent: null } }),
        },
      },
    },
    advanced: {
      // It would look before migrateAuth() has made the tables, and keep what it saw; migrateAuth() is the look.
      database: { validateSchema: false },
      cookiePrefix: 'sucharit',
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      ipAddress: { disableIpTracking: true },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * Makes or completes better-auth's own tables, all or none: it would else make one after the other. On PostgreSQL processes
 * that start together take turns.
 */
export async function migrateAuth(
  auth: Auth,
  { database, dialect }: Pick<AuthOptions, 'database' | 'dialect'>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (dialect === 'postgres')
      await sql`lock table kysely_migration_lock in exclusive mode`.execute(transaction);
    const { runMigrations } = await getMigrations({
      ...auth.options,
      database: { db: transaction, type: dialect },
    });
    await runMigrations();
    // An account from before there were roles was the only kind there was.
    await transaction
      .updateTable('user')
      .set({ role: 'owner' })
      .where('role', 'is', null)
      .execute();
  });
}
