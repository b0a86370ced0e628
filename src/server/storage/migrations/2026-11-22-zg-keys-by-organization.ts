// Wants a stop of the version before: what that stores is refused from here on, as if the database were away for a moment.
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { NotePart } from '../update-progress.ts';
import type { Dialect } from './2026-11-20-first-tables.ts';

/** A table that is made anew, with what its key begins with before its other columns. */
interface Rekeyed {
  name: string;
  /** `channel`: to be found by the channel of each row; `itself`: the rows say it already. */
  organization: 'channel' | 'itself';
  second: 'fiscal_year' | 'assessment_id';
  columns: Readonly<Record<string, string>>;
  /** What else is in the key. */
  key: readonly string[];
  index: { name: string; columns: readonly string[] } | null;
  constraint?: string;
}

const OF_CHANNEL = 'text not null references channels (code)';

const RESPONSE = {
  id: 'text not null',
  channel: OF_CHANNEL,
  day: 'text not null',
  digest: 'text not null',
  body: 'text not null',
};

const OF_A_PLACE = {
  organization: 'channel',
  second: 'fiscal_year',
} as const;

const byChannel = (name: string) => ({
  name: `${name}_by_channel`,
  columns: ['organization_id', 'fiscal_year', 'channel', 'id'],
});

const PROTOCOL = { protocol: 'integer not null default 1' };

/** In the order in which whoever stores takes hold of them. */
const TABLES: readonly Rekeyed[] = [
  {
    ...OF_A_PLACE,
    name: 'responses',
    columns: { ...RESPONSE, display: 'text' },
    key: ['id'],
    index: byChannel('responses'),
  },
  {
    ...OF_A_PLACE,
    name: 'uncounted',
    columns: { ...RESPONSE, reason: 'text not null' },
    key: ['id', 'digest'],
    index: byChannel('uncounted'),
  },
  {
    name: 'staff_codes',
    organization: 'itself',
    second: 'assessment_id',
    columns: {
      department: 'integer not null',
      hash: 'text not null',
      spent: 'integer not null',
    },
    key: ['hash'],
    index: {
      name: 'staff_codes_by_assessment',
      columns: ['organization_id', 'assessment_id', 'department', 'hash'],
    },
    constraint:
      'foreign key (organization_id, assessment_id) references assessments (organization_id, id)',
  },
  {
    ...OF_A_PLACE,
    name: 'conflicts',
    columns: { ...RESPONSE, ...PROTOCOL },
    key: ['id', 'digest'],
    index: byChannel('conflicts'),
  },
  {
    ...OF_A_PLACE,
    name: 'quarantine',
    columns: { ...RESPONSE, ...PROTOCOL },
    key: ['id', 'digest'],
    index: byChannel('quarantine'),
  },
  {
    ...OF_A_PLACE,
    name: 'device_reports',
    columns: {
      id: 'text not null',
      channel: OF_CHANNEL,
      revision: 'bigint not null',
      finished: 'integer not null',
      acknowledged: 'integer not null',
      waiting: 'integer not null',
      refused: 'integer not null',
      refused_because: 'text not null',
      waiting_since: 'text',
      reported_on: 'text not null',
      storage_nearly_full: 'integer not null',
      written_off: 'integer not null',
    },
    key: ['id'],
    index: byChannel('device_reports'),
  },
  {
    name: 'day_counts',
    organization: 'channel',
    second: 'assessment_id',
    columns: { channel: OF_CHANNEL, day: 'text not null', n: 'integer not null' },
    key: ['channel', 'day'],
    index: null,
  },
];

/** Its rows have no channel: where they belong is found by the responses. */
const UNFOLDED: Rekeyed = {
  name: 'unfolded',
  organization: 'itself',
  second: 'fiscal_year',
  columns: { id: 'text not null' },
  key: ['id'],
  index: null,
};

const PARTITIONED = 'responses';

/**
 * Nothing but an older version stores without saying for which organization. Told this state, it answers that storage is away, and
 * devices keep what they have: 57P03 is that of a server that does not let anybody in yet. As the function is called immutable, PostgreSQL
 * works it out while it plans, before it looks for the key that the older version names and that is gone.
 */
const REFUSAL = sql`
  create function refuse_older_version() returns text immutable language plpgsql as $$ begin
    raise exception 'this version of the program is too old for the database' using errcode = '57P03';
  end $$`;

/** In the order in which others take them, so that nobody waits for us who has what we wait for. The number is that of fold-rows.ts. */
async function lock(database: Kysely<never>): Promise<void> {
  await sql`lock table assessments, channels in share row exclusive mode`.execute(database);
  await sql`select pg_advisory_xact_lock(2568002)`.execute(database);
  const tables = [...TABLES, UNFOLDED].map(({ name }) => sql.table(name));
  await sql`lock table ${sql.join(tables)} in access exclusive mode`.execute(database);
}

const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));

const listOfOld = (names: readonly string[]) => list(names.map((one) => `old.${one}`));

const renewed = ({ name }: Rekeyed) => `${name}_renewed`;

