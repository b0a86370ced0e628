import { isIPv6 } from 'node:net';
import * as z from 'zod/mini';
import { DEFAULT_REOFFER_DAYS } from '#core/contract/protocol.ts';
import { serverStandingSchema } from '#core/contract/epoch.ts';
import { listProxies } from './http/client-address.ts';
import { serversIn } from './storage/several-hosts.ts';
import { SettingProblem } from './start-problem.ts';
import { urlOf } from './url-of.ts';

/** Where nothing else is set: several full days of the busiest counter. */
const FLOOD_ABOVE = 1_000;

export const LOG_LEVELS = ['silent', 'error', 'info', 'debug'] as const;

/** Where the responses are kept. */
export type DatabaseConfig =
  | { kind: 'sqlite' }
  | {
      kind: 'postgres';
      /** May name several servers, with commas: a primary and its standbys. */
      url: string;
      /** An answer is acknowledged only when it is on a standby's disk too. */
      isStandbyRequired?: boolean;
    };

export interface Config {
  port: number;
  /** The address to listen on. */
  host: string;
  /** For the SQLite file and the key of the session cookies. */
  dataDir: string;
  /** Without a slash at its end; what QR codes begin with. Null: http://localhost and the port. */
  publicUrl: string | null;
  /** Addresses and networks of proxies on other machines, which are believed about whom they ask for. */
  trustedProxies: readonly string[];
  database: DatabaseConfig;
  logLevel: (typeof LOG_LEVELS)[number];
  /** How long devices keep what was acknowledged, to offer it again after a restore. */
  reofferDays: number;
  /** How many responses of a channel may come at once before work is wanted of who sends them. */
  floodAbove: number;
  /** Where figures for Prometheus are told; null: nowhere. */
  metrics: { port: number; host: string } | null;
  /** How long the server answers on after it was asked to end, so that a proxy notices that it is not ready. */
  drainSeconds: number;
}

const addressesIn = (text: string) => text.split(/[\s,]+/).filter((address) => address !== '');

const portSchema = z.coerce
  .number()
  .check(z.refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535));

const hostSchema = z.string().check(
  z.regex(/^[A-Za-z0-9.:_-]+$/),
  // Such as 10.0.0.256, which looks like an address and is none.
  z.refine((host) => URL.canParse(urlOf(host, 1))),
);

const publicUrlSchema = z.string().check(
  z.refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, pathname, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '';
  }),
);

const reofferDaysSchema = z.pipe(z.coerce.number(), serverStandingSchema.shape.reofferDays);

const floodAboveSchema = z.pipe(
  z.coerce.number(),
  z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
);

const trustedProxiesSchema = z.string().check(
  z.refine((text) => {
    try {
      listProxies(addressesIn(text));
      return true;
    } catch {
      return false;
    }
  }),
);

/** As long as a service manager waits anyway, with room for what runs. */
const drainSecondsSchema = z.pipe(z.coerce.number(), z.int().check(z.minimum(0), z.maximum(15)));

const databaseUrlSchema = z
  .string()
  .check(
    z.refine((text) =>
      serversIn(text).every(
        (server) => URL.canParse(server) && /^postgres(ql)?:$/.test(new URL(server).protocol),
      ),
    ),
  );

/** A variable's value, or its default where it is not set or empty. */
function read<Schema extends z.ZodMiniType>(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  schema: Schema,
  fallback: string,
  mend: string,
): z.infer<Schema> {
  const result = schema.safeParse(env[name] || fallback);
  // The value is not repeated: DATABASE_URL holds a password.
  if (!result.success) throw new SettingProblem(`${name} cannot be used: ${mend}.`);
  return result.data;
}

function metricsOf(env: Readonly<Record<string, string | undefined>>): Config['metrics'] {
  const host = read(
    env,
    'METRICS_HOST',
    hostSchema,
    '127.0.0.1',
    'give the address to listen on, such as METRICS_HOST=10.0.0.4',
  );
  if (!env['METRICS_PORT']) return null;
  const port = read(
    env,
    'METRICS_PORT',
    portSchema,
    '',
    'leave it out or give a whole number from 0 to 65535, such as METRICS_PORT=9464',
  );
  return { port, host };
}

