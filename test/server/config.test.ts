import { describe, expect, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { StartProblem } from '#server/start-problem.ts';

/** The sentence that a start with this environment ends in. */
function mendFor(env: Record<string, string>): string {
  try {
    getConfig(env);
  } catch (error) {
    if (error instanceof StartProblem) return error.message;
    throw error;
  }
  throw new Error('the start went well');
}

describe('the configuration', () => {
  test('has defaults that reach nobody but this machine', () => {
    expect(getConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: './data',
      publicUrl: null,
      trustedProxies: [],
      database: { kind: 'sqlite' },
      logLevel: 'info',
      reofferDays: 14,
      floodAbove: 1000,
      metrics: null,
      drainSeconds: 0,
    });
  });

  test('demands a standby where it is told to, and only there', () => {
    const env = { DATABASE_URL: 'postgres://a:b@first:5432,second:5432/ita' };
    const database = { kind: 'postgres', url: env.DATABASE_URL };
    expect(getConfig(env).database).toEqual(database);
    const demanding = getConfig({ ...env, STANDBY: 'required' });
    expect(demanding.database).toEqual({ ...database, isStandbyRequired: true });
  });

  test('takes what the environment says, and an empty variable for one that is not set', () => {
    expect(
      getConfig({
        PORT: '80',
        HOST: '::',
        DATA_DIR: '/var/lib/sucharit',
        PUBLIC_URL: 'https://ita.example.go.th/',
        DATABASE_URL: 'postgres://a:b@db/ita',
        TRUSTED_PROXIES: '10.0.0.5, 2001:db8::/32',
        LOG_LEVEL: '',
        REOFFER_DAYS: '0',
        FLOOD_ABOVE: '50',
        METRICS_PORT: '9464',
        METRICS_HOST: '10.0.0.4',
        DRAIN_SECONDS: '3',
      }),
    ).toEqual({
      port: 80,
      host: '::',
      dataDir: '/var/lib/sucharit',
      publicUrl: 'https://ita.example.go.th',
      trustedProxies: ['10.0.0.5', '2001:db8::/32'],
      database: { kind: 'postgres', url: 'postgres://a:b@db/ita' },
      logLevel: 'info',
      reofferDays: 0,
      floodAbove: 50,
      metrics: { port: 9464, host: '10.0.0.4' },
      drainSeconds: 3,
    });
  });

  test('leaves figures the port of the server on another address, and any that is free', () => {
    const elsewhere = { METRICS_PORT: '8080', METRICS_HOST: '10.0.0.4' };
    expect(getConfig(elsewhere).metrics).toEqual({ port: 8080, host: '10.0.0.4' });
    expect(mendFor({ ...elsewhere, HOST: '0.0.0.0' })).toContain('METRICS_PORT');
    expect(mendFor({ ...elsewhere, HOST: '::' })).toContain('METRICS_PORT');
    const ofIpv6 = { METRICS_PORT: '8080', METRICS_HOST: '::1' };
    expect(getConfig({ ...ofIpv6, HOST: '0.0.0.0' }).metrics?.port).toBe(8080);
    expect(mendFor({ ...ofIpv6, HOST: '::' })).toContain('METRICS_PORT');
    const free = { PORT: '0', METRICS_PORT: '0' };
    expect(getConfig(free).metrics?.port).toBe(0);
  });

  test.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['HOST', 'two words'],
    ['HOST', '10.0.0.256'],
    ['PUBLIC_URL', 'ita.example.go.th'],
    ['PUBLIC_URL', 'ftp://ita.example.go.th'],
    ['PUBLIC_URL', 'https://ita.example.go.th/path'],
    ['DATABASE_URL', 'mysql://secret@db'],
    ['DATABASE_URL', 'postgres://secret@db:5432,db:port/ita'],
    ['STANDBY', 'secret'],
    // On SQLite, as no DATABASE_URL is given.
    ['STANDBY', 'required'],
    ['LOG_LEVEL', 'loud'],
    ['REOFFER_DAYS', 'two weeks'],
    ['REOFFER_DAYS', '1.5'],
    ['REOFFER_DAYS', '367'],
    ['REOFFER_DAYS', '-1'],
    ['TRUSTED_PROXIES', 'caddy'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.5/'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['METRICS_PORT', 'on'],
    // Which is the server's own.
    ['METRICS_PORT', '8080'],
    ['METRICS_HOST', 'two words'],
    ['DRAIN_SECONDS', '16'],
    ['DRAIN_SECONDS', 'soon'],
  ])('%s=%s ends in one sentence that names the mend and not the value', (name, value) => {
    const message = mendFor({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} cannot be used: .*[^.]\\.$`));
    expect(message).not.toContain('secret');
    expect(message).not.toContain('\n');
  });
});