/** Without its index, which is quicker made last. */
async function create(database: Kysely<never>, dialect: Dialect, table: Rekeyed): Promise<void> {
  const { second, columns, key, constraint } = table;
  const isOnPostgres = dialect === 'postgres';
  const refuses = isOnPostgres && table.name !== 'staff_codes';
  const definitions = [
    `organization_id text not null${refuses ? ' default refuse_older_version()' : ''}`,
    `${second} ${second === 'fiscal_year' ? 'integer' : 'text'} not null`,
    ...Object.entries(columns).map(([name, type]) => `${name} ${type}`),
    `primary key (organization_id, ${second}, ${key.join(', ')})`,
    ...(constraint === undefined ? [] : [constraint]),
  ];
  const partitions = table.name === PARTITIONED ? 'partition by list (fiscal_year)' : '';
  await sql`create table ${sql.table(renewed(table))} (${sql.raw(definitions.join(', '))})
    ${sql.raw(isOnPostgres ? partitions : 'without rowid')}`.execute(database);
}

/** One part for each year that there is, and one for what has none. */
async function createPartitions(database: Kysely<never>, table: Rekeyed): Promise<void> {
  const { rows } = await sql<{ year: number }>`
    select distinct fiscal_year as year from assessments`.execute(database);
  const whole = sql.table(renewed(table));
  await sql`create table ${sql.table(`${table.name}_other`)} partition of ${whole} default`.execute(
    database,
  );
  for (const { year } of rows)
    await sql`create table ${sql.table(`${table.name}_${year}`)} partition of ${whole}
      for values in (${sql.lit(year)})`.execute(database);
}

/** Ids are hexadecimal: a sixteenth begins with each of these, and what begins with another character lies between two of them. */
const ID_BEGINNINGS = '123456789abcdef'.split('');

/** Conditions on the rows of a table; each row meets one of them. */
function partsOf({ columns }: Rekeyed, dialect: Dialect) {
  // PostgreSQL holds nobody up with a long statement, and may order texts otherwise.
  if (dialect === 'postgres' || !Object.hasOwn(columns, 'id')) return [sql`true`];
  return ['', ...ID_BEGINNINGS].map((from, place) => {
    const to = ID_BEGINNINGS[place];
    return to === undefined ? sql`old.id >= ${from}` : sql`old.id >= ${from} and old.id < ${to}`;
  });
}

/** In the order of the new keys and no other. What belongs nowhere stops it: nothing is left out without a word. */
async function copy(
  database: Kysely<never>,
  dialect: Dialect,
  table: Rekeyed,
  note: NotePart,
): Promise<void> {
  const { name, organization, second, columns, key } = table;
  const place =
    organization === 'itself'
      ? sql`old.organization_id, old.${sql.ref(second)}`
      : sql`assessments.organization_id,
        ${sql.ref(second === 'fiscal_year' ? 'assessments.fiscal_year' : 'assessments.id')}`;
  const joined =
    organization === 'itself'
      ? sql``
      : sql`left join channels on channels.code = old.channel
        left join assessments on assessments.organization_id = channels.organization_id
          and assessments.id = channels.assessment_id`;
  const parts = partsOf(table, dialect);
  for (const [part, condition] of parts.entries()) {
    await note(`${name}: copying part ${part + 1} of ${parts.length}`);
    await sql`
      insert into ${sql.table(renewed(table))}
        (${list(['organization_id', second, ...Object.keys(columns)])})
      select ${place}, ${listOfOld(Object.keys(columns))} from ${sql.table(name)} as old ${joined}
      where ${condition} order by 1, 2, ${listOfOld(key)}`.execute(database);
  }
}

async function replace(database: Kysely<never>, table: Rekeyed, note: NotePart): Promise<void> {
  await note(`${table.name}: its index`);
  await sql`drop table ${sql.table(table.name)}`.execute(database);
  await sql`alter table ${sql.table(renewed(table))} rename to ${sql.table(table.name)}`.execute(
    database,
  );
  if (table.index)
    await sql`create index ${sql.table(table.index.name)} on ${sql.table(table.name)}
      (${list(table.index.columns)})`.execute(database);
}

/** What waits to be counted and is there; the response of what is not was removed. */
async function copyUnfolded(database: Kysely<never>): Promise<void> {
  await sql`
    insert into unfolded_renewed (organization_id, fiscal_year, id)
    select responses.organization_id, responses.fiscal_year, responses.id
    from responses join unfolded on unfolded.id = responses.id order by 1, 2, 3`.execute(database);
}

/** The number of the table of responses names a PostgreSQL database. It is another one now, and the database is not. */
const keepEpoch = (database: Kysely<never>, before: string) =>
  sql`update database_life
    set place = 'responses'::regclass::oid || substr(place, length(${before}::text) + 1)
    where place like ${before}::text || ' %'`.execute(database);

/**
 * Keys begin with the organization, so that a database of several machines can keep each on one; then the year, by which PostgreSQL keeps
 * the responses in parts. All of it is one transaction. On PostgreSQL whoever stores waits meanwhile.
 */
export const keysByOrganization = (dialect: Dialect, note: NotePart): Migration => ({
  async up(database: Kysely<never>) {
    const isOnPostgres = dialect === 'postgres';
    let number = '';
    if (isOnPostgres) {
      await sql`set local statement_timeout = 0`.execute(database);
      await lock(database);
      await REFUSAL.execute(database);
      const { rows } = await sql<{ number: string }>`
        select 'responses'::regclass::oid::text as number`.execute(database);
      number = rows[0]?.number ?? '';
    }
    for (const table of TABLES) {
      await create(database, dialect, table);
      if (isOnPostgres && table.name === PARTITIONED) await createPartitions(database, table);
      await copy(database, dialect, table, note);
      await replace(database, table, note);
    }
    await create(database, dialect, UNFOLDED);
    await copyUnfolded(database);
    await replace(database, UNFOLDED, note);
    if (isOnPostgres) await keepEpoch(database, number);
  },
});
