import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { SettingProblem } from '#server/start-problem.ts';
import { systemdAnalyze } from '../../support/systemd-analyze.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const DEPLOY = join(PROJECT, 'docs/deploy');
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');

/** A line of a compose file: the names above it, with dots, and what it says. */
interface ComposeLine {
  above: string;
  name: string | null;
  value: string;
}

/** Of YAML what ours uses: names two spaces further in than what they belong to, and lists. Throws at any other line. */
function composeLines(yaml: string): ComposeLine[] {
  const path: string[] = [];
  let mostDepth = 0;
  const lines = yaml.split('\n').filter((line) => line !== '' && !/^ *#/.test(line));
  return lines.map((line) => {
    const found = /^((?: {2})*)(?:([\w-]+):(?: (\S.*))?|- (\S.*))$/.exec(line);
    const depth = (found?.[1]?.length ?? Infinity) / 2;
    if (!found || depth > mostDepth) throw new Error(`no line of a compose file: ${line}`);
    const [, , name = null, said = '', item] = found;
    path.length = depth;
    const above = path.join('.');
    if (name !== null) path.push(name);
    // Nothing stands below what says something itself, unless that is only what others call it by.
    mostDepth = item === undefined && /^(?:&\S+)?$/.test(said) ? depth + 1 : depth;
    return { above, name, value: item ?? said };
  });
}

const missing = (folder: string, names: readonly string[]) =>
  names.filter((name) => !existsSync(join(folder, name)));

/** The names of the settings that the server reads. */
function settings(): Set<string> {
  const names = new Set<string>();
  getConfig(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get(_environment, name) {
          names.add(String(name));
          return undefined;
        },
      },
    ),
  );
  return names;
}

