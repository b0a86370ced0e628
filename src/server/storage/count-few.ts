import { type Kysely, sql } from 'kysely';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { Counting, FirstCounts } from './counting.ts';
import { KEPT_YEAR, type Place } from './places.ts';
import type { Tables } from './tables.ts';

/** Of an assessment with more channels nobody counts in one statement. */
const MOST_CHANNELS = 50;

type FoundChannel = Place & { code: string; instrument: string };

/** `channel`: null where something of the assessment was counted. */
interface FoundRow {
  channel: string | null;
  day: string;
  body: string;
  display: DisplayFlag | null;
}

const selectChannels = (database: Kysely<Tables>, assessment: string): Promise<FoundChannel[]> =>
  database
    .selectFrom('channels')
    .innerJoin('assessments', (join) =>
      join
        .onRef('assessments.organization_id', '=', 'channels.organization_id')
        .onRef('assessments.id', '=', 'channels.assessment_id'),
    )
    .select(['channels.code', 'channels.instrument', 'channels.organization_id'])
    .select(KEPT_YEAR.as('fiscal_year'))
    .where('channels.assessment_id', '=', assessment)
    .execute();

/** In one statement, so of one moment: whoever begins to count meanwhile makes no difference. */
async function selectAll(
  database: Kysely<Tables>,
  assessment: string,
  channels: readonly FoundChannel[],
  limit: number,
): Promise<FoundRow[]> {
  const ofEach = channels.map(
    ({ organization_id, fiscal_year, code }) => sql`
      select channel, day, body, display from responses
      where organization_id = ${organization_id} and fiscal_year = ${fiscal_year}
        and channel = ${code}`,
  );
  const { rows } = await sql<FoundRow>`
    select cast(null as text) as channel, cast(null as text) as day, cast(null as text) as body,
      cast(null as text) as display
    where exists (
      select 1 from tally_states
      where organization_id = ${channels[0]?.organization_id} and assessment_id = ${assessment}
    )
    union all
    select * from (
      select * from (${sql.join(ofEach, sql` union all `)}) as stored limit ${limit}
    ) as few`.execute(database);
  return rows;
}

/** @see TallyStorage.countFew */
export async function countFew(
  database: Kysely<Tables>,
  assessment: string,
  most: number,
  counting: Counting,
): Promise<FirstCounts[] | null> {
  const channels = await selectChannels(database, assessment);
  if (channels.length === 0 || channels.length > MOST_CHANNELS) return null;
  if (channels.some(({ instrument }) => counting.basisOf(instrument) === null)) return null;
  const rows = await selectAll(database, assessment, channels, most + 1);
  if (rows.length > most) return null;
  const byCode = new Map(channels.map((channel) => [channel.code, channel]));
  const begun = counting.begin();
  for (const { channel: code, ...row } of rows) {
    const channel = code === null ? undefined : byCode.get(code);
    if (!channel) return null;
    const { organization_id: organization, instrument } = channel;
    begun.add({ ...row, organization, assessment, instrument, channel: channel.code });
  }
  const { instruments, days } = begun.counted();
  return [...new Set(channels.map(({ instrument }) => instrument))].map((instrument) => {
    const own = instruments.find((counted) => counted.instrument === instrument);
    const lines = (own?.combinations ?? []).map(({ combination, n }) => `${n} ${combination}`);
    return {
      instrument,
      state: 'counted',
      unreadable: own?.unreadable ?? 0,
      tallies: [...(own?.tallies ?? [])],
      combinations: { kinds: lines.length, texts: lines.length === 0 ? [] : [lines.join('\n')] },
      days: days.filter(({ channel }) => byCode.get(channel)?.instrument === instrument),
    };
  });
}