/** Whether the first is every address of the machine, the other one among them. 0.0.0.0 is every one of IPv4. */
const isAround = (host: string, other: string) =>
  host === '::' || (host === '0.0.0.0' && !isIPv6(other));

/** Whether the second could not listen where the first does. 0 is whichever port is free. */
function isSamePlace(one: { port: number; host: string }, other: { port: number; host: string }) {
  const areHostsOne =
    one.host === other.host || isAround(one.host, other.host) || isAround(other.host, one.host);
  return one.port !== 0 && one.port === other.port && areHostsOne;
}

/**
 * The configuration from the environment, parsed once. Without HOST only this machine can reach the server: opening it to
 * a network is the office's decision.
 *
 * @throws SettingProblem for a value that cannot be used
 */
export function getConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = read(
    env,
    'PORT',
    portSchema,
    '8080',
    'give a whole number from 0 to 65535, such as PORT=8080',
  );
  const host = read(
    env,
    'HOST',
    hostSchema,
    '127.0.0.1',
    'give the address to listen on, such as HOST=0.0.0.0 for every network of this machine',
  );
  const metrics = metricsOf(env);
  if (metrics && isSamePlace({ port, host }, metrics))
    throw new SettingProblem(
      'METRICS_PORT cannot be used: the server itself has that port (PORT), so give another, such as METRICS_PORT=9464.',
    );
  const publicUrl = env['PUBLIC_URL'] || null;
  const databaseUrl = env['DATABASE_URL'] || null;
  const standby = read(
    env,
    'STANDBY',
    z.enum(['none', 'required']),
    'none',
    'give required, where every answer has to be on a standby of PostgreSQL too, or leave it out',
  );
  // Else whoever counts on a standby has, where DATABASE_URL is forgotten, an empty SQLite that nobody follows.
  if (standby === 'required' && databaseUrl === null)
    throw new SettingProblem(
      'STANDBY cannot be used: SQLite has no standby, so give DATABASE_URL too, or leave STANDBY out.',
    );
  return {
    port,
    host,
    dataDir: read(
      env,
      'DATA_DIR',
      z.string(),
      './data',
      'give a folder that the server may write to, such as DATA_DIR=./data',
    ),
    publicUrl:
      publicUrl === null
        ? null
        : new URL(
            read(
              env,
              'PUBLIC_URL',
              publicUrlSchema,
              '',
              'give the address people open, without a path, such as PUBLIC_URL=https://ita.example.go.th',
            ),
          ).origin,
    trustedProxies: addressesIn(
      read(
        env,
        'TRUSTED_PROXIES',
        trustedProxiesSchema,
        '',
        'give addresses or networks with commas between them, such as TRUSTED_PROXIES=10.0.0.5,172.30.0.0/24',
      ),
    ),
    database:
      databaseUrl === null
        ? { kind: 'sqlite' }
        : {
            kind: 'postgres',
            url: read(
              env,
              'DATABASE_URL',
              databaseUrlSchema,
              '',
              'leave it out for SQLite or give DATABASE_URL=postgres://name:password@host:5432/database',
            ),
            ...(standby === 'required' && { isStandbyRequired: true }),
          },
    logLevel: read(
      env,
      'LOG_LEVEL',
      z.enum(LOG_LEVELS),
      'info',
      `give one of ${LOG_LEVELS.join(', ')}`,
    ),
    reofferDays: read(
      env,
      'REOFFER_DAYS',
      reofferDaysSchema,
      String(DEFAULT_REOFFER_DAYS),
      'give a whole number of days from 0 to 366, such as REOFFER_DAYS=14',
    ),
    floodAbove: read(
      env,
      'FLOOD_ABOVE',
      floodAboveSchema,
      String(FLOOD_ABOVE),
      'give a whole number of responses from 1 on, such as FLOOD_ABOVE=1000',
    ),
    metrics,
    drainSeconds: read(
      env,
      'DRAIN_SECONDS',
      drainSecondsSchema,
      '0',
      'give a whole number of seconds from 0 to 15, such as DRAIN_SECONDS=3',
    ),
  };
}