describe('the units of systemd', () => {
  let folder: string;
  const unit = (name: string) => join(folder, name);

  /** As they are, but for where the program lies and with a port in the place of the template's. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sucharit-units-'));
    for (const name of readdirSync(DEPLOY).filter((one) => /\.(service|timer)$/.test(one)))
      writeFileSync(
        join(folder, name.replace('@.', '@8080.')),
        read(name).replaceAll('/opt/sucharit', PROJECT),
      );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are ones that systemd takes, and what they start and name is there', () => {
    const units = readdirSync(folder);
    expect(units.sort()).toEqual([
      'sucharit-backup.service',
      'sucharit-backup.timer',
      'sucharit@8080.service',
    ]);
    expect(systemdAnalyze('verify', '--man=no', ...units.map(unit))).toEqual({
      status: 0,
      told: '',
    });
    const named = units.flatMap((name) =>
      [...readFileSync(unit(name), 'utf8').matchAll(/(?:node |file:\/\/)(\S+\.(?:ts|md))$/gm)].map(
        ([, path = '']) => path.replace(PROJECT, ''),
      ),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(missing(PROJECT, named)).toEqual([]);
  });

  test('start a server again for as long as its database is away, and not for a wrong setting', () => {
    const file = read('sucharit@.service');
    const [ofUnit = ''] = file.split('[Service]');
    // systemd gives up by itself after five starts in ten seconds.
    expect(ofUnit).toMatch(/^StartLimitIntervalSec=0$/m);
    expect(file).toMatch(/^Restart=on-failure$/m);
    expect(/^RestartPreventExitStatus=(.+)$/m.exec(file)?.[1]).toBe(
      String(SettingProblem.exitCode),
    );
  });

  test('leave a server little that it could do besides its work', () => {
    // Of 100, where a service without any of it has 96; below 20 is what systemd calls OK.
    for (const name of ['sucharit@8080.service', 'sucharit-backup.service']) {
      const { status, told } = systemdAnalyze(
        'security',
        '--offline=true',
        '--threshold=19',
        '--no-pager',
        unit(name),
      );
      expect({ status, told: status === 0 ? '' : told }).toEqual({ status: 0, told: '' });
    }
  });
});

describe('the settings', () => {
  test('are all told in docs/deploy.md, and no other', () => {
    const page = readFileSync(join(PROJECT, 'docs/deploy.md'), 'utf8');
    const told = [...page.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, name]) => name);
    expect(new Set(told)).toEqual(settings());
  });

  test.each([
    ['environment.example', /^#?([A-Z_]+)=/gm],
    ['sucharit@.service', /(?<=^Environment=.*)\b([A-Z_]+)=/gm],
    ['sucharit-backup.service', /(?<=^Environment=.*)\b([A-Z_]+)=/gm],
    ['Dockerfile', /(?<=^ENV .*)\b([A-Z_]+)=/gm],
    ['compose.yaml', /(?<=^x-server:[^]*)^ {4}([A-Z_]+): (?=[^]*^services:)/gm],
  ])('that %s names are ones that the server reads', (name, pattern) => {
    const named = [...read(name).matchAll(pattern)].map(([, setting]) => setting);
    expect(named.length).toBeGreaterThan(0);
    const known = new Set([...settings(), 'NODE_ENV']);
    expect(named.filter((setting) => !known.has(setting ?? ''))).toEqual([]);
  });
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  test('copies what is there, and what may be copied', () => {
    const allowed = new Set(
      [...read('Dockerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(([, name]) => name),
    );
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, names = '']) => names.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(missing(PROJECT, copied)).toEqual([]);
    expect(new Set(copied)).toEqual(allowed);
  });

  test('has all that the server reads when it starts', () => {
    const inImage = [
      ...dockerfile
        .slice(dockerfile.lastIndexOf('FROM'))
        .matchAll(/^COPY (?:--from=build \S+\/)?(\S+)/gm),
    ].map(([, name]) => name);
    expect(new Set(inImage)).toEqual(
      new Set(['dist', 'locales', 'node_modules', 'package.json', 'src']),
    );
    const { imports } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    for (const path of Object.values<string>(imports))
      expect(inImage).toContain(path.split('/')[1]);
  });

  test('brings the libraries that its Node and its database driver want beyond those of a bare Debian', () => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        '--eval',
        "new (require('better-sqlite3'))(':memory:'); console.log(process.report.getReport().sharedObjects.join('\\n'))",
      ],
      { cwd: PROJECT, encoding: 'utf8' },
    );
    const loaded = [...stdout.matchAll(/^\/(?:usr\/)?lib.*\/([\w+-]+)\.so\.(\d+)$/gm)];
    expect(loaded.map(([, name]) => name)).toContain('libstdc++');
    // apt, which every Debian has, wants the first three, and the last is what loads them.
    const isEverywhere = /^(lib(c|dl|m|pthread)|lib(stdc\+\+|gcc_s)|ld-linux.*)$/;
    const wanted = loaded
      .filter(([, name = '']) => !isEverywhere.test(name))
      .map(([, name, version]) => `${name}${version}`);
    const install = /apt-get install (?:--\S+ )*([a-z0-9 ]+) &&/.exec(
      dockerfile.slice(dockerfile.lastIndexOf('FROM')),
    );
    expect(install?.[1]?.split(' ')).toEqual(wanted);
    const toInstall = /^ +apt install (.+?) &&/m.exec(
      readFileSync(join(PROJECT, 'docs/deploy.md'), 'utf8'),
    );
    expect(toInstall?.[1]?.split(' ')).toEqual(expect.arrayContaining(wanted));
  });

  test('runs what the service runs, and is asked whether it is ready', () => {
    const main = /src\/server\/\S+\.ts/;
    expect(dockerfile.slice(dockerfile.lastIndexOf('CMD'))).toContain(
      main.exec(read('sucharit@.service'))?.[0],
    );
    expect(dockerfile).toMatch(/^USER sucharit$/m);
    expect(dockerfile).toContain('/readyz');
  });

  test('is built by the compose file from the files that are there', () => {
    const compose = read('compose.yaml');
    const paths = [...compose.matchAll(/^\s+(?:context|dockerfile): (\S+)$/gm)].map(
      ([, path]) => path ?? '',
    );
    expect(paths).toEqual(['../..', 'docs/deploy/Dockerfile']);
    expect(existsSync(join(DEPLOY, ...paths))).toBe(true);
    const mounted = [...compose.matchAll(/- \.\/(\S+?):/g)].map(([, file = '']) => file);
    expect(missing(DEPLOY, mounted)).toEqual([]);
    // Servers by the names that the proxy is given.
    const upstreams = /UPSTREAMS: (.+)/.exec(compose)?.[1]?.split(' ') ?? [];
    for (const upstream of upstreams)
      expect(compose).toContain(`\n  ${upstream.replace(':8080', '')}: *server`);
    expect(upstreams).toHaveLength(2);
  });

  test('is started by a compose file that names nothing which is not in it', () => {
    const lines = composeLines(read('compose.yaml'));
    const below = (place: string) =>
      lines.flatMap(({ above, name }) => (above === place && name !== null ? [name] : []));
    expect(below('')).toEqual(['name', 'x-server', 'services', 'networks', 'volumes']);
    const services = below('services');
    expect(services).toEqual(['server-1', 'server-2', 'database', 'caddy']);
    const named = (last: string) => lines.filter(({ above }) => above.endsWith(`.${last}`));

    const waitedFor = named('depends_on').map(({ name }) => name);
    expect(waitedFor).toEqual(['database', 'server-1', 'server-2']);
    expect(below('services.database')).toContain('healthcheck');
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);

    const mounted = named('volumes').flatMap(({ value }) => /^(\w[^:]*):/.exec(value)?.[1] ?? []);
    expect(mounted.toSorted()).toEqual(below('volumes').toSorted());
    const networks = lines.filter(({ above, name }) => name === 'networks' && above !== '');
    expect(networks.map(({ value }) => value)).toEqual(['[inside]', '[inside]', '[inside]']);
    expect(below('networks')).toEqual(['inside']);
  });
});
