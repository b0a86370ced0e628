import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
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

/** What authenticator apps and passkeys show beside the account's name. */
export const PRODUCT = 'Sucharit';

/** Of a session that nobody uses; each day of use prolongs it. */
const SESSION_SECONDS = 7 * 24 * 60 * 60;
const LONGEST_NAME = 40;
const SHORTEST_NAME = 3;

export interface AuthOptions {
  database: Kysely<Tables>;
  dialect: Dialect;
  /** Signs the session cookie. */
  secret: string;
  /** The host that people open, without a port: a passkey is for this name alone. */
  host: string;
  /** True where people come over HTTPS: the cookies then never travel in the clear, and no neighbour's host can set them. */
  secureCookies: boolean;
  /** How passwords are hashed and compared; left out: by scrypt, which takes a tenth of a second on purpose. */
  passwords?: {
    hash(password: string): Promise<string>;
    verify(told: { password: string; hash: string }): Promise<boolean>;
  };
}

const refuseUnverified = (isVerified: boolean | undefined) => {
  if (!isVerified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' });
};

/**
 * Passkeys stand for both factors: whoever holds one and has not shown to its device who they are (a finger, a face, a
 * PIN) is refused, which the plugin leaves open.
 */
const passkeyPlugin = (host: string) =>
  passkey({
    rpID: host,
    rpName: PRODUCT,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    registration: {
      async afterVerification({ ctx, verification }) {
        refuseUnverified(verification.registrationInfo?.userVerified);
        // Whoever made another's id their own would stand in the way of that one's sign-in.
        const known = await ctx.context.adapter.findOne({
          model: 'passkey',
          where: [
            { field: 'credentialID', value: verification.registrationInfo?.credential.id ?? '' },
          ],
        });
        if (known) throw new APIError('BAD_REQUEST', { code: 'PASSKEY_KNOWN' });
      },
    },
    authentication: {
      afterVerification({ verification }) {
        refuseUnverified(verification.authenticationInfo.userVerified);
        return Promise.resolve();
      },
    },
  });

/**
 * better-auth on our own database, called only from our own routes: its HTTP handler is mounted nowhere, so there is no
 * public sign-up. It is given no request, and keeps neither address nor user agent of a session.
 */
export function createAuth({
  database,
  dialect,
  secret,
  host,
  secureCookies,
  passwords,
}: AuthOptions) {
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
      ...(passwords && { password: passwords }),
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
      passkeyPlugin(host),
    ],
    user: {
      additionalFields: {
        role: { type: 'string', required: false },
        branch: { type: 'string', required: false },
      },
    },
    // Whoever adds a passkey says their password, however new the session is.
    session: { expiresIn: SESSION_SECONDS, freshAge: 0 },
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
      // better-auth would begin their names with __Secure-, which other hosts of the same domain can set too.
      cookiePrefix: secureCookies ? '__Host-sucharit' : 'sucharit',
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, secure: secureCookies },
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
    // One from before there were branches saw everything.
    await transaction
      .updateTable('user')
      .set({ branch: 'all' })
      .where('branch', 'is', null)
      .execute();
  });
}
